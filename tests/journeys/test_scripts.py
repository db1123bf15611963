"""Leaving quickly: the browser is elsewhere at once, and neither it nor the server remembers the conversation."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route

from tests.journeys import story
from tests.journeys.household import Household
from tests.journeys.people import Applicant
from tests.journeys.watching import Watch
from tests.journeys.words import WORDS

pytestmark = pytest.mark.browser

ELSEWHERE = "www.wikipedia.org"
LEAVE = "nav form[action='/leave/'] button"


def in_conversation(chromium: Browser, household: Household, *, scripts: bool) -> Applicant:
    """A person who has filed a request and whose conversation stands open."""
    person = Applicant(chromium, household, Watch(), scripts=scripts)

    def answer(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<title>An encyclopedia</title>")

    person.context.route(f"**://{ELSEWHERE}/**", answer)
    person.retypes_the_code(person.asks_for_help(story.DESK, story.request_answers(WORDS["en"])))
    assert person.here == "/conversation/"
    return person


@pytest.mark.parametrize("scripts", [True, False])
def test_leaving_quickly_leaves_and_forgets(chromium: Browser, household: Household, scripts: bool) -> None:
    """With scripts and without: an ordinary page stands there, and the conversation needs its code again."""
    person = in_conversation(chromium, household, scripts=scripts)
    cookies = person.context.cookies()
    person.page.locator(LEAVE).click()
    person.page.wait_for_url(f"**://{ELSEWHERE}/**")
    assert urlsplit(person.page.url).netloc == ELSEWHERE
    person.page.goto("/conversation/")
    assert person.here == "/"
    # Also for somebody who took the cookies while they were alive.
    person.context.add_cookies(cookies)  # type: ignore[arg-type]  # Playwright reads and writes cookies by two types
    person.page.goto("/conversation/")
    assert person.here == "/"


def test_the_back_button_does_not_show_what_was_left(chromium: Browser, household: Household) -> None:
    """The tab's history holds no page of the conversation that could be shown again."""
    person = in_conversation(chromium, household, scripts=True)
    person.page.locator(LEAVE).click()
    person.page.wait_for_url(f"**://{ELSEWHERE}/**")
    person.page.go_back()
    assert WORDS["en"].story not in person.page.content()
    assert not person.sees('[name="attachments"]')
