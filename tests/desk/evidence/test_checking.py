"""Origin and checks of a document: kept with it, answered by people, signed by each, never added up."""

import pytest
from django.test import Client

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.documents import Answer, Answered
from safeconduct.demo.evidence import arrived, drawn_page
from safeconduct.desk.cases.models import Case
from safeconduct.desk.custody.models import Entry
from safeconduct.desk.evidence import checking, selectors
from safeconduct.desk.evidence import services as evidence
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.uploads import path_of
from safeconduct.desk.viewing import services as viewing
from safeconduct.desk.viewing.places import item_of_case
from tests.cast import TODAY, Cast, a_case
from tests.evaluators import assigned

SUMMONS = evidence.Item(
    title="Summons",
    kind="summons",
    source="The applicant",
    obtained="Uploaded",
    collected="2026-11-20 14:05Z",
    collected_by="Hugo",
    tool="a telephone",
    address="https://post.example/1",
)
FITS = Answered("office", Answer.FITS)


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast)


@pytest.fixture
def item(cast: Cast, case: Case) -> str:
    """A summons that Amal added."""
    return evidence.add_item(case, cast.actor("amal"), SUMMONS, arrived("s.png", drawn_page()), today=TODAY)


def looked_at(cast: Cast, case: Case, item: str, name: str = "amal") -> selectors.ItemView:
    return selectors.item_of(case, cast.actor(name), item, today=TODAY)


def line(view: selectors.ItemView, check: str) -> checking.CheckLine:
    return next(each for each in view.checks if each.check.id == check)


def sign(cast: Cast, case: Case, item: str, *answers: Answered, name: str = "amal") -> str:
    return checking.sign_checks(case, cast.actor(name), item, answers, today=TODAY)


def test_an_item_tells_where_it_comes_from(cast: Cast, case: Case, item: str) -> None:
    view = looked_at(cast, case, item)
    assert (view.added_by, view.content["added_on"]) == ("Amal", TODAY.isoformat())
    assert view.content["tool"] == "a telephone"
    assert len(view.content["file"]["sha256"]) == 64
    page = cast.client("amal").get(f"/desk/cases/{case.id}/evidence/{item}/about/").content.decode()
    for told in (
        "https://post.example/1",
        "2026-11-20 14:05Z",
        "SHA-256 on arrival",
        "7 checks have no answer yet",
        "since 2024-09",
    ):
        assert told in page
    assert 'href="https://post.example' not in page


def test_an_answer_is_signed_by_whoever_gave_it(cast: Cast, case: Case, item: str) -> None:
    sign(cast, case, item, FITS, Answered("served", Answer.NOT_CHECKED, "The register is closed to us."))
    view = looked_at(cast, case, item, "farah")
    (said,) = line(view, "office").said
    assert (said.alias, said.day, said.answered, said.holds, said.is_own) == ("Amal", TODAY.isoformat(), FITS, True, False)
    assert view.open_checks == 5
    assert sum(Act.EVIDENCE_CHECKED.value in bytes(body).decode() for body in Entry.objects.values_list("body", flat=True)) == 1


def test_two_people_stand_beside_each_other_and_each_changes_their_own(cast: Cast, case: Case, item: str) -> None:
    sign(cast, case, item, FITS)
    sign(cast, case, item, Answered("office", Answer.DOES_NOT_FIT, "Another address."), name="farah")
    disputed = line(looked_at(cast, case, item), "office")
    assert disputed.is_disputed
    assert [(said.alias, said.is_own) for said in disputed.said] == [("Amal", True), ("Farah", False)]
    assert disputed.own == FITS
    again = Answered("office", Answer.DOES_NOT_FIT, "Farah is right.")
    sign(cast, case, item, again)
    settled = line(looked_at(cast, case, item), "office")
    assert (settled.is_disputed, settled.own) == (False, again)


def test_nothing_is_signed_twice_or_for_nothing(cast: Cast, case: Case, item: str) -> None:
    sign(cast, case, item, FITS)
    for answers in ([], [FITS], [Answered("unheard-of", Answer.FITS)]):
        with pytest.raises(checking.NothingAnswered):
            sign(cast, case, item, *answers)


