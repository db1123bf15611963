"""The secret types that other rooms may hold and pass on. What can be done with them is in the vault's other modules."""

from safeconduct.core.sealing import (
    MarkKey,
    Passphrase,
    Receipt,
    ReceiptLanguage,
    ReceiptProblem,
    ReceiptUnreadable,
    SealingRefused,
    SpokenCode,
    Token,
    new_token,
)

__all__ = [
    "MarkKey",
    "Passphrase",
    "Receipt",
    "ReceiptLanguage",
    "ReceiptProblem",
    "ReceiptUnreadable",
    "SealingRefused",
    "SpokenCode",
    "Token",
    "new_token",
]
