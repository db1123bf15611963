"""Vectors of records, contexts and padded sizes."""

from collections.abc import Iterator

from safeconduct.core.sealing import CaseKey, KeyringKey, SectionKey, SessionSecret
from safeconduct.core.sealing.keys import purpose_string
from safeconduct.core.sealing.layout import Kind, padded_size
from safeconduct.core.sealing.records import RecordKey, seal_record_from_parts
from sealing_vectors.fixed import Vector, fixed, plaintext_line
from sealing_vectors.situation import (
    ANSWER,
    FIELDS,
    OTHER_FIELDS,
    Fields,
    body,
    context_of,
    wrong_body,
    wrong_contexts,
    wrong_headers,
    wrong_paddings,
)

KEY_TYPES: dict[str, type[RecordKey]] = {
    "case": CaseKey,
    "section": SectionKey,
    "keyring": KeyringKey,
    "session": SessionSecret,
}
SECTION = {"key-type": "section", "key": fixed("section key").hex()}


def seal(name: str, plaintext: bytes, fields: Fields = FIELDS, key: Fields = SECTION) -> bytes:
    """A record from parts, its salt named after the vector."""
    typed = KEY_TYPES[key["key-type"]](bytes.fromhex(key["key"]))
    return seal_record_from_parts(typed, context_of(fields), plaintext, salt=fixed(f"salt of {name}"))


def records() -> Iterator[Vector]:
    """Records that open, then records that do not."""
    yield from _good_records()
    sealed, other = seal("record", ANSWER), seal("other record", ANSWER[::-1])
    inputs = {**SECTION, **FIELDS}
    yield from wrong_headers("record", "record", Kind.RECORD, inputs, sealed)
    yield from wrong_contexts("record", "record", "commitment", SECTION, sealed)
    yield from wrong_body("record", "record", inputs, sealed, other, 2)
    for key_type in ("case", "keyring", "session"):
        why = "The right 32 bytes, taken for a key of another type."
        yield Vector(f"record-as-{key_type}", "commitment", why, "record", sealed, {**inputs, "key-type": key_type})
    stranger = {**inputs, "key": fixed("a stranger's key").hex()}
    yield Vector("record-other-key", "commitment", "Another section key.", "record", sealed, stranger)
    zero = {**inputs, "key": bytes(32).hex()}
    yield Vector("record-zero-key", "commitment", "A key of zeros.", "record", sealed, zero)
    yield from _bad_paddings(inputs)


def _good_records() -> Iterator[Vector]:
    def good(name: str, why: str, plaintext: bytes, fields: Fields = FIELDS, key: Fields = SECTION) -> Vector:
        inputs = {**key, **fields, **plaintext_line(plaintext)}
        sealed = seal(name, plaintext, fields, key)
        return Vector(f"record-{name}", "success", why, "record", sealed, inputs)

    for key_type in KEY_TYPES:
        key = {"key-type": key_type, "key": fixed(f"{key_type} key").hex()}
        yield good(f"under-{key_type}", f"An answer under a {key_type} key.", ANSWER, key=key)
    for size, why in {
        0: "No content is content too.",
        1: "One byte.",
        252: "The largest content of the smallest size.",
        253: "One byte more, the next size.",
        17_000: "Large enough for readers that treat large records apart.",
    }.items():
        yield good(f"size-{size}", why, fixed(f"content {size}", size))
    yield good("zeros", "Content that looks like padding.", bytes(100))
    bare = {"organisation": "n", "subject": "c", "version": "0"}
    yield good("bare-context", "Section and record are empty, the version is 0.", ANSWER, bare)
    full = dict.fromkeys(("organisation", "subject", "section", "record"), "я" * 127 + "a")
    yield good(
        "full-context", "Each text has 255 bytes, the version is the largest.", ANSWER, {**full, "version": str(2**53 - 1)}
    )


