"""A document beside another or beside what the person said; notes pinned to regions of its pages, drawn as numbered boxes."""

import io
import re

import pytest
from PIL import Image

from safeconduct.core.copies.boxes import with_boxes
from safeconduct.core.copies.pictures import drawn
from safeconduct.demo.evidence import LETTER, arrived, drawn_page
from safeconduct.desk.cases.models import Case
from safeconduct.desk.claims import services as claims
from safeconduct.desk.claims.selectors import offers_of
from safeconduct.desk.comparing import notes
from safeconduct.desk.evidence import services as evidence
from safeconduct.desk.redactions.marks import PageMarks
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.models import SealedRecord
from tests.cast import TODAY, Cast, a_case
from tests.evaluators import assigned
from tests.walked import interview

STAMP = PageMarks(cells=[(8, 13), (9, 13)], boxes=[(10.0, 20.0, 30.5, 40.0)])


@pytest.fixture
def case(cast: Cast) -> Case:
    case = a_case(cast)
    interview(cast, case)
    return case


def added(cast: Cast, case: Case, content: bytes, title: str) -> str:
    item = evidence.Item(title=title, kind="summons", source="x", obtained="x")
    return evidence.add_item(case, cast.actor("amal"), item, arrived("x", content), today=TODAY)


@pytest.fixture
def item(cast: Cast, case: Case) -> str:
    return added(cast, case, drawn_page(), "Summons")


def pinned(cast: Cast, case: Case, item: str, text: str, name: str = "amal", page: int = 1) -> str:
    return notes.pin(case, cast.actor(name), item, page, STAMP, text, today=TODAY)


def read(cast: Cast, case: Case, item: str, name: str = "amal") -> list[tuple[int, int, str, bool]]:
    found = notes.notes_of(case, cast.actor(name), item, today=TODAY)
    return [(note.page, note.number, note.text, note.is_own) for note in found]


def test_notes_are_numbered_on_their_page_and_sealed(cast: Cast, case: Case, item: str) -> None:
    pinned(cast, case, item, "The stamp names another office.")
    pinned(cast, case, item, "Second look.", "farah")
    pinned(cast, case, item, "On page two.", page=2)
    assert read(cast, case, item) == [
        (1, 1, "The stamp names another office.", True),
        (1, 2, "Second look.", False),
        (2, 1, "On page two.", True),
    ]
    assert not any(b"another office" in bytes(row) for row in SealedRecord.objects.values_list("sealed", flat=True))
    found = notes.notes_of(case, cast.actor("amal"), item, today=TODAY)
    boxes = notes.boxes_of(found, 1)
    assert [label for label, _ in boxes] == ["1", "1", "2", "2"]
    assert boxes[1][1] == (0.1, 0.2, 0.305, 0.4)


def test_a_note_is_taken_back_by_its_author_alone(cast: Cast, case: Case, item: str) -> None:
    note = pinned(cast, case, item, "Mine.")
    with pytest.raises(NotGranted):
        notes.take_back(case, cast.actor("farah"), note, today=TODAY)
    with pytest.raises(NotGranted):
        notes.take_back(case, cast.actor("amal"), item, today=TODAY)
    notes.take_back(case, cast.actor("amal"), note, today=TODAY)
    assert read(cast, case, item) == []


def test_boxes_are_drawn_on_the_page() -> None:
    page = drawn(Image.new("RGB", (600, 800), "white")).content
    shown = with_boxes(page, [("1", (0.5, 0.5, 0.75, 0.75))])
    with Image.open(io.BytesIO(shown.content)) as image:
        red, green, _ = image.getpixel((449, 500))  # type: ignore[misc]  # three colours
        assert red > green + 60
        assert image.getpixel((100, 100)) == (255, 255, 255)
        assert image.size == (600, 800)


def test_the_page_pins_by_the_grid_or_by_numbers(cast: Cast, case: Case, item: str) -> None:
    browser, address = cast.client("amal"), f"/desk/cases/{case.id}/evidence/{item}/notes/1/"
    assert "No note on this page" in browser.get(address).content.decode()
    for missing in ({"text": "x"}, {"cell": ["1-1"]}, {"boxes": "5 5 4 9", "text": "x"}):
        assert browser.post(address, missing).status_code == 422
    assert browser.post(address, {"cell": ["1-1", "2-1"], "text": "By the grid."}).status_code == 302
    assert browser.post(address, {"boxes": "10 20 30 40", "text": "By numbers."}).status_code == 302
    page = browser.get(address).content.decode()
    assert "By the grid." in page
    assert "Take note 2 back" in page
    note = re.findall(r'name="back" value="(\w+)"', page)[0]
    assert browser.post(address, {"back": note}).status_code == 302
    assert read(cast, case, item) == [(1, 1, "By numbers.", True)]
    picture = browser.get(f"/desk/cases/{case.id}/evidence/{item}/noted/1/")
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    for absent in ("0", "2", "x", "99999"):
        assert browser.get(f"/desk/cases/{case.id}/evidence/{item}/notes/{absent}/").status_code == 404
        assert browser.get(f"/desk/cases/{case.id}/evidence/{item}/noted/{absent}/").status_code == 404


def test_a_document_lies_beside_a_document_or_a_statement(cast: Cast, case: Case, item: str) -> None:
    letter = added(cast, case, LETTER, "Letter")
    pinned(cast, case, item, "Look here.")
    browser, address = cast.client("amal"), f"/desk/cases/{case.id}/beside/"
    assert "Lay side by side" in browser.get(address).content.decode()
    two = browser.get(address, {"left": item, "left_page": "1", "right": letter}).content.decode()
    assert f"/evidence/{item}/noted/1/" in two
    assert "Look here." in two
    assert "commandant de la compagnie" in two
    said = browser.get(address, {"left": item, "right": "said:account"}).content.decode()
    assert 'class="copy__page"' in said
    assert browser.get(address, {"left": "aaaaaaaaaaaaaaaa"}).status_code == 404
    assert browser.get(address, {"right": "said:health2"}).status_code == 404


def test_a_document_lies_beside_the_statements_of_the_timeline(cast: Cast, case: Case, item: str) -> None:
    amal = cast.actor("amal")
    offers = offers_of(case, amal, language="en", today=TODAY)
    assert claims.take_over(case, amal, [offer.key for offer, _ in offers[:3]], today=TODAY) == 3
    page = cast.client("amal").get(f"/desk/cases/{case.id}/beside/", {"left": item, "right": "statements"}).content.decode()
    assert page.count(f"/desk/cases/{case.id}/timeline/statements/") == 3
    assert f"/evidence/{item}/noted/1/" in page


def test_evaluators_see_notes_and_pin_none(cast: Cast, case: Case, item: str) -> None:
    pinned(cast, case, item, "Look here.")
    assigned(cast, case, "bea", "emil")
    browser, address = cast.client("bea"), f"/desk/cases/{case.id}/evidence/{item}/notes/1/"
    page = browser.get(address).content.decode()
    assert "Look here." in page
    assert 'name="cell"' not in page
    assert browser.post(address, {"cell": ["1-1"], "text": "x"}).status_code == 404
    with pytest.raises(NotGranted):
        pinned(cast, case, item, "x", "bea")
    assert cast.client("chidi").get(address).status_code == 404
