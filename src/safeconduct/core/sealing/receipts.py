"""Receipts: the code an applicant keeps instead of an account.

Source: spec/sealing-v1.md section 10; why Argon2id is cheap here: docs/adr/0001-sealing-constructions.md.
"""

import os
import secrets
import unicodedata
from typing import Self

from safeconduct.core.sealing import receipt_words
from safeconduct.core.sealing.keys import Secret, derive
from safeconduct.core.sealing.pairs import SealingPrivateKey
from safeconduct.core.sealing.passphrases import ARGON_SALT_BYTES, Profile, stretch
from safeconduct.core.sealing.receipt_words import ReceiptLanguage
from safeconduct.core.sealing.refusals import LengthRefused, ReceiptUnreadable

RECEIPT_DIGITS = 32
LOCATOR_DIGITS = 7
_DIGITS = frozenset("0123456789")


class Receipt(Secret):
    """32 decimal digits: seven to find the request by, 25 (83 bits) that open it."""

    __slots__ = ()
    size_bytes = RECEIPT_DIGITS

    @classmethod
    def generate(cls) -> Self:
        """A fresh code. The caller draws again while the locator is taken."""
        return cls(f"{secrets.randbelow(10**RECEIPT_DIGITS):0{RECEIPT_DIGITS}}".encode())

    @classmethod
    def parse(cls, text: str) -> Self:
        """The code as a person typed it: digits with whatever spaces, line ends or dashes between them, or words."""
        if any(unicodedata.category(character).startswith("L") for character in text):
            return cls(receipt_words.digits_of(text).encode())
        digits = "".join(character for character in text if not _is_separator(character))
        if len(digits) != RECEIPT_DIGITS or not _DIGITS.issuperset(digits):
            raise ReceiptUnreadable(f"a receipt code has {RECEIPT_DIGITS} digits")
        return cls(digits.encode())

    def digits(self) -> str:
        """The code for the applicant's eyes, in groups of four."""
        text = self._content.decode()
        return " ".join(text[start : start + 4] for start in range(0, RECEIPT_DIGITS, 4))

    def words(self, language: ReceiptLanguage) -> list[str]:
        """The same code as eleven words of a language."""
        return receipt_words.words_of(self._content.decode(), language)

    @property
    def locator(self) -> str:
        """The first seven digits: public, stored with the request to find it by."""
        return self._content[:LOCATOR_DIGITS].decode()


class ReceiptSalt:
    """16 public bytes stored with the request, so that equal work on two requests is not shared."""

    __slots__ = ("encoded",)

    def __init__(self, encoded: bytes) -> None:
        if len(encoded) != ARGON_SALT_BYTES:
            raise LengthRefused(f"a receipt salt has {ARGON_SALT_BYTES} bytes")
        self.encoded = encoded

    @classmethod
    def generate(cls) -> Self:
        """A fresh salt."""
        return cls(os.urandom(ARGON_SALT_BYTES))


def receipt_pair(receipt: Receipt, salt: ReceiptSalt) -> SealingPrivateKey:
    """The applicant's pair; the same receipt and salt always give the same pair."""
    stretched = stretch(receipt._content, salt.encoded, Profile.RECEIPT)
    return SealingPrivateKey(derive(stretched, b"receipt-pair"))


def _is_separator(character: str) -> bool:
    return character in "\t\r\n" or unicodedata.category(character) in {"Zs", "Pd"}
