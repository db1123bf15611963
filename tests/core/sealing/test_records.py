"""Records open under their key and context, and under nothing else."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safeconduct.core import sealing
from safeconduct.core.sealing import Context, SectionKey, committed, layout
from safeconduct.core.sealing.records import RecordKey
from tests.core.sealing import strategies as own

KEY = SectionKey(bytes(range(32)))
CONTEXT = Context("north", "case-17", "identity", "person/name", 3)
PARTS = [slice(2, 34), slice(34, 66), slice(66, -16), slice(-16, None), slice(2, 66), slice(66, None)]


@given(own.record_keys, own.contexts, own.contents)
def test_what_was_sealed_is_what_is_opened(key: RecordKey, context: Context, plaintext: bytes) -> None:
    assert sealing.open_record(key, context, sealing.seal_record(key, context, plaintext)) == plaintext


def test_any_single_bit_that_is_flipped_anywhere_is_refused() -> None:
    sealed = sealing.seal_record(KEY, CONTEXT, b"an answer")
    for bit in range(8 * len(sealed)):
        with pytest.raises(sealing.SealingRefused):
            sealing.open_record(KEY, CONTEXT, own.with_bit_flipped(sealed, bit))


@given(st.integers(0, 8 * 17_490 - 1))
def test_a_bit_flipped_in_a_large_record_is_refused(bit: int) -> None:
    sealed = sealing.seal_record(KEY, CONTEXT, bytes(17_000))
    assert len(sealed) == 17_490
    with pytest.raises(sealing.SealingRefused):
        sealing.open_record(KEY, CONTEXT, own.with_bit_flipped(sealed, bit))


@given(
    st.tuples(own.record_keys, own.record_keys),
    st.tuples(own.contexts, own.contexts),
    st.tuples(own.contents, own.contents),
    st.booleans(),
    st.booleans(),
)
def test_parts_swapped_between_any_two_records_are_refused(
    keys: tuple[RecordKey, RecordKey],
    contexts: tuple[Context, Context],
    contents: tuple[bytes, bytes],
    one_key: bool,
    one_context: bool,
) -> None:
    key, context = keys[0], contexts[0]
    other = sealing.seal_record(keys[not one_key], contexts[not one_context], contents[1])
    sealed = sealing.seal_record(key, context, contents[0])
    mixtures = own.swapped(sealed, other, PARTS)
    assert len(mixtures) == len(PARTS)
    for mixed in mixtures:
        with pytest.raises(sealing.SealingRefused):
            sealing.open_record(key, context, mixed)


@given(own.contexts, own.contexts)
def test_another_context_is_refused(sealed_in: Context, opened_in: Context) -> None:
    assume(sealed_in != opened_in)
    sealed = sealing.seal_record(KEY, sealed_in, b"an answer")
    with pytest.raises(sealing.CommitmentRefused):
        sealing.open_record(KEY, opened_in, sealed)


@given(st.binary(max_size=400), st.booleans())
def test_arbitrary_bytes_are_refused_and_nothing_else_happens(noise: bytes, has_header: bool) -> None:
    with pytest.raises(sealing.SealingRefused):
        sealing.open_record(KEY, CONTEXT, b"\x01\x01" * has_header + noise)


@given(own.contexts, own.contexts)
def test_two_contexts_have_one_encoding_only_if_they_are_equal(one: Context, other: Context) -> None:
    assert (one.encode() == other.encode()) == (one == other)


@pytest.mark.parametrize("name", ["organisation", "subject", "section", "record"])
def test_a_context_of_half_characters_is_refused(name: str) -> None:
    fields = {"organisation": "o", "subject": "s", "section": "", "record": "", name: "\ud800"}
    with pytest.raises(sealing.ContextRefused):
        Context(fields["organisation"], fields["subject"], fields["section"], fields["record"], 1)


@pytest.mark.parametrize("version", [-1, 2**53, True])
def test_a_context_of_another_number_is_refused(version: int) -> None:
    with pytest.raises(sealing.ContextRefused):
        Context("o", "s", "", "", version)


def test_the_same_content_is_never_sealed_to_the_same_bytes() -> None:
    sealed = {sealing.seal_record(KEY, CONTEXT, b"an answer") for _ in range(50)}
    assert len(sealed) == 50
    assert all(b"an answer" not in each for each in sealed)


def test_answers_of_similar_length_look_alike() -> None:
    sizes = {len(sealing.seal_record(KEY, CONTEXT, bytes(size))) for size in range(253)}
    assert sizes == {2 + 64 + 256 + 16}


@given(st.integers(0, 2**45))
def test_padding_adds_a_sixteenth_at_most_and_is_stable(size: int) -> None:
    padded = layout.padded_size(size)
    assert size <= padded <= max(256, size + size // 16 + 1)
    assert layout.padded_size(padded) == padded
    assert layout.padded_size(size + 1) >= padded


def test_the_largest_record_is_sealed_and_one_byte_more_is_refused() -> None:
    content = bytes(layout.LARGEST_RECORD)
    assert sealing.open_record(KEY, CONTEXT, sealing.seal_record(KEY, CONTEXT, content)) == content
    with pytest.raises(sealing.LengthRefused):
        sealing.seal_record(KEY, CONTEXT, content + b"\x00")


def test_a_length_beyond_the_largest_record_is_refused_even_where_its_padding_fits() -> None:
    content = bytes(layout.LARGEST_RECORD + 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(committed, "LARGEST_RECORD", 2**30)
        sealed = sealing.seal_record(KEY, CONTEXT, content)
    with pytest.raises(sealing.PaddingRefused):
        sealing.open_record(KEY, CONTEXT, sealed)


def test_bytes_beyond_the_largest_record_are_refused_unread() -> None:
    largest = layout.padded_size(layout.LARGEST_RECORD + layout.LENGTH_BYTES)
    beyond = layout.padded_size(largest + 1)
    with pytest.raises(sealing.CommitmentRefused):
        sealing.open_record(KEY, CONTEXT, b"\x01\x01" + bytes(64 + largest + 16))
    with pytest.raises(sealing.LengthRefused):
        sealing.open_record(KEY, CONTEXT, b"\x01\x01" + bytes(64 + beyond + 16))


@pytest.mark.parametrize(
    "key",
    [sealing.FileKey(bytes(32)), sealing.PasskeySecret(bytes(32)), sealing.LogKey(bytes(32)), bytes(32)],
    ids=lambda key: type(key).__name__,
)
def test_keys_for_other_things_are_a_mistake_of_the_caller(key: RecordKey) -> None:
    with pytest.raises((TypeError, AttributeError)):
        sealing.seal_record(key, CONTEXT, b"an answer")
    sealed = sealing.seal_record(KEY, CONTEXT, b"an answer")
    with pytest.raises((TypeError, AttributeError)):
        sealing.open_record(key, CONTEXT, sealed)
