"""Signatures that hold if either Ed25519 or ML-DSA-65 does, and the log's own Ed25519 key.

Source: spec/sealing-v1.md section 11.
"""

import hashlib
import os
import re
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey

from safeconduct.core.sealing.keys import KEY_BYTES, Secret, SymmetricKey, purpose_string
from safeconduct.core.sealing.layout import Kind, encode_text, header, require_header, require_length
from safeconduct.core.sealing.refusals import ContextRefused, KeyRefused, SignatureRefused

ED25519_BYTES = 64
MLDSA_BYTES = 3309
MLDSA_PUBLIC_BYTES = 1952
SIGNATURE_BYTES = 2 + ED25519_BYTES + MLDSA_BYTES
PUBLIC_BYTES = 2 + 32 + MLDSA_PUBLIC_BYTES
_PURPOSE = re.compile(r"[a-z0-9][a-z0-9/.-]{0,63}")
_FIELD_PRIME = 2**255 - 19
_CURVE_D = -121665 * pow(121666, -1, _FIELD_PRIME) % _FIELD_PRIME
_ORDER_EIGHT = 2707385501144840649318225287225658788936804267575313519463743609750303402022
# The y-coordinates of small order: a signature under such a key can hold for every message.
_SMALL_ORDER = frozenset({0, 1, _FIELD_PRIME - 1, _ORDER_EIGHT, _FIELD_PRIME - _ORDER_EIGHT})


class SigningPublicKey:
    """Checks the signatures of one signer."""

    __slots__ = ("_ed25519", "_encoded", "_mldsa")

    def __init__(self, raw: bytes) -> None:
        """`raw`: Ed25519 public key, then ML-DSA-65 public key. Use `decode` for stored bytes."""
        self._ed25519 = _load_ed25519(raw[:32])
        self._mldsa = MLDSA65PublicKey.from_public_bytes(raw[32:])
        self._encoded = header(Kind.SIGNING_PUBLIC_KEY) + raw

    @classmethod
    def decode(cls, encoded: bytes) -> Self:
        """The key of 1,986 bytes; HeaderRefused, LengthRefused or KeyRefused when they are no such key."""
        require_header(encoded, Kind.SIGNING_PUBLIC_KEY)
        require_length(encoded, PUBLIC_BYTES)
        return cls(encoded[2:])

    def encode(self) -> bytes:
        """Version, kind and both public keys."""
        return self._encoded

    def fingerprint(self) -> str:
        """64 hexadecimal digits that stand for this key in lists that people compare."""
        return self.digest().hex()

    def digest(self) -> bytes:
        """The 32 bytes of the fingerprint."""
        return hashlib.sha256(purpose_string(b"fingerprint") + self._encoded).digest()

    def require(self, ed25519: bytes, mldsa: bytes, signed: bytes) -> None:
        """Raises SignatureRefused unless both signatures hold."""
        try:
            self._ed25519.verify(ed25519, signed)
            self._mldsa.verify(mldsa, signed)
        except InvalidSignature:
            raise SignatureRefused("the signature does not hold") from None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SigningPublicKey) and self._encoded == other._encoded

    def __hash__(self) -> int:
        return hash(self._encoded)


class SigningPrivateKey(Secret):
    """Signs for one signer: an Ed25519 and an ML-DSA-65 key from one 32-byte seed."""

    __slots__ = ("_expanded", "_public")

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._expanded: tuple[Ed25519PrivateKey, MLDSA65PrivateKey] | None = None
        self._public: SigningPublicKey | None = None

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

    def public_key(self) -> SigningPublicKey:
        """The half that checks."""
        if self._public is None:
            ed25519, mldsa = self._halves()
            raw = ed25519.public_key().public_bytes_raw() + mldsa.public_key().public_bytes_raw()
            self._public = SigningPublicKey(raw)
        return self._public

    def sign_both(self, signed: bytes) -> bytes:
        """The Ed25519 signature, then the ML-DSA-65 signature."""
        ed25519, mldsa = self._halves()
        return ed25519.sign(signed) + mldsa.sign(signed)

    def _halves(self) -> tuple[Ed25519PrivateKey, MLDSA65PrivateKey]:
        if self._expanded is None:
            expanded = hashlib.shake_256(purpose_string(b"signing-pair") + self._content).digest(64)
            self._expanded = (
                Ed25519PrivateKey.from_private_bytes(expanded[:32]),
                MLDSA65PrivateKey.from_seed_bytes(expanded[32:]),
            )
        return self._expanded


def sign(private: SigningPrivateKey, purpose: str, message: bytes) -> bytes:
    """A signature over the message for one purpose; under another purpose it does not hold.

    `purpose`: 1 to 64 of a-z, 0-9, dash, dot and slash, such as "custody-entry"; ContextRefused otherwise.
    """
    signed = signed_bytes(private.public_key(), purpose, message)
    return header(Kind.SIGNATURE) + private.sign_both(signed)


def verify(public: SigningPublicKey, purpose: str, message: bytes, signature: bytes) -> None:
    """Raises HeaderRefused, LengthRefused or SignatureRefused unless both halves of the signature hold."""
    require_header(signature, Kind.SIGNATURE)
    require_length(signature, SIGNATURE_BYTES)
    middle = 2 + ED25519_BYTES
    public.require(signature[2:middle], signature[middle:], signed_bytes(public, purpose, message))


def signed_bytes(public: SigningPublicKey, purpose: str, message: bytes) -> bytes:
    """What both algorithms sign: purpose, the whole public key's digest, the message's digest."""
    if not _PURPOSE.fullmatch(purpose):
        raise ContextRefused("not a purpose name")
    named = encode_text(purpose, name="purpose")
    return purpose_string(b"signature", named + public.digest() + hashlib.sha512(message).digest())


class LogPublicKey:
    """Checks the signed notes of one custody log.

    Encoded as its bare 32 bytes: C2SP signed notes put their own type byte before them.
    """

    __slots__ = ("_key",)

    def __init__(self, raw: bytes) -> None:
        self._key = _load_ed25519(raw)

    @classmethod
    def decode(cls, encoded: bytes) -> Self:
        """The key of 32 bytes; LengthRefused or KeyRefused when they are no such key."""
        require_length(encoded, 32)
        return cls(encoded)

    def encode(self) -> bytes:
        """The 32 bytes of the Ed25519 public key."""
        return self._key.public_bytes_raw()

    def verify(self, message: bytes, signature: bytes) -> None:
        """Raises LengthRefused or SignatureRefused unless this log signed the message."""
        require_length(signature, ED25519_BYTES)
        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            raise SignatureRefused("the log's signature does not hold") from None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LogPublicKey) and self.encode() == other.encode()

    def __hash__(self) -> int:
        return hash(self.encode())


class LogKey(SymmetricKey):
    """Signs the notes of one custody log: an Ed25519 private key, used for nothing else."""

    __slots__ = ()
    purpose = b"log"

    def public_key(self) -> LogPublicKey:
        """The half that checks."""
        return LogPublicKey(self._private().public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """64 bytes; the message is a note's text, which names its log and form itself."""
        return self._private().sign(message)

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._content)


def _load_ed25519(encoded: bytes) -> Ed25519PublicKey:
    coordinate = int.from_bytes(encoded, "little") & (2**255 - 1)
    if coordinate >= _FIELD_PRIME or coordinate in _SMALL_ORDER or not _is_on_curve(coordinate):
        raise KeyRefused("not a usable Ed25519 public key")
    return Ed25519PublicKey.from_public_bytes(encoded)


def _is_on_curve(y: int) -> bool:
    """Whether some x gives y^2 - x^2 = 1 + d x^2 y^2; OpenSSL looks only when it verifies."""
    numerator, denominator = y * y - 1, _CURVE_D * y * y + 1
    # A quotient is a square where the product is, which spares a division in the field.
    return pow(numerator * denominator, (_FIELD_PRIME - 1) // 2, _FIELD_PRIME) == 1
