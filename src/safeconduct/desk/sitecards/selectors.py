"""Reads of site cards."""

from dataclasses import dataclass
from datetime import date

from safeconduct.core.statements import SiteCard, Statement, read_statement
from safeconduct.desk.accounts.models import Organisation
from safeconduct.desk.sitecards.models import PublishedCard


@dataclass(frozen=True)
class ShownCard:
    """A card with what a page says of it."""

    statement: Statement
    card: SiteCard
    encoded: bytes
    is_over: bool


def card_of(organisation: Organisation, *, today: date) -> ShownCard | None:
    """The newest card of an organisation; None before there is one."""
    row = PublishedCard.objects.filter(organisation=organisation).first()
    if row is None:
        return None
    encoded = bytes(row.encoded)
    statement = read_statement(encoded)
    assert isinstance(statement.body, SiteCard)
    return ShownCard(statement, statement.body, encoded, today > statement.body.valid_until)
