"""Coming back with a code: attempts are slowed by locator, never by address; the key rests under the cookie's secret."""

from datetime import datetime, timedelta

from django.conf import settings

from safeconduct.desk.accounts.attempts import seconds_to_wait
from safeconduct.desk.intake import pressure
from safeconduct.desk.intake.errors import CodeMistyped, ReceiptRefused, TooSoon
from safeconduct.desk.intake.models import ApplicantSession, ReceiptBucket, Request
from safeconduct.desk.vault import receipts
from safeconduct.desk.vault.keyholders import Keyholder
from safeconduct.desk.vault.secrets import Receipt, ReceiptUnreadable, SealingRefused, Token, new_token

_FREE_FAILURES = 5


def come_back(code: str, *, now: datetime, language: str = "en") -> str:
    """The cookie of a conversation.

    CodeMistyped: this is no code. ReceiptRefused: no request opens with it. TooSoon: wait first. `language` is the reader's.
    """
    try:
        receipt = Receipt.parse(code)
    except ReceiptUnreadable as unreadable:
        raise CodeMistyped(unreadable.problem, unreadable.word) from None
    wait = seconds_to_wait(ReceiptBucket.objects.all(), receipt.locator, free=_FREE_FAILURES, now=now)
    if wait:
        raise TooSoon(wait)
    found = _behind(receipt, now, language)
    if found is None:
        raise ReceiptRefused("no request")
    ReceiptBucket.objects.filter(pk=receipt.locator).delete()
    return open_session(*found, now=now)


def _behind(receipt: Receipt, now: datetime, language: str) -> tuple[Request, Keyholder] | None:
    """Request and person of a code, after the same slow work whatever it is worth."""
    forced = Request.objects.select_related("organisation").filter(pressure_locator=receipt.locator).first()
    if forced is not None:
        return pressure.enter(forced, receipt, language=language, today=now.date())
    request = Request.objects.filter(locator=receipt.locator).first()
    if request is None:
        receipts.spend_as_much_time(receipt)
        return None
    salt = bytes(request.receipt_salt)
    person = receipts.keyholder_of(receipt, salt, holder=request.applicant, organisation=request.organisation_id)
    return (request, person) if receipts.is_registered(person) else None


def open_session(request: Request, applicant: Keyholder, *, now: datetime) -> str:
    """A conversation's cookie for a person whose key is at hand."""
    token = new_token()
    digest = token.digest().hex()
    secret, sealed = receipts.seal_for_session(applicant, digest)
    ApplicantSession.objects.create(digest=digest, request=request, sealed_key=sealed, seen_at=now)
    return f"{token.text()}.{secret}"


def person_of_cookie(cookie: str, *, now: datetime) -> tuple[Request, Keyholder] | None:
    """The request and the person of a cookie; None when it is unknown or has rested too long."""
    token, _, secret = cookie.partition(".")
    try:
        digest = Token.parse(token).digest().hex()
    except SealingRefused:
        return None
    session = ApplicantSession.objects.select_related("request__organisation").filter(digest=digest).first()
    if session is None:
        return None
    if now - session.seen_at > timedelta(minutes=settings.SESSION_IDLE_MINUTES):
        session.delete()
        return None
    request = session.request
    person = receipts.open_from_session(
        request.applicant,
        request.organisation_id,
        session=digest,
        cookie_secret=secret,
        sealed=bytes(session.sealed_key),
    )
    if person is None:
        return None
    if now - session.seen_at > timedelta(minutes=1):
        ApplicantSession.objects.filter(pk=digest).update(seen_at=now)
    return request, person


def leave(cookie: str) -> None:
    """End a conversation's session, whatever the cookie holds."""
    try:
        digest = Token.parse(cookie.partition(".")[0]).digest().hex()
    except SealingRefused:
        return
    ApplicantSession.objects.filter(digest=digest).delete()
