"""Stays beside incidents, from the case's page to a decision: without scripts, on a telephone, looked at by axe."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.accessible import AxeOnce
from tests.journeys.household import Household
from tests.journeys.people import Member
from tests.journeys.watching import Watch, fits_the_screen

pytestmark = pytest.mark.browser
HIT = 'main a[href*="/incidents/"]:not([href$="/search/"])'


def test_a_coincidence_becomes_a_question(chromium: Browser, walked_household: Household) -> None:
    """Sacha, in French, with the invented incidents of the demonstration."""
    looked = Watch((fits_the_screen, AxeOnce()))
    sacha = Member("sacha", chromium, walked_household, looked, language="fr", scripts=True)
    sacha.signs_in()
    sacha.press('a[href$="/screening/"]')
    case = sacha.here.removesuffix("screening/")
    sacha.go(f"{case}incidents/")
    sacha.picture("incidents")
    told = sacha.text()
    for words in ("Séjours et incidents documentés", "940-й мотострелковый полк", "Invented: Kreminna", "civils touchés"):
        assert words in told
    assert sacha.sees("svg.map .map-stay")
    assert sacha.sees("svg.map .map-harm")
    sacha.press(f"{HIT} >> nth=0")
    sacha.fill_in({"finding": "to-ask", "reason": "Il conduisait un camion dans ce secteur : lui demander cette semaine-là."})
    sacha.send("finding")
    assert sacha.said() == "incident-decided"
    assert "À demander" in sacha.text()
    plain = Watch((fits_the_screen,))
    sacha = Member("sacha", chromium, walked_household, plain, language="ru")
    sacha.signs_in()
    sacha.go(f"{case}incidents/search/")
    assert "fusiliers" in sacha.typed("s1-unit")
    sacha.fill_in({"s0-place": "Olenivka", "s0-dates": "2022-12"})
    sacha.send("s0-place")
    assert "Несколько" in sacha.text() or sacha.sees(".error-summary")
    sacha.fill_in({"s0-place": "Сватово", "s1-place": ""})
    sacha.send("s0-place")
    assert sacha.said() in ("searched", "searched-new"), sacha.text()
    for watch in (looked, plain):
        watch.require_calm()
