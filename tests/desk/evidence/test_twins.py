"""The same document in two cases is found; what lies in a case that somebody may not see is told as that and no more."""

import hashlib
import io

import pytest
from django.db import connection

from safeconduct.core.custody import Purpose
from safeconduct.demo.evidence import LETTER, arrived
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.evidence import services as evidence
from safeconduct.desk.evidence.models import Mark, MarkFile
from safeconduct.desk.evidence.selectors import Likeness, items_with_twins, twins_of
from safeconduct.desk.vault import granting, opening
from safeconduct.desk.vault.models import Grant
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.viewing import services as viewing
from safeconduct.desk.viewing.places import item_of_case
from tests.cast import TODAY, Cast, a_case
from tests.core.copies.test_prints import document

OTHER_LETTER = LETTER.replace(b"janvier", b"fevrier")


@pytest.fixture
def cases(cast: Cast) -> tuple[Case, Case]:
    return a_case(cast), a_case(cast, working_name="Lev")


def added(cast: Cast, case: Case, content: bytes, kind: str = "other") -> str:
    item = evidence.Item(title="Letter", kind=kind, source="The applicant", obtained="Uploaded")
    return evidence.add_item(case, cast.actor("amal"), item, arrived("x", content), today=TODAY)


def scanned(seed: int, quality: int) -> bytes:
    out = io.BytesIO()
    document(seed).save(out, "JPEG", quality=quality)
    return out.getvalue()


def found(cast: Cast, case: Case, name: str = "amal") -> dict[str, list[tuple[Likeness, str]]]:
    """The twins of each item: likeness, and the reference of the case or nothing."""
    twins = twins_of(case, cast.actor(name), today=TODAY)
    return {item: [(twin.likeness, twin.case.reference if twin.case else "") for twin in each] for item, each in twins.items()}


def researcher(cast: Cast, *cases: Case) -> None:
    """Hugo works on these cases as a researcher."""
    hugo = cast.actor("hugo").member
    for case in cases:
        CasePart.objects.create(case=case, member=hugo, part=CasePart.Part.RESEARCHER)
        with opening.opened(case.subject, holder=cast.actor("amal"), purpose=Purpose.HANDLING, today=TODAY) as file:
            granting.grant(file, hugo.id, [Section.SUMMARY, Section.EVIDENCE])


def test_the_same_file_in_two_cases_is_found_from_both(cast: Cast, cases: tuple[Case, Case]) -> None:
    one, other = cases
    item, twin = added(cast, one, LETTER), added(cast, other, LETTER)
    added(cast, other, OTHER_LETTER)
    # A case is compared with what was looked at before it; looking at both finds both.
    found(cast, one)
    assert found(cast, other) == {twin: [(Likeness.SAME_FILE, one.reference)]}
    assert found(cast, one) == {item: [(Likeness.SAME_FILE, other.reference)]}
    assert items_with_twins(one, cast.actor("amal"), today=TODAY) == {item}
    page = cast.client("amal").get(f"/desk/cases/{one.id}/evidence/").content.decode()
    assert page.count("Also elsewhere") == 1
    about = cast.client("amal").get(f"/desk/cases/{one.id}/evidence/{item}/about/").content.decode()
    assert other.reference in about


def test_a_case_that_somebody_may_not_see_is_not_named(cast: Cast, cases: tuple[Case, Case]) -> None:
    one, other = cases
    item = added(cast, one, LETTER)
    added(cast, other, LETTER)
    researcher(cast, one)
    for case in cases:
        found(cast, case)
    assert found(cast, one, "hugo") == {item: [(Likeness.SAME_FILE, "")]}
    assert items_with_twins(one, cast.actor("hugo"), today=TODAY) == {item}
    about = cast.client("hugo").get(f"/desk/cases/{one.id}/evidence/{item}/about/").content.decode()
    assert "ask the coordinator" in about
    assert other.reference not in about
    assert other.id not in about


def test_another_scan_of_a_page_is_alike_once_both_were_looked_at(cast: Cast, cases: tuple[Case, Case]) -> None:
    one, other = cases
    amal = cast.actor("amal")
    item, twin = added(cast, one, scanned(1, 90)), added(cast, other, scanned(1, 35))
    stranger = added(cast, other, scanned(2, 90))
    assert found(cast, one) == found(cast, other) == {}
    for case, record in ((one, item), (other, twin), (other, stranger)):
        viewing.copy_of(item_of_case(amal, case.id, record).sought)
    found(cast, one)
    assert found(cast, other) == {twin: [(Likeness.ALIKE, one.reference)]}
    assert found(cast, one) == {item: [(Likeness.ALIKE, other.reference)]}


def test_a_file_twice_in_one_case_is_told_and_is_no_twin_elsewhere(cast: Cast, cases: tuple[Case, Case]) -> None:
    one, _ = cases
    first, second = added(cast, one, LETTER), added(cast, one, LETTER)
    assert found(cast, one) == {record: [(Likeness.SAME_FILE, one.reference)] for record in (first, second)}
    assert items_with_twins(one, cast.actor("amal"), today=TODAY) == frozenset()


def test_no_plain_digest_lies_in_the_open(cast: Cast, cases: tuple[Case, Case]) -> None:
    added(cast, cases[0], LETTER)
    found(cast, cases[0])
    digest = hashlib.sha256(LETTER).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM evidence_mark")
        rows = str(cursor.fetchall())
    assert Mark.objects.count() == 1
    assert digest[:32] not in rows
    assert digest not in rows


def test_another_organisation_has_other_marks_and_finds_nothing(cast: Cast, cases: tuple[Case, Case]) -> None:
    one, _ = cases
    theirs = a_case(cast, "chidi", "Rinat")
    added(cast, one, LETTER)
    item = evidence.Item(title="Letter", kind="other", source="x", obtained="x")
    evidence.add_item(theirs, cast.actor("chidi"), item, arrived("x", LETTER), today=TODAY)
    assert found(cast, one) == found(cast, theirs, "chidi") == {}
    assert len(set(Mark.objects.values_list("mark", flat=True))) == 2


def test_whoever_joins_later_is_given_the_key_by_the_next_who_looks(cast: Cast, cases: tuple[Case, Case]) -> None:
    one, other = cases
    item = added(cast, one, LETTER)
    added(cast, other, LETTER)
    researcher(cast, one)
    for case in cases:
        found(cast, case)
    kept = MarkFile.objects.get(organisation_id="lantern")
    hugo = cast.actor("hugo")
    assert hugo.has_role(Role.CASEWORKER)
    Grant.objects.filter(subject=kept.file, holder=hugo.id).delete()
    assert found(cast, one, "hugo") == {}
    found(cast, one)
    assert found(cast, one, "hugo") == {item: [(Likeness.SAME_FILE, "")]}


def test_recordings_and_what_is_gone_have_no_marks(cast: Cast, cases: tuple[Case, Case]) -> None:
    one, _ = cases
    added(cast, one, LETTER)
    found(cast, one)
    Mark.objects.create(case=one, record="gone", page=0, mark="0" * 32)
    found(cast, one)
    assert not Mark.objects.filter(record="gone").exists()
    one.delete()
    assert not Mark.objects.exists()
