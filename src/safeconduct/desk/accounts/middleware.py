"""Who is acting: the session cookie opens the member's keys for the length of the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.sessions import actor_of_cookie
from safeconduct.desk.web import clock

SESSION_COOKIE = "desk"
DEVICE_COOKIE = "device"


def recognise_actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: sets `request.actor` to an Actor, or to None."""

    def middleware(request: HttpRequest) -> HttpResponse:
        cookie = request.COOKIES.get(SESSION_COOKIE)
        actor = actor_of_cookie(cookie, now=clock.now()) if cookie else None
        request.actor = actor  # type: ignore[attr-defined]  # typed for views by DeskRequest
        return get_response(request)

    return middleware


def actor_of(request: HttpRequest) -> Actor | None:
    """The actor of a request, if somebody is signed in."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor
