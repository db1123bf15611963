"""Which applicant has come back: the cookie of a conversation opens its key for the length of the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def recognise_applicant(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: sets `request.applicant` to a Keyholder, or to None."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.applicant = None  # type: ignore[attr-defined]  # replaced by the intake room
        return get_response(request)

    return middleware
