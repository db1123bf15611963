"""WCAG A and AA on every page that is looked at, by axe-core: light and dark, on a telephone and on a desk's screen."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.watching import DESK, HEIGHT, PHONE, place_of

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
_EVERYTHING = {"runOnly": {"type": "tag", "values": _RULES}, "resultTypes": ["violations"]}
_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
_VIEWS: tuple[tuple[int, Any, dict[str, Any]], ...] = (  # Any: Playwright's literal type, axe's options
    (PHONE, "light", _EVERYTHING),
    (PHONE, "dark", _COLOURS),
    (DESK, "light", _COLOURS),
    (DESK, "dark", _EVERYTHING),
)


@dataclass
class AxeOnce:
    """A look at every place once. Needs a browser in which scripts run."""

    seen: set[str] = field(default_factory=set)

    def __call__(self, page: Page) -> list[str]:
        place = place_of(page)
        if place in self.seen:
            return []
        self.seen.add(place)
        return list(violations(page))


def violations(page: Page) -> list[str]:
    """What axe finds, as lines; the page is left as it was found."""
    found = []
    page.evaluate(_axe())
    for width, scheme, options in _VIEWS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)
        result: dict[str, Any] = page.evaluate("(options) => axe.run(options)", options)  # Any: axe's report
        for violation in result["violations"]:
            where = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
            found.append(f"{violation['id']} at {width} px, {scheme}: {where}")
    page.emulate_media(color_scheme=None)
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    return found


@cache
def _axe() -> str:
    return str(Axe().axe_script)
