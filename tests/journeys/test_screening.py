"""Screening, from what waits today to a decision by two people: without scripts and with, on a telephone, looked at by axe."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.accessible import AxeOnce
from tests.journeys.household import Household
from tests.journeys.people import Member
from tests.journeys.watching import Watch, fits_the_screen

pytestmark = pytest.mark.browser
HIT = 'main a[href*="/screening/hits/"]'


def test_a_possible_namesake_is_decided_by_two_people(chromium: Browser, walked_household: Household) -> None:
    """Sacha, in French and without scripts; Camille, with scripts; against the demonstration's invented list."""
    plain, looked = Watch((fits_the_screen,)), Watch((fits_the_screen, AxeOnce()))
    sacha = Member("sacha", chromium, walked_household, plain, language="fr")
    sacha.signs_in()
    sacha.press('a[href$="/screening/"]')
    case = sacha.here
    sacha.press(HIT)
    hit = sacha.here
    told = sacha.text()
    for words in ("Homonyme possible", "Звонарёв Антон Ильич", "même mois", "Russie"):
        assert words in told
    sacha.fill_in({"finding": "true-match", "reason": "Même mois de naissance, même patronyme."})
    sacha.send("finding")
    sacha.go(hit)
    sacha.fill_in({"finding": "true-match", "reason": "Encore."})
    sacha.send("finding")
    assert sacha.sees(".error-summary")
    camille = Member("camille", chromium, walked_household, looked, scripts=True)
    camille.signs_in()
    camille.press(f'a[href="{case}"]')
    camille.go(hit)
    camille.fill_in({"finding": "false-positive", "reason": "Born on another day: the military ID says the 3rd."})
    camille.send("finding")
    assert "Somebody else" in camille.text()
    camille.go(f"{case}run/")
    assert "Zvonarev" in camille.typed("names")
    camille.send("names")
    assert camille.said() == "screened"
    camille.go("/desk/screening/")
    camille.press("main form button[type=submit]")
    assert "nothing new" in camille.text() or "Every case was looked at" in camille.text()
    for watch in (plain, looked):
        watch.require_calm()
