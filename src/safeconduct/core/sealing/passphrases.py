"""Wrapping under a passphrase (Argon2id) or under what a passkey's PRF gives.

Source: spec/sealing-v1.md section 9.
"""

import enum
import os
import threading
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from safeconduct.core.sealing.committed import open_committed, require_body, seal_committed
from safeconduct.core.sealing.keys import KEY_BYTES, PasskeySecret, Secret, purpose_string
from safeconduct.core.sealing.layout import SALT_BYTES, Context, Kind, header, require_header
from safeconduct.core.sealing.refusals import HeaderRefused, PassphraseRefused

ARGON_SALT_BYTES = 16
LARGEST_PASSPHRASE = 1024
_BODY = 2 + 1 + ARGON_SALT_BYTES


class Profile(enum.IntEnum):
    """The closed table of cost profiles; the byte is part of the format, never an argument."""

    MEMBER = 0x01
    RECEIPT = 0x02


@dataclass(frozen=True, slots=True)
class Cost:
    """What one derivation takes."""

    memory_kib: int
    passes: int
    lanes: int


_COSTS = {
    Profile.MEMBER: Cost(memory_kib=64 * 1024, passes=3, lanes=4),
    Profile.RECEIPT: Cost(memory_kib=8 * 1024, passes=1, lanes=1),
}
# Each derivation holds its profile's memory: more at once than this and a burst of log-ins
# takes the server down.
_GATE = threading.BoundedSemaphore(4)


class Passphrase(Secret):
    """A passphrase as typed, in Unicode form NFKC so that every keyboard gives the same bytes."""

    __slots__ = ()

    def __init__(self, text: str) -> None:
        """Raises PassphraseRefused for nothing, for control characters and for more than 1,024 bytes."""
        normal = unicodedata.normalize("NFKC", text)
        if any(unicodedata.category(character) in {"Cc", "Cs"} for character in normal):
            raise PassphraseRefused("the passphrase holds a character that cannot be typed")
        content = normal.encode()
        if not 0 < len(content) <= LARGEST_PASSPHRASE:
            raise PassphraseRefused(f"a passphrase has 1 to {LARGEST_PASSPHRASE} bytes")
        self._content = content

    def text(self) -> str:
        """What was typed, for judging how easily it is guessed."""
        return self._content.decode()


def wrap_with_passphrase(passphrase: Passphrase, context: Context, plaintext: bytes) -> bytes:
    """The plaintext sealed under a passphrase; takes about a tenth of a second and 64 MiB."""
    return wrap_with_passphrase_from_parts(
        passphrase, context, plaintext, argon_salt=os.urandom(ARGON_SALT_BYTES), salt=os.urandom(SALT_BYTES)
    )


def unwrap_with_passphrase(passphrase: Passphrase, context: Context, sealed: bytes) -> bytes:
    """The plaintext sealed under a passphrase.

    A wrong passphrase is a CommitmentRefused, as is a wrong context: the bytes cannot tell them apart.
    """
    require_header(sealed, Kind.PASSPHRASE_WRAP)
    require_body(sealed, _BODY)
    if sealed[2] != Profile.MEMBER:
        raise HeaderRefused("unknown cost profile")
    derived = stretch(_bytes_of(passphrase), sealed[3:_BODY], Profile.MEMBER)
    return open_committed(sealed, _BODY, derived, purpose_string(b"passphrase-wrap", context.encode()))


def wrap_with_passphrase_from_parts(
    passphrase: Passphrase, context: Context, plaintext: bytes, *, argon_salt: bytes, salt: bytes
) -> bytes:
    """For the vector generator only: salts must never be used twice."""
    prefix = header(Kind.PASSPHRASE_WRAP) + bytes((Profile.MEMBER,)) + argon_salt
    derived = stretch(_bytes_of(passphrase), argon_salt, Profile.MEMBER)
    info = purpose_string(b"passphrase-wrap", context.encode())
    return seal_committed(prefix, derived, info, plaintext, salt=salt)


def wrap_with_passkey(passkey: PasskeySecret, context: Context, plaintext: bytes) -> bytes:
    """The plaintext sealed under a passkey's PRF output."""
    return wrap_with_passkey_from_parts(passkey, context, plaintext, salt=os.urandom(SALT_BYTES))


def unwrap_with_passkey(passkey: PasskeySecret, context: Context, sealed: bytes) -> bytes:
    """The plaintext sealed under a passkey's PRF output; a SealingRefused names the stage."""
    require_header(sealed, Kind.PASSKEY_WRAP)
    return open_committed(sealed, 2, passkey.secret_bytes(), _passkey_info(passkey, context))


def wrap_with_passkey_from_parts(passkey: PasskeySecret, context: Context, plaintext: bytes, *, salt: bytes) -> bytes:
    """For the vector generator only: a salt must never be used twice."""
    info = _passkey_info(passkey, context)
    return seal_committed(header(Kind.PASSKEY_WRAP), passkey.secret_bytes(), info, plaintext, salt=salt)


def stretch(content: bytes, argon_salt: bytes, profile: Profile) -> bytes:
    """32 bytes by Argon2id at a profile's cost; waits while too many others are at it."""
    cost = _COSTS[profile]
    argon = Argon2id(
        salt=argon_salt,
        length=KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    with _GATE:
        return argon.derive(content)


def _passkey_info(passkey: PasskeySecret, context: Context) -> bytes:
    if not isinstance(passkey, PasskeySecret):
        raise TypeError(f"a {type(passkey).__name__} is no passkey secret")
    return purpose_string(b"passkey-wrap", context.encode())


def _bytes_of(passphrase: Passphrase) -> bytes:
    if not isinstance(passphrase, Passphrase):
        raise TypeError(f"a {type(passphrase).__name__} is no passphrase")
    return passphrase._content
