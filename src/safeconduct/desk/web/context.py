"""What every page knows."""

from django.http import HttpRequest

from safeconduct.desk.web import notices
from safeconduct.desk.web.navigation import places_for


def page(request: HttpRequest) -> dict[str, object]:
    """Context of every template: `actor` (or None), `nav`, `notice` (what was just done, in words, or empty)."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "nav": places_for(request, frozenset(actor.member.roles)) if actor is not None else [],
        "notice": notices.text_of(request.GET.get("said", "")),
    }
