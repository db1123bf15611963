"""Vectors of sealed files. Cobblestone is written here a second time, because a library takes no salt."""

from collections.abc import Iterator

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from safeconduct.core.sealing import FileKey, SectionKey
from safeconduct.core.sealing.files import file_secret
from safeconduct.core.sealing.layout import Kind, padded_size
from sealing_vectors.fixed import Vector, fixed, flipped, plaintext_line, replaced
from sealing_vectors.situation import (
    ANSWER,
    FIELDS,
    OTHER_FIELDS,
    Fields,
    context_of,
    wrong_contexts,
    wrong_headers,
)

SECTION = {"key-type": "section", "key": fixed("section key").hex()}
CHUNK, SEALED_CHUNK, FULL = 16_384, 16_400, 65_532
CHUNKS = 90
STREAM_CONTEXT = b"safeconduct/v1/file-stream"


def framed(content: bytes) -> bytes:
    """The content in blocks, padded."""
    pieces = [content[at : at + FULL] for at in range(0, len(content), FULL)]
    if not pieces or len(pieces[-1]) == FULL:
        pieces.append(b"")
    plain = b"".join(len(piece).to_bytes(4, "big") + piece for piece in pieces)
    return plain + bytes(padded_size(len(plain)) - len(plain))


def stream(secret: bytes, salt: bytes, plain: bytes, context: bytes = STREAM_CONTEXT, *, last: bool = True) -> bytes:
    """Cobblestone-256 with a chosen salt; `last=False` leaves out the short chunk that must end it."""
    info = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\x00" + salt + context
    derived = HKDFExpand(SHA512(), 76, info).derive(secret)
    cipher, nonce = AESGCM(derived[:32]), int.from_bytes(derived[32:44], "big")
    count = len(plain) // CHUNK + (1 if last else 0)
    chunks = (
        cipher.encrypt((nonce ^ index).to_bytes(12, "big"), plain[CHUNK * index : CHUNK * (index + 1)], None)
        for index in range(count)
    )
    return salt + derived[44:] + b"".join(chunks)


def secret_of(name: str, fields: Fields = FIELDS, key: Fields = SECTION) -> bytes:
    """The key of the file of this name."""
    content = bytes.fromhex(key["key"])
    typed = SectionKey(content) if key["key-type"] == "section" else FileKey(content)
    return file_secret(typed, context_of(fields), fixed(f"file salt of {name}"))


def seal(name: str, plain: bytes, fields: Fields = FIELDS, key: Fields = SECTION, context: bytes = STREAM_CONTEXT) -> bytes:
    """A file from parts, around plaintext that is framed and padded already."""
    start = b"\x01\x05" + fixed(f"file salt of {name}")
    return start + stream(secret_of(name, fields, key), fixed(f"stream salt of {name}", 24), plain, context)


def files() -> Iterator[Vector]:
    """Files that open, then files that do not."""
    yield from _good_files()
    inputs = {**SECTION, **FIELDS}
    small = seal("small file", framed(ANSWER))
    yield from wrong_headers("file", "file", Kind.FILE, inputs, small)
    yield from wrong_contexts("file", "file", "commitment", SECTION, small)
    yield from _wrong_keys_and_prefixes(inputs, small)
    yield from _wrong_chunks(inputs)
    yield from _wrong_blocks(inputs)


def _good_files() -> Iterator[Vector]:
    for size, why in {
        0: "An empty file.",
        1: "One byte.",
        252: "The largest content of the smallest size.",
        253: "One byte more, the next size.",
        16_380: "Its padded size is one chunk, so an empty chunk ends it.",
        40_000: "Three chunks.",
        65_532: "One full block, so an empty block ends it.",
    }.items():
        content = fixed(f"file content {size}", size)
        inputs = {**SECTION, **FIELDS, **plaintext_line(content)}
        yield Vector(f"file-size-{size}", "success", why, "file", seal(f"file {size}", framed(content)), inputs)
    zeros = {**SECTION, **FIELDS, **plaintext_line(bytes(300))}
    yield Vector("file-zeros", "success", "Content that looks like padding.", "file", seal("zeros", framed(bytes(300))), zeros)
    own = {"key-type": "file", "key": fixed("file key").hex()}
    sealed = seal("own key", framed(ANSWER), key=own)
    inputs = {**own, **FIELDS, **plaintext_line(ANSWER)}
    yield Vector("file-own-key", "success", "Under a key of its own.", "file", sealed, inputs)


