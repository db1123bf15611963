"""Records: small sealed values in database rows.

Source: spec/sealing-v1.md section 7.
"""

import os
from typing import TypeAlias

from safeconduct.core.sealing.case_keys import CaseKey, SectionKey
from safeconduct.core.sealing.committed import open_committed, seal_committed
from safeconduct.core.sealing.keys import KeyringKey, SessionSecret, purpose_string
from safeconduct.core.sealing.layout import SALT_BYTES, Context, Kind, header, require_header

RecordKey: TypeAlias = SectionKey | CaseKey | KeyringKey | SessionSecret
_HEADER = header(Kind.RECORD)


def seal_record(key: RecordKey, context: Context, plaintext: bytes) -> bytes:
    """The plaintext sealed under the key and bound to the context; never twice the same bytes.

    Up to 64 MiB (LengthRefused beyond). Sizes show in padded steps only.
    """
    return seal_record_from_parts(key, context, plaintext, salt=os.urandom(SALT_BYTES))


def open_record(key: RecordKey, context: Context, sealed: bytes) -> bytes:
    """The plaintext of a sealed record; a SealingRefused names the stage where reading stopped."""
    require_header(sealed, Kind.RECORD)
    return open_committed(sealed, 2, key.secret_bytes(), _info(key, context))


def seal_record_from_parts(key: RecordKey, context: Context, plaintext: bytes, *, salt: bytes) -> bytes:
    """For the vector generator only: a salt must never be used twice."""
    return seal_committed(_HEADER, key.secret_bytes(), _info(key, context), plaintext, salt=salt)


def _info(key: RecordKey, context: Context) -> bytes:
    if not isinstance(key, RecordKey):
        raise TypeError(f"a {type(key).__name__} seals no records")
    return purpose_string(b"record/" + key.purpose, context.encode())
