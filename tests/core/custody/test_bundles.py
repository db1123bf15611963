"""A proof bundle convinces of exactly one entry in one log, and of nothing when a byte is changed."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core import canonical
from safeconduct.core.custody import (
    Act,
    CheckpointRefused,
    ConsistencyRefused,
    CustodyRefused,
    EntryRefused,
    InclusionRefused,
    NotCustodyForm,
    ProofBundle,
    SignatureRefused,
    prove,
)
from tests.core.custody.parts import OTHER, LogSigner, entries, entry, leaves_of

SIGNER = LogSigner(1)
ENTRIES = entries(13)
LEAVES = leaves_of(ENTRIES)
NOTE = SIGNER.note(LEAVES)
OLD = (6, SIGNER.note(LEAVES[:6]))
BUNDLE = prove(ENTRIES[4], LEAVES, checkpoint=NOTE, earlier=OLD)
ENCODED = BUNDLE.encode()


@pytest.mark.parametrize("size", range(1, 71, 3))
def test_every_entry_of_a_log_is_proved(size: int) -> None:
    items = entries(size)
    leaves = leaves_of(items)
    note = SIGNER.note(leaves)
    for item in items:
        proven = ProofBundle.decode(prove(item, leaves, checkpoint=note).encode()).verify([SIGNER.key])
        assert proven.entry == item
        assert (proven.checkpoint.size, proven.earlier) == (size, None)


def test_the_link_to_an_older_checkpoint_is_proved() -> None:
    proven = ProofBundle.decode(ENCODED).verify([SIGNER.key])
    assert proven.earlier is not None
    assert proven.earlier.size == 6


def test_an_entry_that_is_not_in_the_log_has_no_proof() -> None:
    for stranger in (entry(4, act=Act.RECORD_WRITTEN), entry(13)):
        with pytest.raises(InclusionRefused):
            prove(stranger, LEAVES, checkpoint=NOTE)


def changed(**fields: canonical.Value) -> bytes:
    value = canonical.decode(ENCODED)
    assert isinstance(value, dict)
    return canonical.encode({**value, **fields})


PATH = [each.hex() for each in BUNDLE.path]

REFUSED: dict[str, tuple[Callable[[], bytes], type[CustodyRefused]]] = {
    "not JSON": (lambda: b"proof", NotCustodyForm),
    "spaces": (lambda: ENCODED.replace(b":", b": ", 1), NotCustodyForm),
    "a list": (lambda: b"[]", NotCustodyForm),
    "a version to come": (lambda: changed(v=2), NotCustodyForm),
    "a field too many": (lambda: changed(more=1), NotCustodyForm),
    "a path that is text": (lambda: changed(path="".join(PATH)), NotCustodyForm),
    "a path of capitals": (lambda: changed(path=[PATH[0].upper(), *PATH[1:]]), NotCustodyForm),
    "a path of numbers": (lambda: changed(path=[1]), NotCustodyForm),
    "a path of half hashes": (lambda: changed(path=[PATH[0][:32]]), NotCustodyForm),
    "a path of words": (lambda: changed(path=["z" * 64]), NotCustodyForm),
    "an endless path": (lambda: changed(path=PATH * 20), NotCustodyForm),
    "a checkpoint that is a number": (lambda: changed(checkpoint=5), NotCustodyForm),
    "an earlier that is text": (lambda: changed(earlier="6"), NotCustodyForm),
    "an earlier without path": (lambda: changed(earlier={"checkpoint": "x"}), NotCustodyForm),
    "an entry with a name": (lambda: changed(entry={**entry(4).to_value(), "actor": "Ivan"}), EntryRefused),
    "another entry": (lambda: changed(entry=entry(5).to_value()), InclusionRefused),
    "an edited entry": (
        lambda: changed(entry=entry(4, act=Act.RECORD_WRITTEN).to_value()),
        InclusionRefused,
    ),
    "another organisation's entry": (
        lambda: changed(entry=entry(4, organisation=OTHER).to_value()),
        SignatureRefused,
    ),
    "a shorter path": (lambda: changed(path=PATH[:-1]), InclusionRefused),
    "an older checkpoint": (lambda: changed(checkpoint=OLD[1].decode()), InclusionRefused),
    "a stranger's checkpoint": (
        lambda: changed(checkpoint=LogSigner(2).note(LEAVES).decode()),
        SignatureRefused,
    ),
    "a signed text that is no checkpoint": (
        lambda: changed(checkpoint=not_a_checkpoint()),
        CheckpointRefused,
    ),
    "an earlier log that was another": (lambda: with_earlier(LEAVES[1:7]), ConsistencyRefused),
    "an earlier log that was longer": (lambda: with_earlier([*LEAVES, LEAVES[0]]), ConsistencyRefused),
    "an earlier path cut short": (lambda: with_earlier(LEAVES[:6], []), ConsistencyRefused),
}


@pytest.mark.parametrize(("make", "refusal"), REFUSED.values(), ids=REFUSED)
def test_a_bundle_that_proves_nothing_is_refused(make: Callable[[], bytes], refusal: type[CustodyRefused]) -> None:
    with pytest.raises(refusal):
        ProofBundle.decode(make()).verify([SIGNER.key])


def test_a_bundle_is_nothing_without_a_known_key() -> None:
    with pytest.raises(SignatureRefused):
        BUNDLE.verify([])


@given(st.integers(0, len(ENCODED) - 1), st.integers(1, 255))
def test_any_changed_byte_of_a_bundle_is_refused(at: int, mask: int) -> None:
    octets = bytearray(ENCODED)
    octets[at] ^= mask
    with pytest.raises(CustodyRefused):
        ProofBundle.decode(bytes(octets)).verify([SIGNER.key])


def not_a_checkpoint() -> str:
    from safeconduct.core.custody import sign_note

    return sign_note("hello\n", name=SIGNER.key.name, public_key=SIGNER.public, sign=SIGNER.sign).decode()


def with_earlier(leaves: list[bytes], path: list[str] | None = None) -> bytes:
    link = BUNDLE.earlier
    assert link is not None
    kept = [each.hex() for each in link.path] if path is None else path
    return changed(earlier={"checkpoint": SIGNER.note(leaves).decode(), "path": kept})
