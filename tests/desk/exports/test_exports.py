"""Exports: by two people, without a key, each with a mark of its own, and gone after the last day."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from safeconduct.core.custody import Act
from safeconduct.desk.cases.models import Case
from safeconduct.desk.concerns.models import Canary
from safeconduct.desk.custody.selectors import latest_entry
from safeconduct.desk.exports import marks, selectors, services
from safeconduct.desk.exports.errors import NotAvailable, SecondPersonNeeded
from safeconduct.desk.exports.models import Export
from safeconduct.desk.retention.services import sweep
from safeconduct.desk.vault import files
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.models import SealedFile
from tests.cast import NOW, TODAY, Cast, a_case
from tests.walked import exported, interview, letter, summons


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case with an interview and two pieces of evidence."""
    case = a_case(cast)
    interview(cast, case)
    letter(cast, case)
    summons(cast, case)
    return case


def asked(cast: Cast, case: Case) -> Export:
    """Amal asks for the text."""
    return services.ask(case, cast.actor("amal"), services.Wish(parts=["text"], reason="A lawyer asks", days=3), today=TODAY)


def taken(cast: Cast, export: Export) -> zipfile.ZipFile:
    """What Amal takes."""
    return zipfile.ZipFile(io.BytesIO(b"".join(files.stream(services.hand_out(export, cast.actor("amal"), today=TODAY)))))


def test_an_export_holds_what_was_asked_for_and_no_key(cast: Cast, case: Case) -> None:
    archive = taken(cast, exported(cast, case))
    names = {name.partition("/")[2] for name in archive.namelist()}
    originals = {"originals/001-discharge-report.txt", "originals/002-summons.png"}
    assert names == {"case.txt", "lists.xlsx", "list-1.csv", "list-2.csv", "list-3.csv", "case.json"} | originals
    told = archive.read(f"{case.reference}/case.json").decode()
    assert "Discharge report" in told
    assert '"key"' not in told
    assert json.loads(told)["reference"] == case.reference
    assert b"Discharge report" in archive.read(f"{case.reference}/case.txt")


def test_a_canary_is_in_no_export(cast: Cast, case: Case) -> None:
    record = letter(cast, case)
    Canary.objects.create(case=case, record=record, placed_by=cast.actor("hugo").member, placed_on=TODAY)
    assert len([name for name in taken(cast, exported(cast, case)).namelist() if "/originals/" in name]) == 2


def test_the_sweep_destroys_copies_whose_last_day_is_over(cast: Cast, case: Case) -> None:
    export = exported(cast, case)
    assert export.last_day is not None
    days = export.last_day - TODAY
    assert sweep(NOW + days).copies == 0
    assert sweep(NOW + days + timedelta(days=1)).copies == 1
    assert not SealedFile.objects.filter(pk=export.package_file).exists()


def test_every_export_bears_a_mark_of_its_own_in_every_file_that_is_written_here(cast: Cast, case: Case) -> None:
    found = []
    for _ in range(2):
        export = exported(cast, case, parts=("text", "lists", "json"))
        line = next(each for each in selectors.of_case(case, cast.actor("farah"), today=TODAY) if each.export.id == export.id)
        archive = taken(cast, export)
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith(".xlsx"):
                content = b"".join(zipfile.ZipFile(io.BytesIO(content)).read(part) for part in ("xl/worksheets/sheet1.xml",))
            assert line.mark.encode() in content, name
        found.append((line.mark, archive.read(f"{case.reference}/case.txt").decode()))
    (first, text), (second, _) = found
    assert first != second
    without_code = text.replace(first, "")
    assert marks.bears(without_code, first.replace("-", "").lower())
    assert not marks.bears(without_code, second.replace("-", "").lower())


def test_whoever_asked_does_not_approve(cast: Cast, case: Case) -> None:
    export = asked(cast, case)
    with pytest.raises(SecondPersonNeeded):
        services.approve(export, cast.actor("amal"), today=TODAY)
    with pytest.raises(NotAvailable):
        services.hand_out(export, cast.actor("amal"), today=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(approved_by=export.asked_by)


def test_it_is_approved_once_and_by_the_same_organisation(cast: Cast, case: Case) -> None:
    export = asked(cast, case)
    with pytest.raises(NotGranted):
        services.approve(export, cast.actor("chidi"), today=TODAY)
    services.approve(export, cast.actor("farah"), today=TODAY)
    with pytest.raises(NotAvailable):
        services.approve(export, cast.actor("farah"), today=TODAY)


def test_after_its_last_day_a_copy_is_destroyed(cast: Cast, case: Case) -> None:
    export, over = exported(cast, case), TODAY + timedelta(days=4)
    kept = export.package_file
    assert services.drop_expired(TODAY + timedelta(days=3)) == 0
    with pytest.raises(NotAvailable):
        services.hand_out(export, cast.actor("amal"), today=over)
    assert services.drop_expired(over) == 1
    assert not SealedFile.objects.filter(pk=kept).exists()
    (line,) = selectors.of_case(case, cast.actor("amal"), today=over)
    assert not line.can_be_taken


def test_asking_approving_and_taking_are_written_down(cast: Cast, case: Case) -> None:
    export = exported(cast, case)
    taken(cast, export)
    actors = {"amal": (Act.EXPORT_ASKED, Act.CASE_EXPORTED), "farah": (Act.EXPORT_APPROVED,)}
    for name, acts in actors.items():
        for act in acts:
            assert latest_entry("lantern", act, export.id).actor == cast.actor(name).id
    (line,) = selectors.of_case(case, cast.actor("amal"), today=TODAY)
    assert line.taken == 1


def test_the_pages_ask_approve_and_hand_out(cast: Cast, case: Case) -> None:
    here = f"/desk/cases/{case.id}/exports/"
    amal, farah = cast.client("amal"), cast.client("farah")
    assert amal.post(here, {"parts": ["text"], "reason": "", "days": "3"}).status_code == 422
    assert amal.post(here, {"parts": ["text"], "reason": "A lawyer asks", "days": "15"}).status_code == 422
    assert amal.post(here, {"parts": ["text"], "reason": "A lawyer asks", "days": "3"}).status_code == 302
    assert "Waiting for a second person" in amal.get(here).content.decode()
    export = Export.objects.get(case=case)
    assert "second-person" in amal.post(f"/desk/exports/{export.id}/approve/").headers["Location"]
    assert "export-approved" in farah.post(f"/desk/exports/{export.id}/approve/").headers["Location"]
    assert amal.get(f"/desk/exports/{export.id}/package/").status_code == 200


def test_a_found_text_is_told_apart(cast: Cast, case: Case) -> None:
    export = exported(cast, case, parts=("text",))
    text = taken(cast, export).read(f"{case.reference}/case.txt").decode()
    (line,) = selectors.of_case(case, cast.actor("farah"), today=TODAY)
    here, farah = f"/desk/cases/{case.id}/exports/", cast.client("farah")
    for found in (text, text.replace(line.mark, ""), f"see {line.mark}"):
        assert f"<strong><code>{line.mark}" in farah.post(here, {"found": found}).content.decode()
    assert (
        "no export of this case" in farah.post(here, {"found": text.replace(line.mark, "").replace(" \n", "\n")}).content.decode()
    )
