"""Grants: sealing to a public key.

HPKE wraps a fresh content key; the content is a committed body under that key. Anyone may seal to a public
key, so a grant says nothing about its sender: who may grant is recorded and signed elsewhere.
Source: spec/sealing-v1.md section 8.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from safeconduct.core.sealing.committed import open_committed, require_body, seal_committed
from safeconduct.core.sealing.keys import KEY_BYTES, purpose_string
from safeconduct.core.sealing.layout import SALT_BYTES, Context, Kind, header, require_header
from safeconduct.core.sealing.pairs import SealingPrivateKey, SealingPublicKey
from safeconduct.core.sealing.refusals import WrapRefused

ENCAPSULATION_BYTES = 1120
WRAPPED_BYTES = ENCAPSULATION_BYTES + KEY_BYTES + 16
_BODY = 2 + WRAPPED_BYTES
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def seal_to(public: SealingPublicKey, context: Context, plaintext: bytes) -> bytes:
    """The plaintext sealed to a public key and bound to the context. Up to 64 MiB."""
    content_key = os.urandom(KEY_BYTES)
    wrapped = _SUITE.encrypt(content_key, public.hpke_key(), info=wrap_info(context))
    return seal_grant_from_parts(wrapped, content_key, context, plaintext, salt=os.urandom(SALT_BYTES))


def open_from(private: SealingPrivateKey, context: Context, sealed: bytes) -> bytes:
    """The plaintext of what was sealed to this key's public half; a SealingRefused names the stage."""
    require_header(sealed, Kind.GRANT)
    require_body(sealed, _BODY)
    try:
        content_key = _SUITE.decrypt(sealed[2:_BODY], private.hpke_key(), info=wrap_info(context))
    except (InvalidTag, ValueError):
        # OpenSSL reports an X25519 share of small order as a ValueError: as unusable as a wrong key.
        raise WrapRefused("not sealed to this key in this context") from None
    return open_committed(sealed, _BODY, content_key, payload_info(context))


def seal_grant_from_parts(wrapped: bytes, content_key: bytes, context: Context, plaintext: bytes, *, salt: bytes) -> bytes:
    """For the vector generator only: content key and salt must never be used twice."""
    return seal_committed(header(Kind.GRANT) + wrapped, content_key, payload_info(context), plaintext, salt=salt)


def wrap_info(context: Context) -> bytes:
    """The HPKE `info` of the wrapped content key."""
    return purpose_string(b"grant", context.encode())


def payload_info(context: Context) -> bytes:
    """The derivation purpose of the body under the content key."""
    return purpose_string(b"grant-payload", context.encode())
