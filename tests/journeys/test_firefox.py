"""A person with Tor Browser at its safest level asks for help: stock Firefox, no scripts, no SVG, resistFingerprinting."""

import shutil
from pathlib import Path

import pytest

from tests.journeys.firefox import firefox_at_its_safest
from tests.journeys.household import Household
from tests.journeys.words import WORDS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which("firefox-esr") is None, reason="there is no Firefox: apt-get install firefox-esr"),
]


def test_a_request_in_cyrillic_is_filed_and_found_again_with_the_code(household: Household, tmp_path: Path) -> None:
    words = WORDS["ru"]
    with firefox_at_its_safest(tmp_path) as firefox:
        firefox.go(f"{household.address}/")
        firefox.click("button[name=language][value=ru]")
        firefox.click("a[href='/ask/lueur/']")
        firefox.type("[name='where.place.country']", "Каз")
        firefox.type("[name='where.place.region']", "Алматы")
        firefox.type("[name='account.story']", words.story)
        for field, value in (
            ("who_reads.readers", "this_desk"),
            ("contact.way", "here"),
            ("language.tongue", "russian"),
            ("consent.purposes", "case_handling"),
        ):
            firefox.click(f"[name='{field}'][value='{value}']")
        firefox.click("main form button[type=submit]")
        code = firefox.text("#code")
        firefox.go(f"{household.address}/")
        firefox.type("[name=code]", code)
        firefox.click("form:has([name=code]) button[type=submit]")
        assert firefox.address == f"{household.address}/conversation/"
        firefox.type("[name=text]", words.reply)
        firefox.click("form:has([name=text]) button[type=submit]")
        assert words.reply in firefox.text("main")
        firefox.click("form[action='/conversation/close/'] button")
        assert firefox.address.startswith(f"{household.address}/?")
