"""The Merkle tree of RFC 9162 section 2.1 over SHA-256: hashes, proofs and their verification.

A tree is given by its leaf hashes in order. Paths are lists of 32-byte hashes, lowest first.
"""

import hashlib
from collections.abc import Iterator, Sequence

from safeconduct.core.custody.refusals import ConsistencyRefused, CustodyRefused, InclusionRefused

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
# Sizes are exact in every reader of the JSON that carries them.
LARGEST_SIZE = 2**53 - 1


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one leaf (RFC 9162 2.1.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node (RFC 9162 2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; EMPTY_ROOT for none."""
    if not leaves:
        return EMPTY_ROOT
    level = list(leaves)
    while len(level) > 1:
        # A last node without a sibling rises unchanged, which is the RFC's split at the largest power of two.
        paired = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
    return level[0]


def inclusion_path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of one leaf (RFC 9162 2.1.3.1). IndexError when there is no such leaf."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} in a tree of {len(leaves)}")
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion_path(leaves[:split], index), root_of(leaves[split:])]
    return [*inclusion_path(leaves[split:], index - split), root_of(leaves[:split])]


def consistency_path(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """The proof that the tree of the first `earlier` leaves begins this one (RFC 9162 2.1.4.1).

    Empty when earlier is 0 or the whole. IndexError when there are fewer leaves than that.
    """
    if not 0 <= earlier <= len(leaves):
        raise IndexError(f"no earlier tree of {earlier} in one of {len(leaves)}")
    if earlier == 0:
        return []
    return _subproof(leaves, earlier, complete=True)


def verify_inclusion(*, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """Return when the path leads from the leaf at `index` to the root of a tree of `size`.

    Raises InclusionRefused otherwise. Source: RFC 9162 2.1.3.2.
    """
    if not 0 <= index < size <= LARGEST_SIZE:
        raise InclusionRefused("the index lies outside the tree")
    computed = leaf
    for sibling, on_left in _climb(index, size - 1, path, InclusionRefused):
        computed = node_hash(sibling, computed) if on_left else node_hash(computed, sibling)
    if computed != root:
        raise InclusionRefused("the path leads to another root")


def verify_consistency(*, earlier_size: int, earlier_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> None:
    """Return when the path proves that the earlier tree is the beginning of the later one.

    Raises ConsistencyRefused otherwise. Source: RFC 9162 2.1.4.2; the two cases the RFC leaves to
    the caller (nothing earlier, same size) need an empty path here.
    """
    if not 0 <= earlier_size <= size <= LARGEST_SIZE:
        raise ConsistencyRefused("the earlier tree is larger than the later one")
    if earlier_size in (0, size):
        _verify_trivial_consistency(earlier_size, earlier_root, size, root, path)
        return
    hashes = list(path)
    if earlier_size & (earlier_size - 1) == 0:
        hashes.insert(0, earlier_root)
    if not hashes:
        raise ConsistencyRefused("the path is too short")
    position, last = earlier_size - 1, size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    computed_earlier = computed = hashes[0]
    for sibling, on_left in _climb(position, last, hashes[1:], ConsistencyRefused):
        if on_left:
            computed_earlier = node_hash(sibling, computed_earlier)
        computed = node_hash(sibling, computed) if on_left else node_hash(computed, sibling)
    if computed_earlier != earlier_root or computed != root:
        raise ConsistencyRefused("the path leads to other roots")


def _verify_trivial_consistency(earlier_size: int, earlier_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> None:
    if path:
        raise ConsistencyRefused("the path is too long")
    if earlier_size == 0 and earlier_root != EMPTY_ROOT:
        raise ConsistencyRefused("an empty tree has another root")
    if earlier_size == size and earlier_root != root:
        raise ConsistencyRefused("two trees of one size have different roots")


def _climb(position: int, last: int, path: Sequence[bytes], refused: type[CustodyRefused]) -> Iterator[tuple[bytes, bool]]:
    """Each sibling on the way up from a node, and whether it stands on the left.

    `last` is the last node of the same level. Raises `refused` when the path has another length than the way.
    """
    for sibling in path:
        if last == 0:
            raise refused("the path is too long")
        on_left = bool(position & 1) or position == last
        yield sibling, on_left
        if on_left:
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        position, last = position >> 1, last >> 1
    if last:
        raise refused("the path is too short")


def _split(size: int) -> int:
    """The largest power of two smaller than size."""
    return 1 << (size - 1).bit_length() - 1


def _subproof(leaves: Sequence[bytes], earlier: int, *, complete: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if complete else [root_of(leaves)]
    split = _split(len(leaves))
    if earlier <= split:
        return [*_subproof(leaves[:split], earlier, complete=complete), root_of(leaves[split:])]
    return [*_subproof(leaves[split:], earlier - split, complete=False), root_of(leaves[:split])]
