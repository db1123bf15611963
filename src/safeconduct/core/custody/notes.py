"""C2SP signed notes with Ed25519 signatures (c2sp.org/signed-note v1.0.0, read November 2026).

No primitive is touched here: signing and verifying are callables given by the caller.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from safeconduct.core.custody.refusals import NoteRefused, SignatureRefused
from safeconduct.core.errors import SafeconductError

Sign: TypeAlias = Callable[[bytes], bytes]
"""Gives the 64-byte Ed25519 signature of a message."""
Verify: TypeAlias = Callable[[bytes, bytes], None]
"""Takes message and signature; returns when the signature holds, raises any SafeconductError when not."""

ED25519 = b"\x01"
PUBLIC_KEY_BYTES = 32
SIGNATURE_BYTES = 64
_KEY_HASH_BYTES = 4
_DASH = "\u2014 "
# A note is small; what is larger is not read at all.
LARGEST_NOTE = 65_536
MOST_SIGNATURES = 64


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A name and the 32-byte Ed25519 public key that signs under it."""

    name: str
    public_key: bytes
    verify: Verify = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        require_key_name(self.name)
        if len(self.public_key) != PUBLIC_KEY_BYTES:
            raise NoteRefused("a note key is 32 bytes")

    @property
    def key_hash(self) -> bytes:
        """The four bytes that open a signature by this key."""
        return key_hash(self.name, self.public_key)


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line, not yet verified."""

    name: str
    key_hash: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A parsed note: its text (ending in a newline) and its signature lines, none verified yet."""

    text: str
    signatures: tuple[NoteSignature, ...]

    @classmethod
    def decode(cls, encoded: bytes) -> "Note":
        """The parts of a note. Raises NoteRefused."""
        try:
            whole = encoded.decode() if len(encoded) <= LARGEST_NOTE else ""
        except UnicodeDecodeError:
            raise NoteRefused("the note is not UTF-8") from None
        if any(ord(character) < 0x20 and character != "\n" for character in whole):
            raise NoteRefused("the note holds a control character")
        before, blank, after = whole.rpartition("\n\n")
        if not blank or not before or not after.endswith("\n"):
            raise NoteRefused("the note is not a text, an empty line and signatures")
        lines = after[:-1].split("\n")
        if len(lines) > MOST_SIGNATURES:
            raise NoteRefused("the note has too many signatures")
        return cls(before + "\n", tuple(_signature(line) for line in lines))

    def require_signed_by(self, keys: Sequence[NoteKey]) -> tuple[NoteKey, ...]:
        """The known keys that signed; at least one.

        Lines of unknown keys are passed over. SignatureRefused when a known key's signature does
        not hold, when a key signs twice, or when no known key signed.
        """
        known = {(key.name, key.key_hash): key for key in keys}
        signers: list[NoteKey] = []
        for line in self.signatures:
            key = known.get((line.name, line.key_hash))
            if key is None:
                continue
            if key in signers:
                raise SignatureRefused("one key signed the note twice")
            _require_holds(key, self.text.encode(), line.signature)
            signers.append(key)
        if not signers:
            raise SignatureRefused("no known key signed the note")
        return tuple(signers)


def sign_note(text: str, *, name: str, public_key: bytes, sign: Sign) -> bytes:
    """The note of a text with one signature. `text` ends in a newline and holds no control characters."""
    require_key_name(name)
    if not text.endswith("\n") or any(ord(character) < 0x20 and character != "\n" for character in text):
        raise NoteRefused("the text of a note ends in a newline and holds no control characters")
    signature = sign(text.encode())
    if len(signature) != SIGNATURE_BYTES:
        raise NoteRefused("an Ed25519 signature is 64 bytes")
    line = base64.b64encode(key_hash(name, public_key) + signature).decode()
    return f"{text}\n{_DASH}{name} {line}\n".encode()


def key_hash(name: str, public_key: bytes) -> bytes:
    """First four bytes of SHA-256(name, newline, 0x01, public key)."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public_key).digest()[:_KEY_HASH_BYTES]


def require_key_name(name: str) -> None:
    """Return when the name can stand in a signature line: no space, no plus, not empty."""
    if not name or any(each.isspace() or each == "+" or ord(each) < 0x20 for each in name):
        raise NoteRefused("a key name is empty or holds a space or a plus")


def decode_base64(text: str) -> bytes:
    """Standard base64 in its one spelling. Raises NoteRefused."""
    try:
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteRefused("not base64") from None
    if base64.b64encode(decoded).decode() != text:
        raise NoteRefused("base64, but not in its one spelling")
    return decoded


def _signature(line: str) -> NoteSignature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space:
        raise NoteRefused("a signature line is not a dash, a name and a signature")
    require_key_name(name)
    decoded = decode_base64(encoded)
    if len(decoded) <= _KEY_HASH_BYTES:
        raise NoteRefused("a signature is too short")
    return NoteSignature(name, decoded[:_KEY_HASH_BYTES], decoded[_KEY_HASH_BYTES:])


def _require_holds(key: NoteKey, message: bytes, signature: bytes) -> None:
    if len(signature) != SIGNATURE_BYTES:
        raise SignatureRefused("a known key's signature has the wrong length")
    try:
        key.verify(message, signature)
    except SafeconductError as refused:
        raise SignatureRefused("a known key's signature does not hold") from refused
