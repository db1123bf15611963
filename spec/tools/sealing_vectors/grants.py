"""Vectors of what is sealed to a public key."""

from collections.abc import Iterator

from safeconduct.core.sealing import SealingPrivateKey, SectionKey
from safeconduct.core.sealing.grants import payload_info, seal_grant_from_parts, wrap_info
from safeconduct.core.sealing.keys import purpose_string
from safeconduct.core.sealing.layout import Kind
from sealing_vectors import hpke
from sealing_vectors.fixed import Vector, fixed, flipped, plaintext_line, replaced
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

READER = {"private": fixed("reader's seed").hex()}
STRANGER = {"private": fixed("stranger's seed").hex()}
BODY = 1170


def raw_public(key: Fields) -> bytes:
    """The 1,216 bytes of the public half."""
    return SealingPrivateKey(bytes.fromhex(key["private"])).public_key().encode()[2:]


def wrapped(name: str, fields: Fields, key: Fields = READER, **changes: bytes) -> bytes:
    """A wrapped content key, all of it named after the vector."""
    info = changes.pop("info", wrap_info(context_of(fields)))
    secret = fixed(f"content key of {name}")
    return hpke.wrap(raw_public(key), info, secret, fixed(f"encapsulation of {name}", 64), **changes)


def seal(name: str, plaintext: bytes, fields: Fields = FIELDS, key: Fields = READER) -> bytes:
    """A grant from parts."""
    return seal_grant_from_parts(
        wrapped(name, fields, key),
        fixed(f"content key of {name}"),
        context_of(fields),
        plaintext,
        salt=fixed(f"salt of {name}"),
    )


def grants() -> Iterator[Vector]:
    """Grants that open, then grants that do not."""
    for name, why, plaintext in (
        ("plain", "An answer sealed to its reader.", ANSWER),
        ("nothing", "No content is content too.", b""),
        ("larger", "More than one step of padding.", fixed("content", 1500)),
    ):
        inputs = {**READER, **FIELDS, **plaintext_line(plaintext)}
        yield Vector(f"grant-{name}", "success", why, "grant", seal(name, plaintext), inputs)
    pair = SectionKey(fixed("section key")).reading_pair()
    reading = {"private": pair.secret_bytes().hex()}
    inputs = {**reading, **FIELDS, **plaintext_line(ANSWER)}
    why = "Sealed to the reading pair of a section."
    yield Vector("grant-to-section", "success", why, "grant", seal("to section", ANSWER, key=reading), inputs)
    sealed, other = seal("grant", ANSWER), seal("other grant", ANSWER[::-1])
    inputs = {**READER, **FIELDS}
    yield from wrong_headers("grant", "grant", Kind.GRANT, inputs, sealed)
    yield from wrong_contexts("grant", "grant", "wrap", READER, sealed)
    yield from wrong_body("grant", "grant", inputs, sealed, other, BODY, one_key=False)
    yield from _wrong_wraps(sealed, other, inputs)
    yield from _wrong_payloads(inputs)


def _wrong_wraps(sealed: bytes, other: bytes, inputs: Fields) -> Iterator[Vector]:
    def refused(name: str, why: str, changed: bytes, stage: str = "wrap") -> Vector:
        return Vector(f"grant-{name}", stage, why, "grant", changed, inputs)

    stranger = {**inputs, **STRANGER}
    yield Vector("grant-other-reader", "wrap", "Opened with a stranger's key.", "grant", sealed, stranger)
    yield refused("lattice-bit", "A bit of the ML-KEM ciphertext is changed.", flipped(sealed, 2))
    yield refused("lattice-end", "The last bit of the ML-KEM ciphertext is changed.", flipped(sealed, 1089, 0x80))
    yield refused("share-bit", "A bit of the X25519 share is changed.", flipped(sealed, 1090, 2))
    yield refused("share-high-bit", "The bit of the X25519 share that the curve ignores.", flipped(sealed, 1121, 0x80))
    yield refused("key-bit", "A bit of the wrapped content key is changed.", flipped(sealed, 1122))
    yield refused("key-tag", "A bit of the wrapped key's tag is changed.", flipped(sealed, 1169))
    yield refused("lattice-other", "The ML-KEM ciphertext of another grant.", replaced(sealed, 2, other[2:1090]))
    yield refused("share-other", "The X25519 share of another grant.", replaced(sealed, 1090, other[1090:1122]))
    yield refused("key-other", "The wrapped key of another grant.", replaced(sealed, 1122, other[1122:BODY]))
    why = "The whole wrap of another grant to the same reader in the same context."
    yield refused("swapped", why, other[:BODY] + sealed[BODY:], "commitment")
    yield refused("no-wrap", "A record's body without a wrap.", sealed[:2] + sealed[BODY:], "length")
    point = bytes(32)
    for name, why, changes in (
        ("share-zero", "An X25519 share of small order, with the secret it would give.", {"share": point}),
        ("share-one", "Another share of small order.", {"share": b"\x01" + bytes(31)}),
        ("no-info", "Wrapped for no context.", {"info": b""}),
        ("payload-info", "Wrapped for the payload's purpose.", {"info": payload_info(context_of(FIELDS))}),
    ):
        changed = b"\x01\x02" + wrapped("grant", FIELDS, READER, **changes) + sealed[BODY:]
        yield refused(name, why, changed)


def _wrong_payloads(inputs: Fields) -> Iterator[Vector]:
    secret, salt = fixed("content key of grant"), fixed("salt of payload")
    start = b"\x01\x02" + wrapped("grant", FIELDS)
    info = payload_info(context_of(FIELDS))
    plain = ANSWER + bytes(252 - len(ANSWER)) + len(ANSWER).to_bytes(4, "big")
    for name, why, other_info in (
        ("payload-context", "Wrapped for this context, its content sealed for another.", payload_info(context_of(OTHER_FIELDS))),
        ("payload-as-wrap", "The content sealed for the wrap's purpose.", wrap_info(context_of(FIELDS))),
        ("payload-as-record", "The content sealed as a record.", purpose_string(b"record/section", context_of(FIELDS).encode())),
    ):
        sealed = start + body(secret, other_info, plain, salt)
        yield Vector(f"grant-{name}", "commitment", why, "grant", sealed, inputs)
    for name, why, padded in wrong_paddings(ANSWER):
        sealed = start + body(secret, info, padded, salt)
        yield Vector(f"grant-padding-{name}", "padding", why, "grant", sealed, inputs)
