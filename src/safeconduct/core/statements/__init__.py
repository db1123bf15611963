"""Statements: short things that an organisation signs for anyone to check. The format is spec/statements-v1.md."""

from safeconduct.core.statements.cards import ADDRESS, LONGEST, SiteCard
from safeconduct.core.statements.fields import Fields
from safeconduct.core.statements.filings import Filing
from safeconduct.core.statements.refusals import NotStatementForm
from safeconduct.core.statements.statement import KINDS, LARGEST, Body, Signer, Statement, read_statement, sign_statement
from safeconduct.core.statements.verdict import (
    Belief,
    Check,
    Conclusion,
    Finding,
    Outcome,
    Reason,
    Verdict,
    looks_like_statement,
    verify_statement,
)
from safeconduct.core.statements.withdrawals import DossierReason, DossierWithdrawal, KeyReason, KeyWithdrawal
from safeconduct.core.statements.wording import lines_of

__all__ = [
    "ADDRESS",
    "KINDS",
    "LARGEST",
    "LONGEST",
    "Belief",
    "Body",
    "Check",
    "Conclusion",
    "DossierReason",
    "DossierWithdrawal",
    "Fields",
    "Filing",
    "Finding",
    "KeyReason",
    "KeyWithdrawal",
    "NotStatementForm",
    "Outcome",
    "Reason",
    "Signer",
    "SiteCard",
    "Statement",
    "Verdict",
    "lines_of",
    "looks_like_statement",
    "read_statement",
    "sign_statement",
    "verify_statement",
]
