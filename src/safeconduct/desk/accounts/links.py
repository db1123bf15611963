"""Links that work once and only with a spoken code: how they are made, opened and worn out."""

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Any, TypeVar

from django.db.models import F, QuerySet

from safeconduct.desk.accounts.errors import LinkUnusable
from safeconduct.desk.accounts.models import OneTimeLink
from safeconduct.desk.vault.secrets import SealingRefused, SpokenCode, Token, new_token

MOST_FAILURES = 5

Link = TypeVar("Link", bound=OneTimeLink)


@dataclass(frozen=True, repr=False)
class GivenLink:
    """A fresh link and its code, for the eyes of whoever passes them on; kept nowhere."""

    token: str
    """What the link's address ends with."""
    code: str
    """Nine digits, to be said by another way than the link is sent."""


def new_link() -> tuple[GivenLink, dict[str, Any]]:  # Any: fields of a model
    """A fresh link, and the fields of a row that keeps only digests of it."""
    token, code = new_token(), SpokenCode.generate()
    row = {"digest": token.digest().hex(), "code_digest": code.digest(token).hex()}
    return GivenLink(token.text(), code.digits()), row


def opened_link(rows: QuerySet[Link], token: str, code: str, *, now: datetime) -> Link:
    """The row of a link whose spoken code was typed. LinkUnusable, after which the link has one attempt less."""
    try:
        parsed = Token.parse(token)
    except SealingRefused:
        raise LinkUnusable("no such link") from None
    row = rows.filter(digest=parsed.digest().hex(), expires_at__gt=now).first()
    # The attempt is taken before the code is compared, so that attempts at the same moment do not count as one.
    if row is None or not rows.filter(pk=row.pk, failures__lt=MOST_FAILURES).update(failures=F("failures") + 1):
        raise LinkUnusable("no such link")
    try:
        digest = SpokenCode.parse(code).digest(parsed).hex()
    except SealingRefused:
        raise LinkUnusable("not a code") from None
    if not compare_digest(digest, row.code_digest):
        raise LinkUnusable("another code")
    rows.filter(pk=row.pk).update(failures=F("failures") - 1)
    return row