def _bad_paddings(inputs: Fields) -> Iterator[Vector]:
    info = purpose_string(b"record/section", context_of(FIELDS).encode())
    secret = bytes.fromhex(SECTION["key"])

    def padded(name: str, stage: str, why: str, content: bytes) -> Vector:
        sealed = b"\x01\x01" + body(secret, info, content, fixed(f"salt of {name}"))
        return Vector(f"record-padding-{name}", stage, why, "record", sealed, inputs)

    for name, why, content in wrong_paddings(ANSWER):
        yield padded(name, "padding", why, content)
    large = fixed("content 17000", 17_000)
    tail = (17_000).to_bytes(4, "big")
    yield padded(
        "large-first-byte", "padding", "A padding byte of a large record is not zero.", large + b"\x01" + bytes(403) + tail
    )
    yield padded(
        "large-last-byte", "padding", "The last padding byte of a large record is not zero.", large + bytes(403) + b"\x01" + tail
    )
    yield padded("large-length", "padding", "The length field of a large record is 2^32 - 1.", large + bytes(404) + b"\xff" * 4)
    yield padded("none", "length", "Not padded at all.", ANSWER + len(ANSWER).to_bytes(4, "big"))
    yield padded(
        "odd", "length", "A padded size between two steps.", ANSWER + bytes(296 - len(ANSWER)) + len(ANSWER).to_bytes(4, "big")
    )


def contexts() -> Iterator[Vector]:
    """Encodings of contexts, and contexts that have none."""

    def good(name: str, why: str, fields: Fields) -> Vector:
        return Vector(f"context-{name}", "success", why, "context", context_of(fields).encode(), fields)

    yield good("plain", "Five plain fields.", FIELDS)
    yield good("others", "Five other fields.", OTHER_FIELDS)
    yield good("bare", "Two empty texts.", {"organisation": "n", "subject": "c", "version": "0"})
    yield good("cyrillic", "Lengths count bytes.", {**FIELDS, "record": "имя/Ёлка"})
    yield good("decomposed", "Texts are taken as they are, not normalised.", {**FIELDS, "record": "имя/Ёлка"})
    yield good("largest-version", "The largest version.", {**FIELDS, "version": str(2**53 - 1)})

    def bad(name: str, why: str, fields: Fields) -> Vector:
        return Vector(f"context-{name}", "context", why, "context", b"", fields)

    for name in ("organisation", "subject", "section", "record"):
        yield bad(f"long-{name}", "256 bytes.", {**FIELDS, name: "x" * 256})
        if name in {"organisation", "subject"}:
            without = {key: value for key, value in FIELDS.items() if key != name}
            yield bad(f"no-{name}", f"Without {name}.", without)
    yield bad("long-in-bytes", "128 letters, 256 bytes.", {**FIELDS, "record": "я" * 128})
    yield bad("version-below", "A negative version.", {**FIELDS, "version": "-1"})
    yield bad("version-beyond", "2^53.", {**FIELDS, "version": str(2**53)})


def sizes() -> Iterator[Vector]:
    """Padded sizes at their borders: the body is a size and what it is padded to, eight bytes each."""

    def pair(size: int, padded: int) -> bytes:
        return size.to_bytes(8, "big") + padded.to_bytes(8, "big")

    for size in (4, 256, 257, 272, 273, 1000, 4095, 4097, 65_537, 2**20 + 4, 2**26 + 4, 2**39 + 1):
        why = f"{size} bytes."
        yield Vector(f"size-{size}", "success", why, "padded-size", pair(size, padded_size(size)))
    for size, padded, why in (
        (256, 257, "Padded although it has the smallest size."),
        (257, 257, "Not padded."),
        (257, 512, "Padded to a power of two."),
        (257, 288, "A step too far."),
        (2**20 + 4, 2**20, "Cut."),
    ):
        yield Vector(f"size-{size}-as-{padded}", "padding", why, "padded-size", pair(size, padded))
