"""A session that is about to end says so, and what was typed is never lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.household import Household

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium: Browser, household: Household) -> Iterator[Page]:
    """Somebody signed in, in a browser whose clock the test moves."""
    context = chromium.new_context(base_url=household.address, locale="en")
    page = context.new_page()
    page.clock.install()
    page.goto("/account/sign-in/")
    page.fill("[name=name]", "odile")
    page.fill("[name=passphrase]", household.passphrase_of("odile"))
    page.fill("[name=code]", household.code_for("odile"))
    with page.expect_navigation():
        page.click("form[data-passkey] button[type=submit]")
    yield page
    context.close()


def warning_on(page: Page) -> str:
    """What the warning says, or nothing."""
    shown = page.locator("[data-session-warning]")
    return shown.inner_text() if shown.is_visible() else ""


def test_five_minutes_before_the_end_one_can_stay(page: Page) -> None:
    page.clock.fast_forward("24:00")
    assert warning_on(page) == ""
    page.clock.fast_forward("01:30")
    assert "You will soon be signed out" in warning_on(page)
    page.click("[data-session-stay]")
    page.locator("[data-session-warning]").wait_for(state="hidden")
    page.clock.fast_forward("24:00")
    assert warning_on(page) == ""
    page.clock.fast_forward("06:30")
    assert "You are signed out" in warning_on(page)


def test_whoever_is_signed_out_keeps_what_they_typed_and_sends_it_after_signing_in_again(
    page: Page, household: Household
) -> None:
    page.goto("/account/organisation/invite/")
    page.fill("[name=alias]", "typed before the session ended")
    with page.context.expect_page() as opened:
        page.clock.fast_forward("31:00")
        page.click("[data-session-over] a")
    other = opened.value
    assert "typed before" in page.input_value("[name=alias]")
    # The same browser signs in again, in another tab.
    other.goto("/account/sign-in/")
    other.fill("[name=name]", "odile")
    other.fill("[name=passphrase]", household.passphrase_of("odile"))
    other.fill("[name=code]", household.code_for("odile"))
    with other.expect_navigation():
        other.click("form[data-passkey] button[type=submit]")
    page.check("[name=roles][value=auditor]")
    with page.expect_navigation():
        page.evaluate("document.querySelector('form:has([name=alias])').requestSubmit()")
    assert "typed before the session ended" in page.inner_text("h1")
