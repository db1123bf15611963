"""Withdrawals as a reader of dossiers meets them: signed statements that a dossier or a key is not to be believed any more.

Whether a notice concerns a dossier, and whether its signer may say so, is decided in `withdrawals`; spec section 9.
"""

from dataclasses import dataclass
from datetime import date

from safeconduct.core import statements
from safeconduct.core.dossier.refusals import NotDossierForm
from safeconduct.core.sealing import SealingRefused, SigningPublicKey
from safeconduct.core.statements import DossierWithdrawal, KeyWithdrawal


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that the key it names signed; whose key that is has not been looked at."""

    encoded: bytes
    """The file: a statement (spec/statements-v1.md) of a withdrawing kind."""
    organisation: str
    day: date
    key: SigningPublicKey
    says: DossierWithdrawal | KeyWithdrawal


def read_notice(encoded: bytes) -> Notice:
    """The notice of a file's bytes. NotDossierForm for another form or kind, and for a signature that does not hold."""
    try:
        statement = statements.read_statement(encoded)
        statement.require_signed()
    except statements.NotStatementForm as refused:
        raise NotDossierForm(f"notice: {refused}") from None
    except SealingRefused:
        raise NotDossierForm("notice: its signature does not hold") from None
    if not isinstance(statement.body, DossierWithdrawal | KeyWithdrawal):
        raise NotDossierForm("notice: it withdraws nothing")
    return Notice(encoded, statement.signer.id, statement.day, statement.key, statement.body)
