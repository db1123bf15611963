"""Why sealed bytes, keys and codes are refused: one class per stage of `spec/sealing-v1.md` section 15."""

import enum
from typing import ClassVar

from safeconduct.core.errors import SafeconductError


class Stage(enum.Enum):
    """The closed list of stages at which reading can stop; vectors name them in `expect:`."""

    HEADER = "header"
    """Unknown version, kind or cost profile, or a known one in the wrong place."""
    LENGTH = "length"
    """No object of this kind has this many bytes."""
    CONTEXT = "context"
    """The context, section or purpose given cannot be encoded."""
    KEY = "key"
    """A key's encoding is not one that may be used."""
    WRAP = "wrap"
    """The content key inside a grant does not open."""
    COMMITMENT = "commitment"
    """Key and context are not the ones that the bytes were sealed under."""
    PAYLOAD = "payload"
    """The ciphertext was changed, cut or continued."""
    PADDING = "padding"
    """The plaintext is authentic but not in its one allowed form."""
    SIGNATURE = "signature"
    """A signature does not hold."""
    PASSPHRASE = "passphrase"  # noqa: S105  (the name of a stage)
    """A text cannot serve as a passphrase."""
    RECEIPT = "receipt"
    """A text is not a receipt code."""
    SHARE = "share"
    """Recovery shares are unreadable, too few, or not of one set."""
    CODE = "code"
    """A one-time code, spoken code or token is unreadable, wrong or already used."""


class SealingRefused(SafeconductError):
    """Nothing was released: the subclass names the stage, the message never holds content."""

    stage: ClassVar[Stage]


class HeaderRefused(SealingRefused):
    stage = Stage.HEADER


class LengthRefused(SealingRefused):
    stage = Stage.LENGTH


class ContextRefused(SealingRefused):
    stage = Stage.CONTEXT


class KeyRefused(SealingRefused):
    stage = Stage.KEY


class WrapRefused(SealingRefused):
    stage = Stage.WRAP


class CommitmentRefused(SealingRefused):
    stage = Stage.COMMITMENT


class PayloadRefused(SealingRefused):
    stage = Stage.PAYLOAD


class PaddingRefused(SealingRefused):
    stage = Stage.PADDING


class SignatureRefused(SealingRefused):
    stage = Stage.SIGNATURE


class PassphraseRefused(SealingRefused):
    stage = Stage.PASSPHRASE


class ReceiptProblem(enum.Enum):
    """What is wrong with a text that should be a receipt, for helping whoever typed it. Says nothing about any request."""

    LENGTH = "length"
    """Not so many digits or words."""
    WORD = "word"
    """A word is in no list."""
    CHECK = "check"
    """Every word is in the list, but not in this company: one is another, or two have changed places."""


class ReceiptUnreadable(SealingRefused):
    """`word` is the place of the first word that is not in the list, from 1; 0 where it is not about a word."""

    stage = Stage.RECEIPT

    def __init__(self, message: str, *, problem: ReceiptProblem = ReceiptProblem.LENGTH, word: int = 0) -> None:
        super().__init__(message)
        self.problem = problem
        self.word = word


class RecoveryRefused(SealingRefused):
    stage = Stage.SHARE


class CodeRefused(SealingRefused):
    stage = Stage.CODE
