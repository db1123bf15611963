"""Files open as a whole, in order, under their key and context; memory stays flat."""

import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core import sealing
from safeconduct.core.sealing import Context, FileKey, FileOpener, FileSealer, SectionKey, layout
from safeconduct.core.sealing.files import FileSealingKey, _BlockReader
from tests.core.sealing import strategies as own

KEY = SectionKey(bytes(range(32)))
CONTEXT = Context("north", "case-17", "evidence", "file/1", 1)
CHUNK, BLOCK = 16_400, 65_532
SMALL = b"a scanned summons"
# Around each border: the smallest size, a chunk of the stream, a block, two blocks.
SIZES = [0, 1, 251, 252, 253, 16_379, 16_380, 16_381, 32_764, 65_531, 65_532, 65_533, 131_064, 200_000]


def seal(content: bytes, key: FileSealingKey = KEY, context: Context = CONTEXT, pieces: int = 100_000) -> bytes:
    sealer = FileSealer(key, context)
    middle = [sealer.update(content[at : at + pieces]) for at in range(0, len(content), pieces)]
    return sealer.header() + b"".join(middle) + sealer.finalize()


def open_file(sealed: bytes, key: FileSealingKey = KEY, context: Context = CONTEXT, pieces: int = 100_000) -> bytes:
    opener = FileOpener(key, context)
    middle = [opener.update(sealed[at : at + pieces]) for at in range(0, len(sealed), pieces)]
    return b"".join(middle) + opener.finalize()


def content_of(size: int) -> bytes:
    return (bytes(range(256)) * (size // 256 + 1))[:size]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("pieces", [4_099, 65_532, 65_536, 1_000_000])
def test_every_size_comes_back_however_it_is_cut(size: int, pieces: int) -> None:
    content = content_of(size)
    assert open_file(seal(content, pieces=pieces), pieces=pieces + 1) == content


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 70_000), max_size=6), st.lists(st.integers(1, 70_000), max_size=6), own.contexts)
def test_pieces_of_any_sizes_give_the_same_file(written: list[int], read: list[int], context: Context) -> None:
    sealer, opener = FileSealer(KEY, context), FileOpener(KEY, context)
    sealed = sealer.header() + b"".join(sealer.update(content_of(size)) for size in written) + sealer.finalize()
    opened = []
    for size in read:
        opened.append(opener.update(sealed[:size]))
        sealed = sealed[size:]
    opened += [opener.update(sealed), opener.finalize()]
    assert b"".join(opened) == b"".join(content_of(size) for size in written)


def test_bytearrays_and_views_are_taken_too() -> None:
    sealer, opener = FileSealer(KEY, CONTEXT), FileOpener(KEY, CONTEXT)
    sealed = sealer.header() + sealer.update(bytearray(SMALL)) + sealer.update(memoryview(SMALL)) + sealer.finalize()
    assert opener.update(bytearray(sealed[:40])) + opener.update(memoryview(sealed)[40:]) + opener.finalize() == 2 * SMALL


def test_any_single_bit_that_is_flipped_is_refused() -> None:
    sealed = seal(SMALL)
    for bit in range(8 * len(sealed)):
        with pytest.raises(sealing.SealingRefused):
            open_file(own.with_bit_flipped(sealed, bit))


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_bit_flipped_in_a_larger_file_is_refused(data: st.DataObject) -> None:
    sealed = seal(content_of(70_000))
    bit = data.draw(st.integers(0, 8 * len(sealed) - 1))
    with pytest.raises(sealing.SealingRefused):
        open_file(own.with_bit_flipped(sealed, bit))


def test_a_file_cut_anywhere_is_refused_at_the_latest_by_finalize() -> None:
    sealed = seal(content_of(40_000))
    borders = [90 + CHUNK * index for index in range(3)]
    for end in [0, 1, 2, 33, 34, 58, 89, *borders, *(border + 1 for border in borders), len(sealed) - 1]:
        opener = FileOpener(KEY, CONTEXT)
        released = opener.update(sealed[:end])
        assert content_of(40_000).startswith(released)
        with pytest.raises(sealing.SealingRefused):
            opener.finalize()


@pytest.mark.parametrize("order", [[1, 0, 2], [0, 2, 1], [0, 0, 1, 2], [0, 2], [1, 2], [0, 1], [2], [0, 1, 2, 2]])
def test_chunks_in_another_order_or_number_are_refused(order: list[int]) -> None:
    sealed = seal(content_of(40_000))
    chunks = [sealed[90 + CHUNK * index : 90 + CHUNK * (index + 1)] for index in range(3)]
    assert open_file(sealed[:90] + b"".join(chunks)) == content_of(40_000)
    with pytest.raises(sealing.PayloadRefused):
        open_file(sealed[:90] + b"".join(chunks[index] for index in order))


