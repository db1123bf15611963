"""Documents of a case: added with their origin, checked and signed, noted, laid side by side; plain and with scripts."""

import pytest
from playwright.sync_api import Browser, FilePayload

from tests.core.captures import made
from tests.journeys.accessible import AxeOnce
from tests.journeys.household import Household
from tests.journeys.people import Member
from tests.journeys.watching import Watch, fits_the_screen

pytestmark = pytest.mark.browser
CAPTURE = FilePayload(name="post.wacz", mimeType="application/zip", buffer=made.wacz())


@pytest.mark.parametrize("scripts", [False, True])
def test_a_capture_is_added_checked_and_laid_beside_a_statement(
    chromium: Browser, walked_household: Household, scripts: bool
) -> None:
    watch = Watch((fits_the_screen, AxeOnce()) if scripts else (fits_the_screen,), takes_pictures=not scripts)
    sacha = Member("sacha", chromium, walked_household, watch, scripts=scripts)
    sacha.signs_in()
    sacha.go("/desk/cases/?stage=permit")
    sacha.press('main th a[href^="/desk/cases/"], main a[href^="/desk/cases/"][href$="/"]:not([href$="/cases/"])')
    case = sacha.here
    sacha.go(f"{case}evidence/")
    sacha.fill_in(
        {
            "title": "Post against the war",
            "kind": "capture",
            "source": "A public channel",
            "obtained": "Captured by the desk",
            "address": "https://post.example/1",
            "collected": "2026-11-20 14:05Z",
            "tool": "Invented Packer 2",
        }
    )
    sacha.attach("attachment", CAPTURE)
    sacha.send("title")
    assert "Post against the war" in sacha.text()
    sacha.page.locator('main a[href*="/evidence/"][href$="/about/"]').last.click()
    watch.look(sacha.page)
    about = sacha.here
    sacha.fill_in({"answer.digests": "fits", "note.digests": "All hold.", "answer.archived": "not-checked"})
    sacha.send("answer.digests")
    assert sacha.sees(".error-summary")
    sacha.fill_in({"note.archived": "No archive has it."})
    sacha.send("answer.digests")
    assert sacha.said() == "checks-signed"
    sacha.picture("document-checks")
    assert "No archive has it." in sacha.text()
    sacha.go(about.removesuffix("about/"))
    assert "Its digests hold" in sacha.text()
    sacha.picture("capture")
    sacha.go(f"{about.removesuffix('about/')}notes/1/")
    if scripts:
        cell = '[name="cell"][value="{}"]'
        sacha.page.locator(cell.format("5-5")).drag_to(sacha.page.locator(cell.format("7-6")))
        assert sacha.page.locator('[name="cell"]:checked').count() == 6
    sacha.fill_in({"cell": ["2-2", "3-2"], "text": "The same stamp as on the summons."})
    sacha.send("text")
    assert "The same stamp" in sacha.text()
    sacha.go(f"{about.removesuffix('about/')}text/")
    item = about.split("/")[-3]
    sacha.go(f"{case}beside/?left={item}&left_page=1&right=said:account")
    assert "The same stamp" in sacha.text()
    sacha.picture("side-by-side")
    watch.require_calm()
