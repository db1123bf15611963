"""Sealing pairs: X-Wing (ML-KEM-768 with X25519), one 32-byte seed each.

Source: spec/sealing-v1.md sections 5 and 8.
"""

import hashlib
import os
from typing import Self

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

from safeconduct.core.sealing.keys import KEY_BYTES, Secret, purpose_string
from safeconduct.core.sealing.layout import Kind, header, require_header, require_length
from safeconduct.core.sealing.refusals import KeyRefused

MLKEM_PUBLIC_BYTES = 1184
PUBLIC_BYTES = 2 + MLKEM_PUBLIC_BYTES + 32
_FIELD_PRIME = 2**255 - 19
# The u-coordinates of small order: with them the shared secret would be zero whatever the private key.
# Source: RFC 7748 section 6.1; https://cr.yp.to/ecdh.html#validate.
_SMALL_ORDER = frozenset(
    {
        0,
        1,
        _FIELD_PRIME - 1,
        325606250916557431795983626356110631294008115727848805560023387167927233504,
        39382357235489614581723060781553021112529911719440698176882885853963445705823,
    }
)


class SealingPublicKey:
    """What others seal to. Holding it opens nothing."""

    __slots__ = ("_encoded", "_key")

    def __init__(self, raw: bytes) -> None:
        """`raw`: ML-KEM-768 encapsulation key, then X25519 public key. Use `decode` for stored bytes."""
        _require_x25519(raw[MLKEM_PUBLIC_BYTES:])
        try:
            mlkem = MLKEM768PublicKey.from_public_bytes(raw[:MLKEM_PUBLIC_BYTES])
        except ValueError:
            raise KeyRefused("not an ML-KEM-768 encapsulation key") from None
        self._key = MLKEM768X25519PublicKey(mlkem, X25519PublicKey.from_public_bytes(raw[MLKEM_PUBLIC_BYTES:]))
        self._encoded = header(Kind.SEALING_PUBLIC_KEY) + raw

    @classmethod
    def decode(cls, encoded: bytes) -> Self:
        """The key of 1,218 bytes; HeaderRefused, LengthRefused or KeyRefused when they are no such key."""
        require_header(encoded, Kind.SEALING_PUBLIC_KEY)
        require_length(encoded, PUBLIC_BYTES)
        return cls(encoded[2:])

    def encode(self) -> bytes:
        """Version, kind and the 1,216 bytes of the key."""
        return self._encoded

    def fingerprint(self) -> str:
        """64 hexadecimal digits that stand for this key where people compare."""
        return hashlib.sha256(purpose_string(b"fingerprint") + self._encoded).hexdigest()

    def hpke_key(self) -> MLKEM768X25519PublicKey:
        """The key as the HPKE implementation takes it."""
        return self._key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SealingPublicKey) and self._encoded == other._encoded

    def __hash__(self) -> int:
        return hash(self._encoded)


class SealingPrivateKey(Secret):
    """Opens what was sealed to its public half."""

    __slots__ = ("_expanded",)

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        # Expanding costs more than opening, and some keys are only carried from one seal to the next.
        self._expanded: tuple[MLKEM768PrivateKey, X25519PrivateKey] | None = None

    @classmethod
    def generate(cls) -> Self:
        """A fresh pair."""
        return cls(os.urandom(KEY_BYTES))

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """The pair of a 32-byte secret seed; KeyRefused for any other length."""
        return cls(seed)

    @classmethod
    def from_secret_bytes(cls, content: bytes) -> Self:
        """The same as `from_seed`: the seed is the private key's stored form."""
        return cls(content)

    def secret_bytes(self) -> bytes:
        """The 32-byte seed, to be sealed at once."""
        return self._content

    def public_key(self) -> SealingPublicKey:
        """The half that others may have."""
        mlkem, x25519 = self._halves()
        return SealingPublicKey(mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw())

    def hpke_key(self) -> MLKEM768X25519PrivateKey:
        """The key as the HPKE implementation takes it."""
        return MLKEM768X25519PrivateKey(*self._halves())

    def _halves(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        if self._expanded is None:
            expanded = hashlib.shake_256(self._content).digest(96)
            self._expanded = (
                MLKEM768PrivateKey.from_seed_bytes(expanded[:64]),
                X25519PrivateKey.from_private_bytes(expanded[64:]),
            )
        return self._expanded


def _require_x25519(encoded: bytes) -> None:
    coordinate = int.from_bytes(encoded, "little")
    if coordinate >= _FIELD_PRIME or coordinate in _SMALL_ORDER:
        raise KeyRefused("not a usable X25519 public key")
