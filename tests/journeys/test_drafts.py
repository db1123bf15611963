"""With scripts, what is typed keeps itself; a draft never comes back after what it was a draft of."""

import re
import sqlite3
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.household import Household

pytestmark = pytest.mark.browser
WORDS = "He says that the column left on the third day."


@pytest.fixture
def interview(chromium: Browser, walked_household: Household) -> Iterator[Page]:
    """A section of an interview with a field to write in, in a browser whose clock the test moves."""
    context = chromium.new_context(base_url=walked_household.address, locale="en")
    page = context.new_page()
    page.clock.install()
    page.goto("/account/sign-in/")
    page.fill("[name=name]", "camille")
    page.fill("[name=passphrase]", walked_household.passphrase_of("camille"))
    page.fill("[name=code]", walked_household.code_for("camille"))
    with page.expect_navigation():
        page.click("form[data-passkey] button[type=submit]")
    page.goto("/desk/cases/?stage=interview")
    page.goto(f"{page.locator('tbody th a').first.get_attribute('href')}interview/")
    yield page
    context.close()


def field_of(page: Page) -> str:
    """The first field of the section that takes free text."""
    name = page.locator("form[data-draft] textarea, form[data-draft] input[type=text]").first.get_attribute("name")
    assert name
    return f'[name="{name}"]'


def test_typing_is_kept_a_moment_after_it_pauses(interview: Page) -> None:
    field = field_of(interview)
    interview.fill(field, WORDS)
    interview.clock.run_for(3500)
    expect(interview.locator("[data-draft-status]")).to_have_text(re.compile("Kept as a draft"))
    interview.reload()
    assert interview.input_value(field) == WORDS


def test_a_draft_that_cannot_be_kept_is_said(interview: Page) -> None:
    interview.route("**/draft/", lambda route: route.abort())
    interview.fill(field_of(interview), "said into nothing")
    interview.clock.run_for(3500)
    expect(interview.locator("[data-draft-status]")).to_have_text(re.compile("could not be kept"))


def test_recording_takes_along_what_was_typed_just_before_and_leaves_no_draft(
    interview: Page, walked_household: Household
) -> None:
    field, address = field_of(interview), interview.url
    question = field.partition(".")[0].removeprefix('[name="')
    interview.locator(f'form[data-draft] input[type=radio][name^="{question}."]').first.check()
    interview.fill(field, "typed in the last second")
    with interview.expect_navigation(url=re.compile(r"/desk/cases/[^/]+/(\?|$)")):
        interview.click("form[action$='/interview/record/'] button")
    with sqlite3.connect(walked_household.home / "desk.sqlite3", timeout=30) as database:
        assert database.execute("SELECT count(*) FROM vault_draft").fetchone() == (0,)
    database.close()
    interview.goto(address)
    assert interview.input_value(field) == "typed in the last second"
