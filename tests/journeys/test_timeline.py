"""From a raw story to answered questions: without scripts, on a telephone, looked at by axe."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.accessible import AxeOnce
from tests.journeys.household import Household
from tests.journeys.people import Member
from tests.journeys.watching import Watch, fits_the_screen

pytestmark = pytest.mark.browser
PROMPT = 'main a[href*="/timeline/prompts/"]'


def test_a_story_becomes_statements_questions_and_a_claim(chromium: Browser, walked_household: Household) -> None:
    """Sacha, on Anton's case of the demonstration: in English without scripts, then in Russian with them."""
    plain, looked = Watch((fits_the_screen,), takes_pictures=True), Watch((fits_the_screen, AxeOnce()))
    sacha = Member("sacha", chromium, walked_household, plain)
    sacha.signs_in()
    sacha.press('a[href$="/screening/"]')
    sacha.press('main a[href^="/desk/cases/"] >> nth=0')
    sacha.press('a[href$="/timeline/"]')
    timeline = sacha.here
    sacha.picture("timeline")
    for words in ("Two places at once", "Answered", "un collègue de la compagnie", "Left the unit or the call-up: from hospital"):
        assert words in sacha.text()
    assert sacha.sees(".drawn svg .drawn__hard")
    sacha.go(f"{timeline}?from=2022&to=2022")
    assert sacha.sees('nav a[aria-current="page"]')
    sacha.go(f"{timeline}add/")
    told = {"topic": "leaving", "when": "summer 2024", "manner": "leaving/leave", "words": "Parti pendant une permission."}
    sacha.fill_in({**told, "place": "Ivanivka", "country": "UA"})
    sacha.send("topic")
    assert sacha.sees('input[name="town"]')
    sacha.fill_in({"town": "none"})
    sacha.send("topic")
    assert sacha.said() == "statement-recorded"
    sacha.go(timeline)
    assert "Two statements differ" in sacha.text()
    sacha = Member("sacha", chromium, walked_household, looked, language="ru", scripts=True)
    sacha.signs_in()
    sacha.go(timeline)
    sacha.press('main a:has-text("Два высказывания расходятся") >> nth=0')
    sacha.fill_in({"answer": "asked", "reason": "Спросим в следующем разговоре."})
    sacha.send("answer")
    assert sacha.said() == "prompt-answered"
    sacha.press('main a[href*="/timeline/statements/"] >> nth=0')
    sacha.go(f"{timeline}from-interview/")
    sacha.go(f"{timeline}add/")
    claims = timeline.replace("timeline/", "claims/")
    sacha.go(claims)
    assert "Anton a conduit un camion" in sacha.text()
    sacha.fill_in({"text": "Служил водителем.", "standing": "probable", "reason": "Рассказ и письмо согласуются."})
    sacha.send("text")
    assert sacha.said() == "claim-recorded"
    sacha.press('main a[href*="/claims/"] >> nth=-1')
    for watch in (plain, looked):
        watch.require_calm()
