"""The situation that most vectors start from: one case of one organisation, and what can be told wrongly of it."""

from collections.abc import Callable, Iterator, Mapping

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from safeconduct.core.sealing.layout import Context, Kind, padded_size
from sealing_vectors.fixed import Vector, flipped, replaced

Fields = Mapping[str, str]
FIELDS: Fields = {
    "organisation": "north",
    "subject": "case-17",
    "section": "identity",
    "record": "person/name",
    "version": "3",
}
OTHER_FIELDS: Fields = {
    "organisation": "south",
    "subject": "case-18",
    "section": "health",
    "record": "person/alias",
    "version": "4",
}
ANSWER = "Зовите меня Лес; call me after six.".encode()


def context_of(fields: Fields) -> Context:
    """The context of these fields; a missing text is empty."""
    organisation, subject, section, record = (fields.get(name, "") for name in ("organisation", "subject", "section", "record"))
    return Context(organisation, subject, section, record, int(fields["version"]))


def body(secret: bytes, info: bytes, padded: bytes, salt: bytes) -> bytes:
    """A committed body around bytes that are already padded, rightly or wrongly."""
    derived = HKDF(SHA256(), 64, salt, info).derive(secret)
    return salt + derived[32:] + AESGCM(derived[:32]).encrypt(bytes(12), padded, None)


def wrong_paddings(plaintext: bytes) -> Iterator[tuple[str, str, bytes]]:
    """(name, why, padded bytes) of authentic plaintexts that are not in their one form."""
    size = len(plaintext)
    room = padded_size(size + 4) - 4
    zeros = bytes(room - size)
    yield "length-beyond", "The length field says more bytes than there are.", plaintext + zeros + (room + 1).to_bytes(4, "big")
    yield "length-huge", "The length field is 2^32 - 1.", plaintext + zeros + b"\xff" * 4
    yield (
        "length-short",
        "The length field is one less, so a byte of content stands in the padding.",
        (plaintext + zeros + (size - 1).to_bytes(4, "big")),
    )
    yield "first-byte", "The first padding byte is not zero.", plaintext + flipped(zeros, 0) + size.to_bytes(4, "big")
    yield "last-byte", "The last padding byte is not zero.", plaintext + flipped(zeros, -1) + size.to_bytes(4, "big")
    yield "little-endian", "The length field is little-endian.", plaintext + zeros + size.to_bytes(4, "little")
    yield "length-first", "The length stands before the content.", size.to_bytes(4, "big") + plaintext + zeros
    yield (
        "step-too-far",
        "Padded to the next step although this one would do.",
        (plaintext + bytes(272 - 4 - size) + size.to_bytes(4, "big")),
    )


def wrong_contexts(prefix: str, kind: str, stage: str, inputs: Fields, sealed: bytes) -> Iterator[Vector]:
    """The sealed bytes opened under each context that differs in one field, and under one that shifts a border."""
    for name, value in OTHER_FIELDS.items():
        changed = {**inputs, **FIELDS, name: value}
        yield Vector(f"{prefix}-other-{name}", stage, f"Sealed for another {name}.", kind, sealed, changed)
    shifted = {**inputs, **FIELDS, "organisation": "northcase", "subject": "-17"}
    why = "The same letters, with the border between organisation and subject elsewhere."
    yield Vector(f"{prefix}-shifted-context", stage, why, kind, sealed, shifted)


def wrong_headers(prefix: str, kind: str, own: Kind, inputs: Fields, sealed: bytes) -> Iterator[Vector]:
    """The sealed bytes with another version or kind in front, and with too little to have either."""
    for version in (0, 2, 255):
        why = "Version 0 never existed." if version == 0 else "A version this reader does not know."
        yield Vector(f"{prefix}-version-{version}", "header", why, kind, replaced(sealed, 0, bytes((version,))), inputs)
    for other in (0, *(member for member in Kind if member != own and member < 0x10), 0x07, 0xFF):
        named = (
            f"The kind of a {other.name.lower().replace('_', ' ')}." if isinstance(other, Kind) else "A kind that does not exist."
        )
        yield Vector(f"{prefix}-kind-{int(other):02x}", "header", named, kind, replaced(sealed, 1, bytes((other,))), inputs)
    yield Vector(f"{prefix}-no-bytes", "length", "No bytes at all.", kind, b"", inputs)
    yield Vector(f"{prefix}-one-byte", "length", "A version without a kind.", kind, sealed[:1], inputs)


def wrong_body(
    prefix: str, kind: str, inputs: Fields, sealed: bytes, other: bytes, start: int, *, one_key: bool = True
) -> Iterator[Vector]:
    """A sealed thing whose committed body begins at `start`, changed; `other` is one more in the same context.

    `one_key`: both bodies are under the same key, as all are but those of grants.
    """

    def refused(name: str, stage: str, why: str, changed: bytes) -> Vector:
        return Vector(f"{prefix}-{name}", stage, why, kind, changed, inputs)

    middle, payload = start + 32, start + 64
    changes: list[tuple[str, str, str, Callable[[], bytes]]] = [
        ("header-only", "length", "Nothing after the header.", lambda: sealed[:start]),
        ("no-payload", "length", "Cut after the commitment.", lambda: sealed[:payload]),
        ("no-tag", "length", "Cut before the tag.", lambda: sealed[:-16]),
        ("cut", "length", "The last byte is missing.", lambda: sealed[:-1]),
        ("cut-first", "length", "A byte is missing at the start of the salt.", lambda: sealed[:start] + sealed[start + 1 :]),
        ("extended", "length", "One byte follows.", lambda: sealed + b"\x00"),
        ("extended-step", "payload", "Extended to the next size that exists.", lambda: sealed + bytes(16)),
        ("doubled", "length", "The whole thing twice.", lambda: sealed + sealed),
        ("salt-bit", "commitment", "One bit of the salt is changed.", lambda: flipped(sealed, start)),
        ("salt-other", "commitment", "The salt of another.", lambda: replaced(sealed, start, other[start:middle])),
        ("salt-zero", "commitment", "The salt is all zero.", lambda: replaced(sealed, start, bytes(32))),
        ("commitment-bit", "commitment", "One bit of the commitment is changed.", lambda: flipped(sealed, payload - 1, 0x80)),
        ("commitment-other", "commitment", "The commitment of another.", lambda: replaced(sealed, middle, other[middle:payload])),
        ("commitment-zero", "commitment", "The commitment is all zero.", lambda: replaced(sealed, middle, bytes(32))),
        (
            "prefix-other",
            "payload" if one_key else "commitment",
            "Salt and commitment of another.",
            lambda: replaced(sealed, start, other[start:payload]),
        ),
        ("payload-bit", "payload", "The first bit of the ciphertext is changed.", lambda: flipped(sealed, payload, 0x80)),
        ("payload-end", "payload", "The last bit before the tag is changed.", lambda: flipped(sealed, -17)),
        ("tag-bit", "payload", "The last bit of the tag is changed.", lambda: flipped(sealed, -1)),
        ("tag-other", "payload", "The tag of another.", lambda: replaced(sealed, -16, other[-16:])),
        ("payload-other", "payload", "The ciphertext of another.", lambda: sealed[:payload] + other[payload:]),
    ]
    for name, stage, why, change in changes:
        yield refused(name, stage, why, change())
