"""The committed body under every sealed record, grant and wrap: salt, commitment, padded ciphertext.

`seal_committed` takes its salt and is for this package and for the vector generator only: the public
functions choose a fresh one each time. Source: spec/sealing-v1.md section 6.
"""

import hmac
import io

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from safeconduct.core.sealing.layout import (
    COMMITMENT_BYTES,
    LARGEST_RECORD,
    LENGTH_BYTES,
    SALT_BYTES,
    SMALLEST_PADDED,
    TAG_BYTES,
    content_size,
    padded_size,
    require_padding,
)
from safeconduct.core.sealing.refusals import CommitmentRefused, LengthRefused, PayloadRefused

BODY_PREFIX_BYTES = SALT_BYTES + COMMITMENT_BYTES
_LARGEST_PADDED = padded_size(LARGEST_RECORD + LENGTH_BYTES)
# Each AES key is derived from a fresh 32-byte salt and encrypts once, so the nonce carries nothing.
_NONCE = bytes(12)
_SHA256 = SHA256()


def seal_committed(prefix: bytes, secret: bytes, info: bytes, plaintext: bytes, *, salt: bytes) -> bytes:
    """The prefix, the salt, the commitment and the padded, encrypted plaintext."""
    size = len(plaintext)
    if size > LARGEST_RECORD:
        raise LengthRefused(f"a record holds at most {LARGEST_RECORD} bytes; larger content is a file")
    derived = HKDF(_SHA256, 64, salt, info).derive(secret)
    padded = padded_size(size + LENGTH_BYTES)
    encryptor = Cipher(AES256(derived[:32]), GCM(_NONCE)).encryptor()
    tail = bytes(padded - LENGTH_BYTES - size) + size.to_bytes(LENGTH_BYTES, "big")
    start = len(prefix) + BODY_PREFIX_BYTES
    # One allocation for the result and no copy of the plaintext: at 1 MiB, each further
    # buffer costs as much as the encryption.
    sealed = io.BytesIO(bytes(start + padded + TAG_BYTES))
    sealed.write(prefix + salt + derived[32:])
    with sealed.getbuffer() as buffer:
        with buffer[start : start + size] as target:
            encryptor.update_into(plaintext, target)
        with buffer[start + size : start + padded] as target:
            encryptor.update_into(tail, target)
        encryptor.finalize()
        buffer[start + padded :] = encryptor.tag
    return sealed.getvalue()


def open_committed(sealed: bytes, start: int, secret: bytes, info: bytes) -> bytes:
    """The plaintext of the body that begins at `start`.

    Raises LengthRefused, CommitmentRefused, PayloadRefused or PaddingRefused, in this order.
    """
    padded = require_body(sealed, start)
    middle, payload = start + SALT_BYTES, start + BODY_PREFIX_BYTES
    derived = HKDF(_SHA256, 64, sealed[start:middle], info).derive(secret)
    if not hmac.compare_digest(derived[32:], sealed[middle:payload]):
        raise CommitmentRefused("not sealed under this key and context")
    opened = _decrypt_small if padded <= 16_384 else _decrypt_large
    return opened(derived[:32], sealed, payload, padded)


def require_body(sealed: bytes, start: int) -> int:
    """The size of the padded plaintext in the body that begins at `start`; LengthRefused if there is none such."""
    padded = len(sealed) - start - BODY_PREFIX_BYTES - TAG_BYTES
    if not SMALLEST_PADDED <= padded <= _LARGEST_PADDED or padded_size(padded) != padded:
        raise LengthRefused("no padded plaintext has this size")
    return padded


def _decrypt_small(key: bytes, sealed: bytes, payload: int, padded: int) -> bytes:
    try:
        plaintext = AESGCM(key).decrypt(_NONCE, sealed[payload:], None)
    except InvalidTag:
        raise PayloadRefused("the ciphertext was changed") from None
    size = content_size(padded, plaintext[-LENGTH_BYTES:])
    require_padding(plaintext[size:-LENGTH_BYTES])
    return plaintext[:size]


def _decrypt_large(key: bytes, sealed: bytes, payload: int, padded: int) -> bytes:
    """The same in one buffer that is cut to size instead of being copied."""
    plaintext = io.BytesIO(bytes(padded))
    with plaintext.getbuffer() as buffer, memoryview(sealed)[payload:] as ciphertext:
        try:
            AESGCM(key).decrypt_into(_NONCE, ciphertext, None, buffer)
        except InvalidTag:
            raise PayloadRefused("the ciphertext was changed") from None
        size = content_size(padded, bytes(buffer[-LENGTH_BYTES:]))
        require_padding(bytes(buffer[size:-LENGTH_BYTES]))
    plaintext.truncate(size)
    return plaintext.getvalue()
