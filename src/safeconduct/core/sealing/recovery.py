"""The organisation's recovery key and its paper shares (SLIP-0039).

Source: spec/sealing-v1.md section 13; https://github.com/satoshilabs/slips/blob/master/slip-0039.md.
"""

import os
from collections.abc import Sequence
from typing import Self

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics

from safeconduct.core.sealing.keys import KEY_BYTES, Secret, derive
from safeconduct.core.sealing.pairs import SealingPrivateKey, SealingPublicKey
from safeconduct.core.sealing.refusals import RecoveryRefused

LARGEST_SHARE_COUNT = 16
SHARE_WORDS = 33


class RecoveryShare(Secret):
    """One custodian's share: 33 words for paper. Fewer shares than the threshold say nothing of the key."""

    __slots__ = ()

    def __init__(self, words: str) -> None:
        """Reads the words as typed, whatever their case and spacing; RecoveryRefused when misspelt."""
        normal = " ".join(words.lower().split())
        try:
            Share.from_mnemonic(normal)
        except MnemonicError:
            raise RecoveryRefused("not the words of a recovery share") from None
        if len(normal.split()) != SHARE_WORDS:
            raise RecoveryRefused(f"a recovery share has {SHARE_WORDS} words")
        self._content = normal.encode()

    def words(self) -> str:
        """The 33 words, for the custodian's paper."""
        return self._content.decode()


class RecoveryKey(Secret):
    """Opens the copies of member keys that were sealed for the day a passphrase is lost."""

    __slots__ = ()

    @classmethod
    def generate(cls) -> Self:
        """A fresh key: split it, seal to its public key, let it go."""
        return cls(os.urandom(KEY_BYTES))

    @classmethod
    def from_secret_bytes(cls, content: bytes) -> Self:
        """The key of these 32 bytes; KeyRefused for any other length."""
        return cls(content)

    def secret_bytes(self) -> bytes:
        """The 32 bytes themselves."""
        return self._content

    def private_key(self) -> SealingPrivateKey:
        """The pair that member keys are sealed to."""
        return SealingPrivateKey(derive(self._content, b"recovery-pair"))

    def public_key(self) -> SealingPublicKey:
        """The half that the organisation keeps."""
        return self.private_key().public_key()

    def split(self, threshold: int, shares: int) -> list[RecoveryShare]:
        """Shares of which any `threshold` together give the key; 2 <= threshold <= shares <= 16."""
        if not 2 <= threshold <= shares <= LARGEST_SHARE_COUNT:
            raise RecoveryRefused("thresholds run from 2 to the number of shares, shares to 16")
        # Exponent 0: the key has 256 random bits and no passphrase, so stretching it buys nothing.
        groups = generate_mnemonics(1, [(threshold, shares)], self._content, iteration_exponent=0)
        return [RecoveryShare(words) for words in groups[0]]

    @classmethod
    def join(cls, shares: Sequence[RecoveryShare]) -> Self:
        """The key of enough shares of one split; RecoveryRefused when too few, repeated or mixed."""
        distinct = sorted({share.words() for share in shares})
        if not distinct:
            raise RecoveryRefused("no shares")
        threshold: int = Share.from_mnemonic(distinct[0]).member_threshold
        # The library joins exactly as many as needed; a further share must lead to the same key.
        enough, further = distinct[:threshold], distinct[threshold:]
        contents = {_combined(enough), *(_combined([*enough[1:], words]) for words in further)}
        if len(contents) != 1:
            raise RecoveryRefused("these shares are not of one split")
        return cls(contents.pop())


def _combined(words: list[str]) -> bytes:
    try:
        content: bytes = combine_mnemonics(words)
    except MnemonicError:
        raise RecoveryRefused("these shares do not make a key") from None
    return content
