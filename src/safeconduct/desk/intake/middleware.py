"""Which applicant has come back: the cookie of a conversation opens its key for the length of the request."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.sessions import person_of_cookie
from safeconduct.desk.vault.keyholders import Keyholder
from safeconduct.desk.web import clock

CONVERSATION_COOKIE = "talk"


@dataclass(frozen=True, repr=False)
class Applicant:
    """A person who came back with their code, and their request."""

    request: Request
    keyholder: Keyholder


def recognise_applicant(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: sets `request.applicant` to an Applicant, or to None."""

    def middleware(request: HttpRequest) -> HttpResponse:
        cookie = request.COOKIES.get(CONVERSATION_COOKIE)
        found = person_of_cookie(cookie, now=clock.now()) if cookie else None
        request.applicant = Applicant(*found) if found else None  # type: ignore[attr-defined]  # read by applicant_of
        return get_response(request)

    return middleware


def applicant_of(request: HttpRequest) -> Applicant | None:
    """The person of a request, if one came back."""
    applicant: Applicant | None = getattr(request, "applicant", None)
    return applicant
