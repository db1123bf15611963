"""Whoever opens a canary is told nothing, and the security readers are."""

import pytest

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.cases.models import Case
from safeconduct.desk.concerns import canaries
from safeconduct.desk.concerns.models import Canary, CanaryAlarm
from safeconduct.desk.custody.selectors import entries_of
from safeconduct.desk.dossiers import services as dossiers
from safeconduct.desk.dossiers.errors import NotReady
from safeconduct.desk.vault import granting, opening
from safeconduct.desk.vault.sections import CASE_SECTIONS
from tests.cast import TODAY, Cast, a_case
from tests.walked import composed, letter, plan


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case that Hugo reads."""
    made = a_case(cast)
    with opening.opened(made.subject, holder=cast.actor("amal"), purpose=Purpose.HANDLING, today=TODAY) as file:
        granting.grant(file, cast.actor("hugo").id, CASE_SECTIONS)
    return made


def canary_in(cast: Cast, case: Case) -> Canary:
    made = canaries.place(case, cast.actor("hugo"), letter(cast, case), today=TODAY)
    assert made is not None
    return made


def test_opening_a_canary_rings_once_a_day_and_looks_like_any_document(cast: Cast, case: Case) -> None:
    ordinary, canary = letter(cast, case), canary_in(cast, case)
    amal = cast.client("amal")
    pages = [amal.get(f"/desk/cases/{case.id}/evidence/{record}/") for record in (ordinary, canary.record, canary.record)]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert pages[0].content.decode().count("<") == pages[1].content.decode().count("<")
    assert "canary" not in pages[1].content.decode()
    (alarm,) = canaries.unanswered("lantern")
    assert alarm.member.alias == "Amal"
    assert [entry.object for entry in entries_of("lantern") if entry.act == Act.CANARY_OPENED] == [canary.id]
    assert case.reference in cast.client("hugo").get("/desk/security/").content.decode()
    assert "canary" not in amal.get("/desk/").content.decode()


def test_security_readers_ring_nothing(cast: Cast, case: Case) -> None:
    canary = canary_in(cast, case)
    canaries.note_opening(case, cast.actor("hugo"), canary.record, today=TODAY)
    assert not CanaryAlarm.objects.exists()


def test_a_canary_never_leaves_in_a_dossier_and_the_refusal_does_not_tell(cast: Cast, case: Case) -> None:
    composed(cast, case)
    canary = canary_in(cast, case)
    with pytest.raises(NotReady, match="uncleaned"):
        dossiers.compose_dossier(case, cast.actor("amal"), plan([canary.record]), today=TODAY)


def test_what_is_no_document_of_the_case_is_no_canary(cast: Cast, case: Case) -> None:
    elsewhere = letter(cast, a_case(cast))
    assert canaries.place(case, cast.actor("hugo"), elsewhere, today=TODAY) is None
    canary = canary_in(cast, case)
    assert canaries.place(case, cast.actor("hugo"), canary.record, today=TODAY) is None


def test_the_page_places_answers_and_removes(cast: Cast, case: Case) -> None:
    record, hugo = letter(cast, case), cast.client("hugo")
    page = f"/desk/cases/{case.id}/canaries/"
    assert hugo.post(page, {"record": "nonsense"}).status_code == 422
    hugo.post(page, {"record": record})
    canary = Canary.objects.get()
    canaries.note_opening(case, cast.actor("amal"), record, today=TODAY)
    assert "Amal" in hugo.get(page).content.decode()
    hugo.post(f"/desk/security/canaries/{canary.id}/", {"act": "answer"})
    assert not canaries.unanswered("lantern")
    assert cast.client("amal").post(f"/desk/security/canaries/{canary.id}/", {"act": "remove"}).status_code == 404
    hugo.post(f"/desk/security/canaries/{canary.id}/", {"act": "remove"})
    assert not Canary.objects.exists()
