"""A desk that many people write to at once: a browser works or waits, and nobody loses a word. Files show how far they are."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload

from tests.journeys import story
from tests.journeys.household import Household, running
from tests.journeys.people import Applicant
from tests.journeys.watching import Watch
from tests.journeys.words import WORDS

pytestmark = pytest.mark.browser
SEND = "main form[enctype] button[type=submit]:not([name])"


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Household]:
    """A coalition whose desks are calm for one request in ten minutes."""
    with running(tmp_path_factory.mktemp("home"), settings={"SAFECONDUCT_CALM_REQUESTS": "1"}) as found:
        yield found


def meets_a_busy_desk(chromium: Browser, household: Household, *, scripts: bool) -> Applicant:
    """A person whose form came back with the words that say to wait."""
    person = Applicant(chromium, household, Watch(), scripts=scripts)
    for _ in range(2):
        person.go(f"/ask/{story.DESK}/")
        person.fill_in(story.request_answers(WORDS["en"]))
        person.page.locator(SEND).click()
        person.page.wait_for_load_state()
        if person.sees("input[name=ticket]"):
            return person
    raise AssertionError(person.text())


def test_a_browser_with_scripts_works_and_is_let_in(chromium: Browser, busy: Household) -> None:
    person = meets_a_busy_desk(chromium, busy, scripts=True)
    assert person.page.locator("[name='account.story']").input_value() == WORDS["en"].story
    person.page.wait_for_function("document.querySelector('[data-work-bits]').value !== ''", timeout=60_000)
    person.page.locator(SEND).click()
    person.page.wait_for_selector("#code")
    person.retypes_the_code(person.text("#code"))
    assert person.here == "/conversation/"


def test_a_browser_without_scripts_is_told_how_long_and_keeps_every_word(chromium: Browser, busy: Household) -> None:
    person = meets_a_busy_desk(chromium, busy, scripts=False)
    assert "60" in person.text("#error-summary")
    assert person.page.locator("[name='account.story']").input_value() == WORDS["en"].story
    person.page.locator(SEND).click()
    person.page.wait_for_load_state()
    assert person.sees("input[name=ticket]")
    assert not person.sees("#code")


def test_a_file_shows_how_far_it_is_and_arrives(chromium: Browser, household: Household) -> None:
    person = Applicant(chromium, household, Watch(), scripts=True)
    person.go(f"/ask/{story.DESK}/")
    person.fill_in(story.request_answers(WORDS["en"]))
    photo = FilePayload(name="photo.png", mimeType="image/png", buffer=b"\x89PNG\r\n\x1a\n" + b"\0" * 3_000_000)
    person.page.locator("input[type=file]").set_input_files(photo)
    # The page is replaced when the answer comes, so that what was shown is told to the test as it happens.
    shown: list[float] = []
    person.page.expose_function("tell", lambda share: shown.append(share))
    person.page.evaluate(
        "new MutationObserver(() => tell(document.querySelector('progress').value))"
        ".observe(document.querySelector('progress'), { attributes: true })"
    )
    person.page.locator(SEND).click()
    person.page.wait_for_selector("#code")
    person.retypes_the_code(person.text("#code"))
    person.writes("One more.", photo)
    assert person.here == "/conversation/"
    assert "One more." in person.text()
    assert shown
    assert max(shown) > 0
