"""The byte layouts of version 1: headers, context encoding, sizes. Knows no keys.

Source: spec/sealing-v1.md sections 2 to 4.
"""

import enum
from dataclasses import dataclass, field

from safeconduct.core.sealing.refusals import ContextRefused, HeaderRefused, LengthRefused, PaddingRefused

VERSION = 1
SALT_BYTES = 32
COMMITMENT_BYTES = 32
TAG_BYTES = 16
LENGTH_BYTES = 4
SMALLEST_PADDED = 256
LARGEST_RECORD = 2**26
LARGEST_TEXT = 255
# Integers beyond this are not exact in readers that count with doubles.
LARGEST_NUMBER = 2**53 - 1


class Kind(enum.IntEnum):
    """The second byte of everything that is sealed, signed or encoded."""

    RECORD = 0x01
    GRANT = 0x02
    PASSPHRASE_WRAP = 0x03
    PASSKEY_WRAP = 0x04
    FILE = 0x05
    SIGNATURE = 0x06
    SEALING_PUBLIC_KEY = 0x11
    SIGNING_PUBLIC_KEY = 0x12
    MEMBER_KEYS = 0x21


def header(kind: Kind) -> bytes:
    """The version byte and the kind byte."""
    return bytes((VERSION, kind))


def require_header(sealed: bytes, kind: Kind) -> None:
    """Raises HeaderRefused unless the bytes begin with this version and this kind."""
    if len(sealed) < 2:
        raise LengthRefused("too short for a version and a kind")
    if sealed[0] != VERSION:
        raise HeaderRefused("unknown version")
    if sealed[1] != kind:
        raise HeaderRefused(f"not of kind {kind.name}")


def require_length(sealed: bytes, size_bytes: int) -> None:
    """Raises LengthRefused unless there are exactly this many bytes."""
    if len(sealed) != size_bytes:
        raise LengthRefused(f"{len(sealed)} bytes where {size_bytes} belong")


def padded_size(size_bytes: int) -> int:
    """The step that a plaintext of this size, its length field included, is padded to.

    Keeps the top bits of the size (as many as the size of its size) and rounds the rest up, so that at most
    a sixteenth is added and few sizes stay distinguishable. Nothing is smaller than 256 bytes.
    """
    if size_bytes <= SMALLEST_PADDED:
        return SMALLEST_PADDED
    exponent = size_bytes.bit_length() - 1
    step = 1 << (exponent - exponent.bit_length())
    return (size_bytes + step - 1) & -step


def require_padding(tail: bytes) -> None:
    """Raises PaddingRefused unless every byte is zero."""
    if tail != bytes(len(tail)):
        raise PaddingRefused("padding bytes are not zero")


def content_size(padded_bytes: int, length_field: bytes) -> int:
    """How many bytes of a padded plaintext are content, by its trailing length field.

    Raises PaddingRefused when a plaintext of that length has another padded size.
    """
    size = int.from_bytes(length_field, "big")
    if size > LARGEST_RECORD or padded_size(size + LENGTH_BYTES) != padded_bytes:
        raise PaddingRefused("length and padded size do not belong together")
    return size


def encode_text(text: str, *, name: str) -> bytes:
    """A length byte and the UTF-8 bytes of a text of at most 255 bytes."""
    try:
        encoded = text.encode()
    except UnicodeEncodeError:
        raise ContextRefused(f"{name} holds a lone surrogate") from None
    if len(encoded) > LARGEST_TEXT:
        raise ContextRefused(f"{name} is longer than {LARGEST_TEXT} bytes")
    return bytes((len(encoded),)) + encoded


def encode_number(number: int, *, name: str) -> bytes:
    """A whole number from 0 to 2^53 - 1 as eight bytes, big-endian."""
    if isinstance(number, bool) or not 0 <= number <= LARGEST_NUMBER:
        raise ContextRefused(f"{name} is not between 0 and 2^53 - 1")
    return number.to_bytes(8, "big")


@dataclass(frozen=True, slots=True)
class Context:
    """What sealed bytes belong to; they open under no other.

    `subject` is the id of the case, request or member; `record` names the row and field; `version` counts its
    writes. Organisation and subject are never empty. Texts are at most 255 bytes of UTF-8 each.
    """

    organisation: str
    subject: str
    section: str
    record: str
    version: int
    _encoded: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.organisation or not self.subject:
            raise ContextRefused("organisation and subject are needed")
        encoded = b"".join(
            (
                encode_text(self.organisation, name="organisation"),
                encode_text(self.subject, name="subject"),
                encode_text(self.section, name="section"),
                encode_text(self.record, name="record"),
                encode_number(self.version, name="version"),
            )
        )
        object.__setattr__(self, "_encoded", encoded)

    def encode(self) -> bytes:
        """The one encoding of these five fields (spec section 3)."""
        return self._encoded
