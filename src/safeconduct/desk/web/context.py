"""What every page knows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from safeconduct.desk.web import clock, notices
from safeconduct.desk.web.navigation import places_for


@dataclass(frozen=True)
class SessionEnd:
    """When the reader is signed out unless they open another page."""

    at: datetime
    seconds: int
    """From now."""


def page(request: HttpRequest) -> dict[str, object]:
    """Context of every template: `actor` (or None), `nav`, `session_end` (or None), `notice` (what was just done, or empty)."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "nav": places_for(request, frozenset(actor.member.roles)) if actor is not None else [],
        "session_end": _end_of(actor.session.seen_at) if actor is not None and actor.session is not None else None,
        # A form posted from such a page keeps the address: what was done before is not what is done now.
        "notice": notices.text_of(request.GET.get("said", "")) if request.method == "GET" else "",
    }


def _end_of(seen_at: datetime) -> SessionEnd:
    at = seen_at + timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    return SessionEnd(at, max(0, int((at - clock.now()).total_seconds())))
