"""Grants from parts: X-Wing and HPKE base mode with chosen randomness, written from the spec.

Source: spec/sealing-v1.md section 8, RFC 9180 section 5.
"""

import hashlib
import hmac

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sealing_vectors.mlkem import encapsulate

KEM = b"\x64\x7a"
SUITE = b"HPKE" + KEM + b"\x00\x01" + b"\x00\x02"
LABEL = b"\\.//^\\"


def wrap(public: bytes, info: bytes, content_key: bytes, randomness: bytes, *, share: bytes | None = None) -> bytes:
    """The 1,168 bytes that wrap a content key to a raw public key with these 64 bytes of randomness.

    `share` puts other bytes in the place of the X25519 share, with the zero secret that they would give.
    """
    secret, kem_ciphertext = encapsulate(public[:1184], randomness[:32])
    ephemeral = X25519PrivateKey.from_private_bytes(randomness[32:])
    point = ephemeral.public_key().public_bytes_raw() if share is None else share
    agreed = ephemeral.exchange(X25519PublicKey.from_public_bytes(public[1184:])) if share is None else bytes(32)
    shared = hashlib.sha3_256(secret + agreed + point + public[1184:] + LABEL).digest()
    key, nonce = key_schedule(shared, info)
    return kem_ciphertext + point + AESGCM(key).encrypt(nonce, content_key, b"")


def key_schedule(shared: bytes, info: bytes) -> tuple[bytes, bytes]:
    """Key and nonce of the first message in base mode (RFC 9180 section 5.1)."""
    context = b"\x00" + _extract(b"", b"psk_id_hash", b"") + _extract(b"", b"info_hash", info)
    secret = _extract(shared, b"secret", b"")
    return _expand(secret, b"key", context, 32), _expand(secret, b"base_nonce", context, 12)


def _extract(salt: bytes, label: bytes, content: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + SUITE + label + content, "sha256")


def _expand(secret: bytes, label: bytes, info: bytes, size: int) -> bytes:
    labelled = size.to_bytes(2, "big") + b"HPKE-v1" + SUITE + label + info
    return hmac.digest(secret, labelled + b"\x01", "sha256")[:size]
