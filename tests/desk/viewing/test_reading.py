"""Words read by machine: from the safe copy, in a process of its own, corrected by people; said where nothing can read."""

import os
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from safeconduct import wordreader
from safeconduct.core.copies.pictures import drawn
from safeconduct.demo.evidence import arrived, drawn_page
from safeconduct.desk.cases.models import Case
from safeconduct.desk.evidence import services as evidence
from safeconduct.desk.viewing import reading
from safeconduct.desk.viewing.places import item_of_case
from tests.cast import TODAY, Cast, a_case
from tests.evaluators import assigned

STAND_IN = f"""#!{sys.executable}
import sys
if "--version" in sys.argv:
    print("tesseract 9.9 (a stand-in)")
elif "--list-langs" in sys.argv:
    print("List of available languages (3):\\neng\\nosd\\nrus")
elif len(sys.stdin.buffer.read()) > 1000:
    print("ПOBECTКА \\x00 " + " ".join(sys.argv[1:]))
"""


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast)


@pytest.fixture
def item(cast: Cast, case: Case) -> str:
    summons = evidence.Item(title="Summons", kind="summons", source="x", obtained="x")
    return evidence.add_item(case, cast.actor("amal"), summons, arrived("s.png", drawn_page()), today=TODAY)


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that is called like the reader and says what it was asked."""
    program = tmp_path / "tesseract"
    program.write_text(STAND_IN)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)


@pytest.fixture
def nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No reader is installed."""
    monkeypatch.setenv("PATH", str(tmp_path))


def address(case: Case, item: str) -> str:
    return f"/desk/cases/{case.id}/evidence/{item}/text/"


@pytest.mark.usefixtures("stand_in")
def test_pages_are_read_once_and_told_by_which_engine(cast: Cast, case: Case, item: str) -> None:
    sought = item_of_case(cast.actor("amal"), case.id, item).sought
    assert (reading.text_of(sought).pages, reading.text_of(sought).unread) == ([], 1)
    text = reading.read_more(sought)
    assert [page.read for page in text.pages] == ["ПOBECTКА  stdin stdout -l rus+eng --psm 3"]
    assert (text.unread, text.engine) == (0, "tesseract 9.9 (a stand-in), rus+eng")
    assert reading.read_more(sought) == text


@pytest.mark.usefixtures("stand_in")
def test_a_correction_stands_beside_what_was_read(cast: Cast, case: Case, item: str) -> None:
    browser = cast.client("amal")
    assert "Read 1 page" in browser.get(address(case, item)).content.decode()
    assert browser.post(address(case, item)).status_code == 302
    assert browser.post(address(case, item), {"page": "1", "words": "ПОВЕСТКА"}).status_code == 302
    page = browser.get(address(case, item)).content.decode()
    for told in ("ПОВЕСТКА", "ПOBECTКА", "Corrected by Amal", "A machine misreads"):
        assert told in page
    assert browser.post(address(case, item), {"page": "2", "words": "x"}).status_code == 404
    assert browser.post(address(case, item), {"page": "1", "words": ""}).status_code == 422


@pytest.mark.usefixtures("nothing")
def test_where_nothing_can_read_the_page_says_so(cast: Cast, case: Case, item: str) -> None:
    browser = cast.client("amal")
    assert "No reader is installed" in browser.get(address(case, item)).content.decode()
    refused = browser.post(address(case, item))
    assert refused.status_code == 422
    assert "Nothing was read" in refused.content.decode()


@pytest.mark.usefixtures("stand_in")
def test_evaluators_read_and_change_nothing(cast: Cast, case: Case, item: str) -> None:
    assigned(cast, case, "bea", "emil")
    browser = cast.client("bea")
    assert "<form" not in browser.get(address(case, item)).content.decode().partition("<main")[2].partition("</main>")[0]
    assert browser.post(address(case, item)).status_code == 404


def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    program.write_text(STAND_IN.replace("elif len(", "elif sys.exit(3) or len("))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(wordreader.NothingRead):
        wordreader.words_of(bytes(2000))


@pytest.mark.skipif(wordreader.engine() is None, reason="Tesseract is not installed (apt-get install tesseract-ocr-rus)")
def test_the_real_reader_reads_printed_words() -> None:
    found = wordreader.engine()
    assert found is not None
    page = Image.new("RGB", (1200, 400), "white")
    ImageDraw.Draw(page).text((60, 120), "SUMMONS 27.09.2022", fill="black", font=ImageFont.load_default(80))
    assert "27.09.2022" in wordreader.words_of(drawn(page).content)
