"""The staff's navigation: only places that the member's roles open."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    url: str
    label: str
    is_current: bool
    count: int = 0


_CASE_ROLES = frozenset({"caseworker", "coordinator", "researcher", "liaison"})
_PLACES = (
    ("home", _("Today"), frozenset[str]()),
    ("inbox:list", _("Requests"), frozenset({"caseworker", "coordinator"})),
    ("inbox:threads", _("Conversations"), frozenset({"interpreter"})),
    ("cases:list", _("Cases"), _CASE_ROLES),
    ("evaluations:list", _("Evaluations"), frozenset({"evaluator"})),
    ("concerns:overview", _("Security"), frozenset({"security-reader"})),
    ("accounts:organisation", _("Organisation"), frozenset({"administrator", "coordinator"})),
    ("custody:log", _("Custody log"), frozenset({"auditor"})),
)
_ALSO_UNDER = {
    "inbox:list": ("requests/", "answers/", "retention/"),
    "cases:list": ("dossiers/", "screening/"),
    "accounts:organisation": ("members/",),
}
"""Pages that belong to a place though their addresses do not begin with it."""


def places_for(request: HttpRequest, roles: frozenset[str]) -> list[Place]:
    """The navigation of a member with these roles, on this page."""
    found = []
    for route, label, wanted in _PLACES:
        if wanted and not wanted & roles:
            continue
        try:
            url = reverse(route)
        except NoReverseMatch:
            continue
        home = reverse("home")
        under = (url, *(home + rest for rest in _ALSO_UNDER.get(route, ()))) if url != home else ()
        is_current = request.path == url or request.path.startswith(under)
        found.append(Place(url, str(label), is_current))
    return found
