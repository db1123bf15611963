"""A person on a telephone: a request in steps, a code in words, their own page, and the code for when somebody forces them."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.accessible import AxeOnce
from tests.journeys.firefox import firefox_at_its_safest
from tests.journeys.household import Household
from tests.journeys.people import Applicant
from tests.journeys.watching import Watch, fits_the_screen

pytestmark = pytest.mark.browser
STORY = "Повестку принесли матери; я не пойду."
STEPS = (
    {"where.place.country": "KZ", "where.place.region": "Алматы"},
    {"account.story": STORY},
    {"contact.way": "here", "language.tongue": "russian"},
)
LAST = {"who_reads.readers": "this_desk", "consent.purposes": ["case_handling", "lawyer"], "word": "жирафик", "second": True}
OWN = ("answers/", "answers/change/", "agreed/", "deletion/", "proof/", "safety/")


def files_in_steps(person: Applicant) -> tuple[str, str]:
    """A request filed a section at a time: the code in words, and the second code."""
    person.go("/")
    person.press('button[name="language"][value="ru"]')
    person.press('a[href="/ask/lueur/"]')
    person.press('a[href="/ask/lueur/steps/"]')
    for fields in STEPS:
        person.fill_in(fields)
        person.press('button[name="go"][value="on"]')
    person.fill_in(LAST)
    person.press("main form button.button--wide")
    return person.page.locator("#code-words").text_content() or "", person.text("#second")


@pytest.mark.parametrize("scripts", [False, True], ids=["without-scripts", "with-scripts"])
def test_a_person_files_in_steps_returns_with_words_and_decides(chromium: Browser, household: Household, scripts: bool) -> None:
    watch = Watch((fits_the_screen, AxeOnce()) if scripts else ())
    person = Applicant(chromium, household, watch, scripts=scripts)
    words, second = files_in_steps(person)
    assert len(words.split()) == 11
    person.comes_back(words.upper())
    assert person.here == "/conversation/"
    assert "жирафик" in person.text()
    for page in OWN:
        person.go(f"/conversation/{page}")
        assert "жирафик" in person.text(), page
        assert person.page.title() == "Информация"
        if scripts:
            watch.look(person.page)
    person.go("/conversation/answers/")
    assert STORY in person.text()
    person.go("/conversation/agreed/")
    person.press('form:has([value="lawyer"]) button[value="no"]')
    person.go("/conversation/deletion/")
    person.press('button[name="delete"]')
    assert person.sees('button[name="keep"]')
    person.press('button[name="keep"]')
    forced = Applicant(chromium, household, watch, scripts=scripts)
    forced.go("/")
    forced.press('button[name="language"][value="ru"]')
    forced.comes_back(second)
    assert forced.here == "/conversation/"
    assert "жирафик" not in forced.text()
    assert STORY not in forced.text()
    person.go("/conversation/")
    assert person.here == "/", "the real conversation is closed once somebody is forced"
    if scripts:
        watch.require_calm()


@pytest.mark.skipif(shutil.which("firefox-esr") is None, reason="there is no Firefox: apt-get install firefox-esr")
def test_steps_and_words_work_in_tor_browser_s_safest_level(household: Household, tmp_path: Path) -> None:
    with firefox_at_its_safest(tmp_path) as firefox:
        firefox.go(f"{household.address}/ask/lueur/steps/")
        firefox.type("[name='where.place.country']", "Kaz")
        firefox.click("button[name=go][value=on]")
        firefox.type("[name='account.story']", STORY)
        firefox.click("button[name=go][value=on]")
        firefox.click("[name='contact.way'][value='here']")
        firefox.click("[name='language.tongue'][value='russian']")
        firefox.click("button[name=go][value=on]")
        firefox.click("[name='who_reads.readers'][value='this_desk']")
        firefox.click("[name='consent.purposes'][value='case_handling']")
        firefox.click("main form button.button--wide")
        firefox.click("details:has(#code-words) summary")
        words = firefox.text("#code-words")
        assert len(words.split()) == 11
        firefox.type("[name=code]", words)
        firefox.click("form:has([name=code]) button[type=submit]")
        assert firefox.address == f"{household.address}/conversation/"
        firefox.go(f"{household.address}/conversation/answers/")
        assert STORY in firefox.text("main")
