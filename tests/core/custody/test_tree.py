"""The tree's roots are those of RFC 9162, and only true proofs are accepted."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.custody import (
    EMPTY_ROOT,
    ConsistencyRefused,
    Frontier,
    InclusionRefused,
    NotCustodyForm,
    consistency_path,
    inclusion_path,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# The inputs and the root over all eight of them are those of the known RFC 6962 test tree.
KNOWN_LEAVES = [
    leaf_hash(bytes.fromhex(text))
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
KNOWN_ROOT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
LEAVES = [leaf_hash(bytes([number])) for number in range(70)]
SIZES = range(71)


def recursive_root(leaves: list[bytes]) -> bytes:
    """The definition of RFC 9162 2.1.1 word by word, as a check on the faster forms."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + recursive_root(leaves[:split]) + recursive_root(leaves[split:])).digest()


def test_the_root_of_the_known_tree_is_the_published_one() -> None:
    assert root_of(KNOWN_LEAVES).hex() == KNOWN_ROOT


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    assert root_of([]) == EMPTY_ROOT == Frontier().root()


@pytest.mark.parametrize("size", SIZES)
def test_roots_frontiers_and_the_definition_agree(size: int) -> None:
    frontier = Frontier().extend(LEAVES[:size])
    assert root_of(LEAVES[:size]) == frontier.root() == recursive_root(LEAVES[:size])
    assert Frontier.decode(frontier.encode()) == frontier


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_proved_and_proves_only_itself(size: int) -> None:
    leaves = LEAVES[:size]
    root = root_of(leaves)
    for index in range(size):
        path = inclusion_path(leaves, index)
        verify_inclusion(leaf=leaves[index], index=index, size=size, path=path, root=root)
        for other in {(index + 1) % size, size - 1} - {index}:
            with pytest.raises(InclusionRefused):
                verify_inclusion(leaf=leaves[index], index=other, size=size, path=path, root=root)


@pytest.mark.parametrize("size", SIZES)
def test_every_earlier_tree_is_proved_and_no_other(size: int) -> None:
    root = root_of(LEAVES[:size])
    for earlier in range(size + 1):
        path = consistency_path(LEAVES[:size], earlier)
        old = root_of(LEAVES[:earlier])
        verify_consistency(earlier_size=earlier, earlier_root=old, size=size, root=root, path=path)
        with pytest.raises(ConsistencyRefused):
            verify_consistency(earlier_size=earlier, earlier_root=leaf_hash(old), size=size, root=root, path=path)


sizes_and_indices = st.integers(1, 70).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1)))


@given(sizes_and_indices, st.integers(0, 31), st.integers(0, 7), st.data())
def test_any_changed_bit_of_an_inclusion_proof_is_refused(
    tree: tuple[int, int], byte: int, bit: int, data: st.DataObject
) -> None:
    size, index = tree
    leaves = LEAVES[:size]
    parts = [leaves[index], root_of(leaves), *inclusion_path(leaves, index)]
    at = data.draw(st.integers(0, len(parts) - 1))
    parts[at] = flipped(parts[at], byte, bit)
    with pytest.raises(InclusionRefused):
        verify_inclusion(leaf=parts[0], index=index, size=size, path=parts[2:], root=parts[1])


@given(st.integers(2, 70), st.integers(0, 31), st.integers(0, 7), st.data())
def test_any_changed_bit_of_a_consistency_proof_is_refused(size: int, byte: int, bit: int, data: st.DataObject) -> None:
    earlier = data.draw(st.integers(1, size - 1))
    leaves = LEAVES[:size]
    parts = [root_of(leaves[:earlier]), root_of(leaves), *consistency_path(leaves, earlier)]
    at = data.draw(st.integers(0, len(parts) - 1))
    parts[at] = flipped(parts[at], byte, bit)
    with pytest.raises(ConsistencyRefused):
        verify_consistency(earlier_size=earlier, earlier_root=parts[0], size=size, root=parts[1], path=parts[2:])


@given(sizes_and_indices, st.binary(min_size=32, max_size=32))
def test_a_path_with_one_hash_more_or_less_is_refused(tree: tuple[int, int], extra: bytes) -> None:
    size, index = tree
    leaves = LEAVES[:size]
    path = inclusion_path(leaves, index)
    for wrong in [[*path, extra], [extra, *path], path[:-1], path[1:]]:
        if wrong != path:
            with pytest.raises(InclusionRefused):
                verify_inclusion(leaf=leaves[index], index=index, size=size, path=wrong, root=root_of(leaves))


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (0, 2**53)])
def test_an_index_outside_the_tree_is_refused(index: int, size: int) -> None:
    with pytest.raises(InclusionRefused, match="outside"):
        verify_inclusion(leaf=LEAVES[0], index=index, size=size, path=[], root=LEAVES[0])
    with pytest.raises(IndexError):
        inclusion_path(LEAVES[:3], 3)


@pytest.mark.parametrize(("earlier", "size"), [(4, 3), (-1, 3)])
def test_an_earlier_tree_cannot_be_larger(earlier: int, size: int) -> None:
    with pytest.raises(ConsistencyRefused, match="larger"):
        verify_consistency(earlier_size=earlier, earlier_root=LEAVES[0], size=size, root=LEAVES[1], path=[LEAVES[2]])
    with pytest.raises(IndexError):
        consistency_path(LEAVES[:3], earlier)


@pytest.mark.parametrize(
    ("earlier", "path"),
    [(0, [LEAVES[0]]), (5, [LEAVES[0]]), (3, []), (4, []), (3, LEAVES[:2]), (3, LEAVES[:9])],
    ids=["nothing earlier", "same size", "odd and empty", "power of two and empty", "too short", "too long"],
)
def test_consistency_paths_of_the_wrong_length_are_refused(earlier: int, path: list[bytes]) -> None:
    leaves = LEAVES[:5]
    with pytest.raises(ConsistencyRefused):
        verify_consistency(
            earlier_size=earlier,
            earlier_root=root_of(leaves[:earlier]),
            size=5,
            root=root_of(leaves),
            path=path,
        )


GOOD_FRONTIER = Frontier().extend(LEAVES[:5]).encode()


@pytest.mark.parametrize(
    "encoded",
    [
        b"",
        GOOD_FRONTIER[:7],
        GOOD_FRONTIER[:-1],
        GOOD_FRONTIER + b"\x00",
        bytes([0, 0, 0, 0, 0, 0, 0, 7]) + GOOD_FRONTIER[8:],
        b"\xff" * 8 + b"\x00" * 64 * 32,
    ],
    ids=["empty", "no size", "cut", "extended", "another size", "size out of range"],
)
def test_bytes_that_are_no_frontier_are_refused(encoded: bytes) -> None:
    with pytest.raises(NotCustodyForm):
        Frontier.decode(encoded)


def test_a_frontier_of_hashes_that_do_not_fit_its_size_cannot_be_made() -> None:
    with pytest.raises(NotCustodyForm):
        Frontier(2, (LEAVES[0], LEAVES[1]))


def flipped(octets: bytes, byte: int, bit: int) -> bytes:
    changed = bytearray(octets)
    changed[byte] ^= 1 << bit
    return bytes(changed)
