"""Secret types and the symmetric keys, each with its own derivations.

Source: spec/sealing-v1.md section 5.
"""

import hmac
import os
from typing import ClassVar, NoReturn, Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from safeconduct.core.sealing.refusals import KeyRefused

KEY_BYTES = 32
_SHA256 = SHA256()


class Secret:
    """Bytes that must not end up in a log, a page, a pickle or a comparison that takes its time."""

    __slots__ = ("_content",)
    size_bytes: ClassVar[int] = KEY_BYTES

    def __init__(self, content: bytes) -> None:
        if not isinstance(content, bytes):
            raise TypeError(f"a {type(self).__name__} is made of bytes")
        if len(content) != self.size_bytes:
            raise KeyRefused(f"a {type(self).__name__} has {self.size_bytes} bytes")
        self._content = content

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other) or not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._content, other._content)

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("secrets are neither pickled nor copied")


class SymmetricKey(Secret):
    """32 secret bytes; the subclass says what they may open."""

    __slots__ = ()
    purpose: ClassVar[bytes]
    """The word for this type of key in purpose strings."""

    @classmethod
    def generate(cls) -> Self:
        """A fresh random key."""
        return cls(os.urandom(KEY_BYTES))

    @classmethod
    def from_secret_bytes(cls, content: bytes) -> Self:
        """The key of these bytes; KeyRefused unless there are 32 of them."""
        return cls(content)

    def secret_bytes(self) -> bytes:
        """The 32 bytes themselves, to be sealed at once."""
        return self._content


class KeyringKey(SymmetricKey):
    """Opens a member's keyring: the case and section keys they were granted."""

    __slots__ = ()
    purpose = b"keyring"


class SessionSecret(SymmetricKey):
    """Lives in a cookie only; keeps a member's keys sealed between requests."""

    __slots__ = ()
    purpose = b"session"


class FileKey(SymmetricKey):
    """Opens one file; for files that reach their readers through grants."""

    __slots__ = ()
    purpose = b"file"


class PasskeySecret(SymmetricKey):
    """What a passkey's PRF extension gives for our fixed input: 32 bytes."""

    __slots__ = ()
    purpose = b"passkey"


def purpose_string(name: bytes, context: bytes = b"") -> bytes:
    """The `info` of a derivation: our name, the purpose, a zero byte, the encoded context."""
    return b"safeconduct/v1/" + name + b"\x00" + context


def derive(secret: bytes, name: bytes, *, context: bytes = b"", salt: bytes | None = None) -> bytes:
    """32 bytes by HKDF-SHA256 of a secret, for one named purpose."""
    return HKDF(_SHA256, KEY_BYTES, salt, purpose_string(name, context)).derive(secret)
