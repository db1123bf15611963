"""A member's keys under what their passkey's PRF gives, so that it unlocks them without the passphrase."""

import hashlib

from safeconduct.core import sealing
from safeconduct.core.sealing import MemberKeys
from safeconduct.desk.vault.identities import Owner
from safeconduct.desk.vault.keyholders import Keyholder


def seal_under_passkey(owner: Owner, keys: MemberKeys, credential: bytes, output: bytes) -> bytes:
    """The bundle under a passkey's 32 bytes of PRF output. SealingRefused for another length."""
    return sealing.wrap_with_passkey(_secret(output), owner.context(_use(credential)), keys.encode())


def unlock_with_passkey(owner: Owner, sealed: bytes, credential: bytes, output: bytes) -> MemberKeys:
    """The bundle; SealingRefused for another passkey's output."""
    return MemberKeys.decode(sealing.unwrap_with_passkey(_secret(output), owner.context(_use(credential)), sealed))


def seal_label(member: Keyholder, credential: bytes, label: str) -> bytes:
    """What a member calls a passkey, for their own eyes."""
    owner = Owner(member=member.id, organisation=member.organisation)
    return sealing.seal_to(member.sealing.public_key(), owner.context(f"label {_digest(credential)}"), label.encode())


def open_label(member: Keyholder, credential: bytes, sealed: bytes) -> str:
    """The name that a member gave a passkey."""
    owner = Owner(member=member.id, organisation=member.organisation)
    return sealing.open_from(member.sealing, owner.context(f"label {_digest(credential)}"), sealed).decode()


def _secret(output: bytes) -> sealing.PasskeySecret:
    return sealing.PasskeySecret.from_secret_bytes(output)


def _use(credential: bytes) -> str:
    return f"passkey {_digest(credential)}"


def _digest(credential: bytes) -> str:
    return hashlib.sha256(credential).hexdigest()
