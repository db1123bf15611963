"""What every page knows."""

from django.http import HttpRequest

from safeconduct.desk.web import notices


def page(request: HttpRequest) -> dict[str, object]:
    """Context of every template: `actor` (or None), `notice` (what was just done, in words, or empty)."""
    return {
        "actor": getattr(request, "actor", None),
        "notice": notices.text_of(request.GET.get("said", "")),
    }
