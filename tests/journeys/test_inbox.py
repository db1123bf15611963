"""The desk's day: the list, triage, canned answers, erasing; with scripts and without, by keyboard and on a telephone."""

import pytest
from playwright.sync_api import Browser

from tests.journeys import story
from tests.journeys.accessible import AxeOnce
from tests.journeys.household import Household
from tests.journeys.people import Applicant, Member
from tests.journeys.watching import Watch, fits_the_screen
from tests.journeys.words import WORDS

pytestmark = pytest.mark.browser
ENGLISH = WORDS["en"]
ROWS = '[data-rows] th a[href^="/desk/requests/"]'


def filed(chromium: Browser, household: Household, **answers: object) -> str:
    """Somebody files a request; their code."""
    person = Applicant(chromium, household, Watch())
    code = person.asks_for_help(story.DESK, {**story.request_answers(ENGLISH), **answers})
    person.closes_the_browser()
    return code


@pytest.mark.parametrize("scripts", [True, False])
def test_a_caseworkers_day_at_the_inbox(chromium: Browser, household: Household, scripts: bool) -> None:
    """Every page fits a telephone; where scripts run, axe looks at each."""
    watch = Watch((fits_the_screen, AxeOnce()) if scripts else (fits_the_screen,))
    code = filed(chromium, household, **{"safe_now.how_safe": "unsafe"})
    filed(chromium, household)
    camille = Member("camille", chromium, household, watch, scripts=scripts)
    camille.signs_in()
    camille.go("/desk/answers/")
    camille.fill_in({"title": "Lawyer", "language": "en", "text": "Speak to a lawyer first."})
    camille.send("title")
    assert "Speak to a lawyer first." in camille.text()
    camille.go("/desk/inbox/")
    camille.press(ROWS)
    request = camille.here
    camille.give("note", "Ring the duty lawyer.")
    camille.send("note")
    assert "Ring the duty lawyer." in camille.text()
    camille.go(f"{request}sheet/")
    camille.fill_in({"urgency": "urgent", "risk": "high", "vulnerable": ["illness"], "stay_until_1": "2027-01-20"})
    camille.send("urgency")
    assert camille.said() == "saved"
    camille.give("member", "Camille")
    camille.send("member")
    camille.go("/desk/inbox/?show=mine")
    assert camille.page.locator(ROWS).first.get_attribute("href") == request
    camille.go(f"{request}close/")
    camille.fill_in({"how": "advised", "canned": camille.page.locator("#canned option").nth(1).get_attribute("value")})
    camille.press('button[name="insert"]')
    assert "Speak to a lawyer first." in camille.typed("words")
    camille.press('main form button[type="submit"]:not([name])')
    assert camille.said() == "closed"
    back = Applicant(chromium, household, Watch(), scripts=scripts)
    back.comes_back(code)
    assert "Speak to a lawyer first." in back.text()
    _erases(camille, request)
    back.go("/")
    back.retypes_the_code(code)
    assert back.sees(".error-summary")
    watch.require_calm()


def _erases(camille: Member, request: str) -> None:
    for place in ("keeping/", "interpreters/"):
        camille.go(f"{request}{place}")
    camille.go("/account/notices/")
    camille.go(f"{request}erase/")
    camille.signs('main form button[type="submit"]')
    assert camille.here.startswith("/desk/retention/")
    camille.go("/desk/retention/")
    camille.go(request)
    assert "/desk/requests/" in camille.here
    assert not camille.sees('[name="note"]')


def test_the_list_is_walked_by_keys(chromium: Browser, household: Household) -> None:
    """j goes down, k goes up, Enter opens; in a field they are letters."""
    for _ in range(2):
        filed(chromium, household)
    sacha = Member("sacha", chromium, household, Watch(), scripts=True)
    sacha.signs_in()
    sacha.go("/desk/inbox/")
    addresses = [link.get_attribute("href") for link in sacha.page.locator(ROWS).all()]
    for key, expected in (("j", 0), ("j", 1), ("k", 0), ("k", 0), ("j", 1)):
        sacha.page.keyboard.press(key)
        assert sacha.page.evaluate("document.activeElement.getAttribute('href')") == addresses[expected]
    with sacha.page.expect_navigation():
        sacha.page.keyboard.press("Enter")
    assert sacha.here == addresses[1]
    sacha.page.locator('[name="text"]').focus()
    sacha.page.keyboard.type("jk")
    assert sacha.typed("text") == "jk"
