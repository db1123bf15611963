"""Sealing: every key, seal and signature of the product. The format is spec/sealing-v1.md.

Public functions take no nonce, salt, algorithm or cost. Whatever is refused raises a SealingRefused whose
`stage` names where reading stopped; pages show one neutral sentence for all of them.
"""

from safeconduct.core.sealing.age import AgeSealer
from safeconduct.core.sealing.age import read_recipient as read_age_recipient
from safeconduct.core.sealing.age import recipient_of as age_recipient_of
from safeconduct.core.sealing.age import sealed_size as age_sealed_size
from safeconduct.core.sealing.case_keys import CaseKey, SectionKey
from safeconduct.core.sealing.files import FileOpener, FileSealer
from safeconduct.core.sealing.grants import open_from, seal_to
from safeconduct.core.sealing.keys import (
    FileKey,
    KeyringKey,
    PasskeySecret,
    Secret,
    SessionSecret,
    SymmetricKey,
)
from safeconduct.core.sealing.layout import Context
from safeconduct.core.sealing.marks import MarkKey
from safeconduct.core.sealing.members import MemberKeys
from safeconduct.core.sealing.pairs import SealingPrivateKey, SealingPublicKey
from safeconduct.core.sealing.passphrases import (
    Passphrase,
    unwrap_with_passkey,
    unwrap_with_passphrase,
    wrap_with_passkey,
    wrap_with_passphrase,
)
from safeconduct.core.sealing.receipt_words import ReceiptLanguage
from safeconduct.core.sealing.receipts import Receipt, ReceiptSalt, receipt_pair
from safeconduct.core.sealing.records import open_record, seal_record
from safeconduct.core.sealing.recovery import RecoveryKey, RecoveryShare
from safeconduct.core.sealing.refusals import (
    CodeRefused,
    CommitmentRefused,
    ContextRefused,
    HeaderRefused,
    KeyRefused,
    LengthRefused,
    PaddingRefused,
    PassphraseRefused,
    PayloadRefused,
    ReceiptProblem,
    ReceiptUnreadable,
    RecoveryRefused,
    SealingRefused,
    SignatureRefused,
    Stage,
    WrapRefused,
)
from safeconduct.core.sealing.signatures import (
    LogKey,
    LogPublicKey,
    SigningPrivateKey,
    SigningPublicKey,
    sign,
    verify,
)
from safeconduct.core.sealing.tokens import SpokenCode, Token, new_token
from safeconduct.core.sealing.totp import TotpSecret

__all__ = [
    "AgeSealer",
    "CaseKey",
    "CodeRefused",
    "CommitmentRefused",
    "Context",
    "ContextRefused",
    "FileKey",
    "FileOpener",
    "FileSealer",
    "HeaderRefused",
    "KeyRefused",
    "KeyringKey",
    "LengthRefused",
    "LogKey",
    "LogPublicKey",
    "MarkKey",
    "MemberKeys",
    "PaddingRefused",
    "PasskeySecret",
    "Passphrase",
    "PassphraseRefused",
    "PayloadRefused",
    "Receipt",
    "ReceiptLanguage",
    "ReceiptProblem",
    "ReceiptSalt",
    "ReceiptUnreadable",
    "RecoveryKey",
    "RecoveryRefused",
    "RecoveryShare",
    "SealingPrivateKey",
    "SealingPublicKey",
    "SealingRefused",
    "Secret",
    "SectionKey",
    "SessionSecret",
    "SignatureRefused",
    "SigningPrivateKey",
    "SigningPublicKey",
    "SpokenCode",
    "Stage",
    "SymmetricKey",
    "Token",
    "TotpSecret",
    "WrapRefused",
    "age_recipient_of",
    "age_sealed_size",
    "new_token",
    "open_from",
    "open_record",
    "read_age_recipient",
    "receipt_pair",
    "seal_record",
    "seal_to",
    "sign",
    "unwrap_with_passkey",
    "unwrap_with_passphrase",
    "verify",
    "wrap_with_passkey",
    "wrap_with_passphrase",
]