def _wrong_keys_and_prefixes(inputs: Fields, small: bytes) -> Iterator[Vector]:
    def refused(name: str, stage: str, why: str, changed: bytes, **other: str) -> Vector:
        return Vector(f"file-{name}", stage, why, "file", changed, {**inputs, **other})

    yield refused("short-kind", "header", "Of another kind, and too short for a file.", replaced(small[:40], 1, b"\x01"))
    stranger = {"key": fixed("a stranger's key").hex()}
    yield refused("other-key", "commitment", "Another section key.", small, **stranger)
    as_file = {"key-type": "file"}
    yield refused("as-file-key", "commitment", "The right 32 bytes, taken for a file key.", small, **as_file)
    other = seal("other file", framed(ANSWER))
    for name, stage, why, changed in (
        ("header-only", "length", "Nothing after the header.", small[:34]),
        ("no-commitment", "length", "Cut within the commitment.", small[:89]),
        ("no-chunk", "payload", "No chunk follows the commitment.", small[:CHUNKS]),
        ("salt-bit", "commitment", "A bit of the file's salt is changed.", flipped(small, 2)),
        ("salt-other", "commitment", "The salt of another file.", replaced(small, 2, other[2:34])),
        ("stream-salt-bit", "commitment", "A bit of the stream's salt is changed.", flipped(small, 57)),
        ("stream-salt-other", "commitment", "The stream salt of another file.", replaced(small, 34, other[34:58])),
        ("commitment-bit", "commitment", "A bit of the commitment is changed.", flipped(small, 89)),
        ("commitment-other", "commitment", "The commitment of another file.", replaced(small, 58, other[58:90])),
        ("stream-other", "commitment", "The whole stream of another file.", small[:34] + other[34:]),
        ("chunks-other", "payload", "The chunks of another file.", small[:CHUNKS] + other[CHUNKS:]),
        ("record-body", "commitment", "A record's body behind the header of a file.", small[:34] + fixed("noise", 400)),
    ):
        yield refused(name, stage, why, changed)
    for name, why, context in (
        ("no-stream-context", "The stream was made without its context.", b""),
        ("stream-context", "The stream was made for the file's context.", context_of(FIELDS).encode()),
    ):
        yield refused(name, "commitment", why, seal("small file", framed(ANSWER), context=context))
    moved = small[:34] + stream(secret_of("small file", OTHER_FIELDS), fixed("s", 24), framed(ANSWER))
    yield refused("moved", "commitment", "The stream was sealed for another context.", moved)


def _wrong_chunks(inputs: Fields) -> Iterator[Vector]:
    sealed = seal("three chunks", framed(fixed("file content 40000", 40_000)))
    one, two = CHUNKS + SEALED_CHUNK, CHUNKS + 2 * SEALED_CHUNK
    first, second, third = sealed[CHUNKS:one], sealed[one:two], sealed[two:]
    start = sealed[:CHUNKS]
    for name, why, changed in (
        ("chunks-swapped", "The first two chunks have changed places.", start + second + first + third),
        ("chunk-dropped", "The first chunk is missing.", start + second + third),
        ("middle-dropped", "The middle chunk is missing.", start + first + third),
        ("last-dropped", "The last chunk is missing.", start + first + second),
        ("chunk-doubled", "The first chunk stands twice.", start + first + first + second + third),
        ("last-doubled", "The last chunk stands twice.", sealed + third),
        ("last-alone", "Only the last chunk.", start + third),
        ("cut", "The last byte is missing.", sealed[:-1]),
        ("cut-in-chunk", "Cut within the middle chunk.", sealed[: one + 100]),
        ("cut-tag", "Less than a tag is left of the last chunk.", sealed[: two + 15]),
        ("extended", "One byte follows.", sealed + b"\x00"),
        ("first-bit", "The first bit of the first chunk is changed.", flipped(sealed, CHUNKS, 0x80)),
        ("tag-bit", "A bit of the middle chunk's tag is changed.", flipped(sealed, two - 1)),
        ("last-bit", "The last bit is changed.", flipped(sealed, -1)),
    ):
        yield Vector(f"file-{name}", "payload", why, "file", changed, inputs)
    secret, salt = secret_of("full last chunk"), fixed("stream salt of full last chunk", 24)
    whole = stream(secret, salt, framed(fixed("file content 16380", 16_380)), last=False)
    changed = b"\x01\x05" + fixed("file salt of full last chunk") + whole
    yield Vector("file-full-last-chunk", "payload", "The last chunk is full; a short one must follow.", "file", changed, inputs)


def _wrong_blocks(inputs: Fields) -> Iterator[Vector]:
    size = len(ANSWER)
    right = framed(ANSWER)
    block = size.to_bytes(4, "big") + ANSWER
    for name, why, plain in (
        ("no-block", "No block at all.", b""),
        ("half-frame", "Half the length of a block.", b"\x00\x00"),
        ("block-too-large", "A block of 65,533 bytes.", b"\x00\x00\xff\xfd" + bytes(252)),
        ("block-huge", "A block of 2^32 - 1 bytes.", b"\xff" * 4 + bytes(252)),
        ("full-block-missing", "A full block is announced, and a short stream follows.", b"\x00\x00\xff\xfc" + bytes(252)),
        ("block-longer", "The block is longer than the stream.", (253).to_bytes(4, "big") + bytes(252)),
        (
            "block-shorter",
            "The block is a byte shorter, so content stands in the padding.",
            (size - 1).to_bytes(4, "big") + right[4:],
        ),
        ("little-endian", "The length of the block is little-endian.", size.to_bytes(4, "little") + right[4:]),
        ("padding-first", "The first padding byte is not zero.", flipped(right, len(block))),
        ("padding-last", "The last padding byte is not zero.", flipped(right, -1)),
        ("not-padded", "Not padded.", block),
        ("padding-short", "A padding byte is missing.", right[:-1]),
        ("padding-long", "A padding byte too many.", right + b"\x00"),
        ("padding-step", "Padded to the next step.", right + bytes(16)),
        ("second-block", "Another short block follows in the padding.", (block + block + bytes(256))[:256]),
    ):
        yield Vector(f"file-{name}", "padding", why, "file", seal(name, plain), inputs)
    beyond = (FULL + 1).to_bytes(4, "big") + fixed("file content 65533", FULL + 1) + bytes(4)
    why = "A block of 65,533 bytes that is all there, with a short block after it."
    sealed = seal("large block", beyond + bytes(padded_size(len(beyond)) - len(beyond)))
    yield Vector("file-block-beyond", "padding", why, "file", sealed, inputs)
    full = FULL.to_bytes(4, "big") + fixed("file content 65532", FULL)
    why = "A full block ends the file; a short one must follow."
    yield Vector("file-no-short-block", "padding", why, "file", seal("no short block", full), inputs)