@pytest.mark.parametrize("one_key", [True, False])
@pytest.mark.parametrize("one_context", [True, False])
def test_parts_swapped_between_two_files_are_refused(one_key: bool, one_context: bool) -> None:
    sealed = seal(SMALL)
    other_context = CONTEXT if one_context else Context("north", "case-18", "evidence", "file/1", 1)
    other = seal(SMALL[::-1], KEY if one_key else SectionKey(bytes(32)), other_context)
    parts = [slice(2, 34), slice(34, 58), slice(58, 90), slice(34, 90), slice(34, None), slice(90, None)]
    mixtures = own.swapped(sealed, other, parts)
    assert len(mixtures) == len(parts)
    for mixed in mixtures:
        with pytest.raises(sealing.SealingRefused):
            open_file(mixed)


def test_a_section_key_and_a_file_key_of_the_same_bytes_open_different_files() -> None:
    own_key = FileKey(KEY.secret_bytes())
    assert open_file(seal(SMALL, own_key), own_key) == SMALL
    with pytest.raises(sealing.CommitmentRefused):
        open_file(seal(SMALL, own_key), KEY)


def test_similar_sizes_look_alike() -> None:
    assert {len(seal(bytes(size))) for size in range(253)} == {34 + 56 + 256 + 16}


def test_a_refused_opener_stays_refused() -> None:
    sealed, opener = seal(SMALL), FileOpener(KEY, CONTEXT)
    with pytest.raises(sealing.SealingRefused):
        opener.update(b"\x02" + sealed[1:])
    with pytest.raises(RuntimeError):
        opener.update(sealed)
    with pytest.raises(RuntimeError):
        opener.finalize()


def test_each_sealer_and_each_opener_serves_one_file() -> None:
    sealer, opener = FileSealer(KEY, CONTEXT), FileOpener(KEY, CONTEXT)
    opener.update(sealer.header() + sealer.update(SMALL) + sealer.finalize())
    opener.finalize()
    with pytest.raises(RuntimeError):
        sealer.update(SMALL)
    with pytest.raises(RuntimeError):
        sealer.finalize()
    with pytest.raises(RuntimeError):
        opener.update(b"")


def test_blocks_are_read_whatever_pieces_the_stream_gives() -> None:
    content, reader, read = content_of(70_000), _BlockReader(), io.BytesIO()
    blocks = BLOCK.to_bytes(4, "big") + content[:BLOCK] + (70_000 - BLOCK).to_bytes(4, "big") + content[BLOCK:]
    plaintext = blocks + bytes(layout.padded_size(len(blocks)) - len(blocks))
    for at in range(0, len(plaintext), 3):
        reader.feed(memoryview(plaintext)[at : at + 3], read)
    reader.require_end()
    assert read.getvalue() == content


def test_a_file_beyond_the_largest_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safeconduct.core.sealing.files.LARGEST_FILE", 2 * 65_536)
    sealer = FileSealer(KEY, CONTEXT)
    sealer.update(bytes(2 * BLOCK))
    with pytest.raises(sealing.LengthRefused):
        sealer.update(bytes(BLOCK))


def test_keys_for_other_things_are_a_mistake_of_the_caller() -> None:
    wrong: FileSealingKey = sealing.CaseKey(bytes(32))  # type: ignore[assignment]  # the mistake under test
    with pytest.raises(TypeError):
        FileSealer(wrong, CONTEXT)
    with pytest.raises(TypeError):
        FileOpener(wrong, CONTEXT)


def test_the_padding_of_a_large_file_comes_in_pieces() -> None:
    sealer, opener = FileSealer(KEY, CONTEXT), FileOpener(KEY, CONTEXT)
    opener.update(sealer.header())
    for _ in range(33):
        opener.update(sealer.update(bytes(1024 * 1024)))
    pieces = list(sealer.final_pieces())
    assert sum(map(len, pieces)) > 512 * 1024
    assert max(map(len, pieces)) < 128 * 1024
    opener.update(b"".join(pieces))
    opener.finalize()
    with pytest.raises(RuntimeError):
        sealer.final_pieces()


def test_memory_stays_flat_while_a_large_file_passes() -> None:
    piece = bytes(256 * 1024)
    sealer, opener = FileSealer(KEY, CONTEXT), FileOpener(KEY, CONTEXT)
    opener.update(sealer.header())
    tracemalloc.start()
    for _ in range(128):
        opener.update(sealer.update(piece))
    opener.update(sealer.finalize())
    opener.finalize()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * 1024 * 1024
