"""A case goes with everything of it when its person asks, and not otherwise."""

from pathlib import Path

import pytest
from django.conf import settings

from safeconduct.core.custody import Act
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.cases.models import Case
from safeconduct.desk.custody.selectors import entries_of
from safeconduct.desk.intake.models import Request
from safeconduct.desk.retention import services
from safeconduct.desk.retention.cases import erase_case
from safeconduct.desk.retention.errors import StillKept
from safeconduct.desk.retention.models import Certificate
from safeconduct.desk.vault.models import Grant, SealedFile, SealedRecord
from tests.cast import PASSPHRASE, TODAY, Cast, a_case
from tests.walked import permitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def permitted_case(cast: Cast) -> Case:
    """A case with evidence, evaluations, a released dossier, a submission and a permit."""
    case = a_case(cast)
    permitted(cast, case)
    return Case.objects.get(pk=case.pk)


def asks(case: Case) -> None:
    Request.objects.filter(case=case).update(deletion_asked_on=TODAY, deletion_due_on=TODAY)


def test_nothing_of_a_case_is_left_when_its_person_asks(
    cast: Cast, permitted_case: Case, django_capture_on_commit_callbacks: object
) -> None:
    case, request = permitted_case, permitted_case.requests.get()
    asks(case)
    names = list(SealedFile.objects.filter(subject__in=[case.id, request.id]).values_list("id", flat=True))
    assert names
    subjects = [case.id, request.id]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's own fixture
        certificate = erase_case(case, cast.actor("amal"), today=TODAY)
    for model in (Grant, SealedRecord, SealedFile):
        assert not model.objects.filter(subject__in=subjects).exists()
    assert not Case.objects.filter(pk=subjects[0]).exists()
    assert not Request.objects.filter(pk=subjects[1]).exists()
    folder: Path = settings.FILES_FOLDER
    assert not [name for name in names if (folder / name).exists()]
    assert (certificate.thing, certificate.why) == (subjects[0], Certificate.Why.ASKED)
    assert Certificate.objects.filter(thing=subjects[1]).exists()
    acts = [entry.act for entry in entries_of("lantern")]
    assert Act.CASE_ERASED in acts
    assert Act.REQUEST_ERASED in acts


def test_nobody_erases_a_case_unasked(cast: Cast) -> None:
    case = a_case(cast)
    with pytest.raises(NotAllowed):
        erase_case(case, cast.actor("amal"), today=TODAY)
    assert Grant.objects.filter(subject=case.id).exists()


@pytest.mark.parametrize("name", ["chidi", "dana", "bea"])
def test_only_a_coordinator_of_its_organisation_erases_it(cast: Cast, name: str) -> None:
    case = a_case(cast)
    asks(case)
    with pytest.raises(NotAllowed):
        erase_case(case, cast.actor(name), today=TODAY)


def test_a_hold_keeps_a_case(cast: Cast) -> None:
    case = a_case(cast)
    asks(case)
    request = case.requests.get()
    services.propose_hold(request, cast.actor("amal"), "A court asks for it.", today=TODAY)
    services.confirm_hold(request, cast.actor("farah"), today=TODAY)
    with pytest.raises(StillKept):
        erase_case(case, cast.actor("amal"), today=TODAY)
    assert Case.objects.filter(pk=case.pk).exists()


def test_the_page_erases_after_a_fresh_proof_and_shows_the_certificate(cast: Cast) -> None:
    case = a_case(cast)
    asks(case)
    client = cast.client("amal")
    assert "Erase for good" in client.get(f"/desk/cases/{case.id}/erase/").content.decode()
    done = client.post(f"/desk/cases/{case.id}/erase/", {"proof": PASSPHRASE})
    assert done.status_code == 302
    assert "/desk/retention/" in done.headers["Location"]
    assert not Case.objects.filter(pk=case.pk).exists()
