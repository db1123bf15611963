"""Every page holds to WCAG A and AA, complains of nothing and asks no other host, with JavaScript on; and works by keyboard."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import story
from tests.journeys.accessible import AxeOnce
from tests.journeys.crawl import shapes
from tests.journeys.household import Household
from tests.journeys.people import Applicant, Member, Visitor
from tests.journeys.watching import Watch, fits_the_screen
from tests.journeys.words import WORDS

pytestmark = pytest.mark.browser

MEMBERS = ("camille", "jonas", "odile", "ines")
"""Between them they come to every page of the staff."""


@pytest.fixture(scope="module")
def axe() -> AxeOnce:
    """Shared, so that a page is looked at once in this module."""
    return AxeOnce()


def test_the_whole_job_is_accessible_and_works_the_same_with_scripts(
    chromium: Browser, household: Household, axe: AxeOnce, tmp_path: Path
) -> None:
    """The same journey as without scripts; axe looks at every page of it."""
    watch = Watch((fits_the_screen, axe))
    story.walk(story.Journey(chromium, household, watch, options={"scripts": True}), tmp_path)
    watch.require_calm()


@pytest.mark.parametrize("name", MEMBERS)
def test_every_page_that_links_lead_a_member_to_is_accessible(
    chromium: Browser, walked_household: Household, axe: AxeOnce, name: str
) -> None:
    """All pages of a home with eight cases at different stages."""
    watch = Watch((fits_the_screen, axe))
    member = Member(name, chromium, walked_household, watch, scripts=True)
    member.signs_in()
    for _ in shapes(member, "/desk/", "/account/"):
        watch.look(member.page)
    assert len(watch.seen) > 3
    watch.require_calm()


def test_pages_without_an_account_are_accessible(chromium: Browser, household: Household, axe: AxeOnce) -> None:
    """The front, the request form, signing in, the component page, and what is not there."""
    watch = Watch((fits_the_screen, axe))
    visitor = Visitor(chromium, household, watch, scripts=True)
    for _ in shapes(visitor, "/", "/ask/lueur/", "/account/sign-in/", "/verify/", "/components/", "/nothing-here/"):
        watch.look(visitor.page)
    visitor.go("/ask/lueur/")
    visitor.press("main form button[type=submit]")
    assert visitor.sees(".error-summary")
    watch.require_calm()


@pytest.mark.parametrize("address", ["/ask/lueur/", "/account/sign-in/"])
def test_forms_can_be_walked_through_by_keyboard(chromium: Browser, household: Household, address: str) -> None:
    """The skip link comes first; then everything in the order in which it stands, each with a visible focus; none is a trap."""
    visitor = Visitor(chromium, household, Watch())
    visitor.go(address)
    stops = _stops_of_the_tab_key(visitor.page)
    assert stops[0]["is"] == "A.skip"
    assert [stop["is"] for stop in stops if not stop["shows"]] == []
    inside = [stop for stop in stops if stop["inside"]]
    assert [stop["top"] for stop in inside] == sorted(stop["top"] for stop in inside)
    assert inside[-1]["is"].startswith("BUTTON")


def test_the_skip_link_leads_past_the_bar(chromium: Browser, household: Household) -> None:
    """Enter on it, and the next stop is inside the page."""
    visitor = Visitor(chromium, household, Watch())
    visitor.go("/")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_request_can_be_filed_by_keyboard_alone(chromium: Browser, household: Household) -> None:
    """Tab, arrows, space and letters are enough, and the code is shown."""
    person = Applicant(chromium, household, Watch())
    person.go("/ask/geleit-nord/")
    keyboard = person.page.keyboard
    keys = {
        "where.place.country": ["K", "a", "z"],
        "account.story": [*WORDS["en"].story[:40]],
        "who_reads.readers": ["Space"],
        "contact.way": ["Space"],
        "language.tongue": ["Space"],
        "consent.purposes": ["Space"],
    }
    for _ in range(200):
        name = person.page.evaluate("document.activeElement.name ?? ''")
        for key in keys.pop(name, []):
            keyboard.press(key)
        if not keys:
            break
        keyboard.press("Tab")
    assert keys == {}
    with person.page.expect_navigation():
        while person.page.evaluate("document.activeElement.textContent.trim()") != person.text("main form > button.button--wide"):
            keyboard.press("Tab")
        keyboard.press("Enter")
    assert person.sees("#code")


def _stops_of_the_tab_key(page: Page) -> list[dict[str, Any]]:  # Any: as _STOP says
    """Everything that the Tab key comes to, until it leaves the page."""
    stops: list[dict[str, Any]] = []
    for _ in range(300):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError("the focus never leaves the page")


_STOP = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const drawn = getComputedStyle(here.closest(".choice:has(:focus-visible)") ?? here);
  const label = here.closest("label") ?? here;
  return {
    is: here.tagName + "." + here.className,
    shows: drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) >= 2,
    inside: !!here.closest("main"),
    top: Math.round(label.getBoundingClientRect().top + scrollY),
  };
}"""
