"""An organisation's recovery key: split on paper, and the way back to a member's keys when a passphrase is lost."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from safeconduct.core import canonical, sealing
from safeconduct.core.sealing import MemberKeys
from safeconduct.desk.vault import granting
from safeconduct.desk.vault.identities import Owner
from safeconduct.desk.vault.keyholders import Keyholder, Subject

LARGEST_SHARE_COUNT = 16
_SHEET_WORDS = 33


@dataclass(frozen=True, repr=False)
class SplitKey:
    """A fresh recovery key: the public half to keep, and the custodians' words, which exist only here and on their paper."""

    public: bytes
    sheets: Sequence[str]


def split_new_key(threshold: int, shares: int) -> SplitKey:
    """Make and split a key; any `threshold` of the shares give it back. RecoveryRefused for impossible numbers."""
    key = sealing.RecoveryKey.generate()
    words = [share.words() for share in key.split(threshold, shares)]
    return SplitKey(key.public_key().encode(), words)


def digest_of(public: bytes) -> str:
    """By which a recovery key is compared with the one a member's copy is sealed to."""
    return hashlib.sha256(public).hexdigest()


def sheets_in(text: str) -> list[str]:
    """Sheets that were typed one after another: every 33 words are one, however the lines were broken."""
    words = text.lower().split()
    return [" ".join(words[start : start + _SHEET_WORDS]) for start in range(0, len(words), _SHEET_WORDS)]


def first_misread(sheets: Sequence[str]) -> int:
    """Which sheet, counted from 1, is not as it stands on paper; 0 where each reads well by itself."""
    for number, words in enumerate(sheets, 1):
        try:
            sealing.RecoveryShare(words)
        except sealing.SealingRefused:
            return number
    return 0


def public_key_of(sheets: Sequence[str]) -> bytes:
    """The public key that typed shares lead to. SealingRefused when they are misread, too few or of several splits."""
    return _joined(sheets).public_key().encode()


def open_copy(owner: Owner, sealed: bytes, sheets: Sequence[str]) -> MemberKeys:
    """A member's keys out of their recovery copy. SealingRefused for shares that do not open it."""
    return MemberKeys.decode(sealing.open_from(_joined(sheets).private_key(), owner.context("recovery"), sealed))


def seal_custodians(desk: Subject, names: Sequence[str]) -> bytes:
    """Who holds the shares, for members of the desk only."""
    (row,) = granting.holders_named([desk.id])
    public = sealing.SealingPublicKey.decode(bytes(row.public_key))
    return sealing.seal_to(public, _custodians_context(desk), canonical.encode(list(names)))


def open_custodians(desk: Subject, sealed: bytes, member: Keyholder) -> list[str]:
    """The custodians' names; nobody for a member who does not hold the desk's key."""
    holder = granting.desk_keyholder(desk, member)
    if holder is None:
        return []
    names: list[str] = json.loads(sealing.open_from(holder.sealing, _custodians_context(desk), sealed))
    return names


def _joined(sheets: Sequence[str]) -> sealing.RecoveryKey:
    return sealing.RecoveryKey.join([sealing.RecoveryShare(words) for words in sheets])


def _custodians_context(desk: Subject) -> sealing.Context:
    return sealing.Context(organisation=desk.organisation, subject=desk.id, section="custodians", record="recovery", version=1)