@pytest.mark.parametrize(
    ("before", "after"),
    [('"fits"', '"does-not-fit"'), ('"document-checks"', '"document-guesses"'), ('"day":"2026', '"day":"2025')],
)
def test_an_answer_that_somebody_changed_does_not_hold(cast: Cast, case: Case, item: str, before: str, after: str) -> None:
    record = sign(cast, case, item, FITS)
    with opening.opened(case.subject, holder=cast.actor("amal"), purpose=Purpose.VERIFICATION, today=TODAY) as file:
        kept = file.read(record)
        content = {**kept.content, "statement": kept.content["statement"].replace(before, after)}
        file.write(kept.section, kept.kind, content, replaces=kept)
    assert not any(said.holds for said in line(looked_at(cast, case, item), "office").said)


def test_an_answer_does_not_hold_for_another_document(cast: Cast, case: Case, item: str) -> None:
    record = sign(cast, case, item, FITS)
    other = evidence.add_item(case, cast.actor("amal"), SUMMONS, arrived("t.png", drawn_page(400)), today=TODAY)
    with opening.opened(case.subject, holder=cast.actor("amal"), purpose=Purpose.VERIFICATION, today=TODAY) as file:
        kept = file.read(record)
        file.write(kept.section, kept.kind, {**kept.content, "of": other})
    (said,) = line(looked_at(cast, case, other), "office").said
    assert not said.holds


def test_evaluators_read_and_do_not_sign(cast: Cast, case: Case, item: str) -> None:
    assigned(cast, case, "bea", "emil")
    with pytest.raises(NotGranted):
        sign(cast, case, item, FITS, name="bea")
    browser, address = cast.client("bea"), f"/desk/cases/{case.id}/evidence/{item}/about/"
    page = browser.get(address).content.decode()
    assert "Nobody has answered yet" in page
    assert 'name="answer.office"' not in page
    assert browser.post(address, {"answer.office": "fits"}).status_code == 404
    assert cast.client("gita").get(address).status_code == 404


def test_the_page_asks_why_and_keeps_what_was_answered(cast: Cast, case: Case, item: str) -> None:
    browser, address = cast.client("amal"), f"/desk/cases/{case.id}/evidence/{item}/about/"
    without = browser.post(address, {"answer.served": "not-checked"})
    assert without.status_code == 422
    assert "why it could not be checked" in without.content.decode()
    assert browser.post(address, {}).status_code == 422
    said = {"answer.served": "not-checked", "note.served": "No register.", "answer.office": "fits"}
    assert browser.post(address, said).status_code == 302
    page = browser.get(address, headers={"accept-language": "ru"}).content.decode()
    assert "No register." in page
    assert "5 checks have no answer yet" in browser.get(address).content.decode()
    # Signing the same again says that nothing is new.
    assert browser.post(address, said).status_code == 422


def test_what_is_no_item_is_not_there(cast: Cast, case: Case, item: str) -> None:
    browser = cast.client("amal")
    record = sign(cast, case, item, FITS)
    for absent in (record, "aaaaaaaaaaaaaaaa"):
        assert browser.get(f"/desk/cases/{case.id}/evidence/{absent}/about/").status_code == 404
    assert Client().get(f"/desk/cases/{case.id}/evidence/{item}/about/").status_code == 302


def test_the_original_is_never_written_over(cast: Cast, case: Case, item: str) -> None:
    reference = looked_at(cast, case, item).content["file"]
    before = path_of(reference["file"]).read_bytes()
    sign(cast, case, item, FITS)
    viewing.copy_of(item_of_case(cast.actor("amal"), case.id, item).sought)
    viewing.cleaned(item_of_case(cast.actor("amal"), case.id, item).sought)
    view = looked_at(cast, case, item)
    assert list(view.working) == ["copy", "cleaned"]
    assert view.content["file"] == reference
    assert path_of(reference["file"]).read_bytes() == before
    reason = "To compare its metadata."
    viewing.take_original(item_of_case(cast.actor("amal"), case.id, item).sought, member=cast.actor("amal").id, reason=reason)
    assert [(taken.alias, taken.reason) for taken in looked_at(cast, case, item).taken] == [("Amal", reason)]
