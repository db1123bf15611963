"""A consent that the person withdraws on their own page: the case follows, and until then nothing of it leaves."""

import pytest

from safeconduct.desk.cases import following, selectors
from safeconduct.desk.cases import services as cases
from safeconduct.desk.cases.models import Case
from safeconduct.desk.dossiers import services as dossiers
from safeconduct.desk.dossiers.errors import NotReady
from safeconduct.desk.intake import person, sessions
from safeconduct.desk.intake.models import Request
from safeconduct.desk.vault.keyholders import Keyholder
from safeconduct.packs import CONSENTS, consents
from tests.cast import NOW, TODAY, Cast, a_request
from tests.desk.intake.test_requests import triage

pytestmark = pytest.mark.django_db
AGREED = [
    cases.Consent(purpose="case_handling", given=True),
    cases.Consent(purpose="state_authority", given=True, recipients=["Ministry of Examples"]),
    cases.Consent(purpose="statistics", given=False),
]


def opened(cast: Cast) -> tuple[Case, Request, Keyholder]:
    """A case with its request, and the person who came back."""
    receipt, request = a_request(cast)
    case = cases.open_case(request, cast.actor("amal"), triage(), AGREED, wording=consents(CONSENTS).stamp, today=TODAY)
    back = sessions.person_of_cookie(sessions.come_back(receipt.digits(), now=NOW), now=NOW)
    assert back is not None
    return case, request, back[1]


def test_the_person_sees_what_they_agreed_to_at_triage(cast: Cast) -> None:
    _, request, holder = opened(cast)
    seen = {each.purpose: (each.given, list(each.recipients)) for each in person.consents_of(request, holder, today=TODAY)}
    assert seen["state_authority"] == (True, ["Ministry of Examples"])
    assert seen["statistics"] == (False, [])


def test_what_they_withdraw_is_withdrawn_in_the_case_once_a_colleague_takes_it_over(cast: Cast) -> None:
    case, request, holder = opened(cast)
    person.change_consent(request, holder, "state_authority", False, today=TODAY)
    assert case.awaits_consents
    assert "The person changed their consents" in cast.client("amal").get(f"/desk/cases/{case.id}/").content.decode()
    assert cast.client("amal").post(f"/desk/cases/{case.id}/consents/follow/").status_code == 302
    said = selectors.consents_of_case(case, cast.actor("amal"), today=TODAY)["purposes"]
    assert said["state_authority"] == {"given": False, "recipients": ["Ministry of Examples"]}
    assert said["case_handling"]["given"]
    assert not case.awaits_consents


def test_until_then_no_dossier_is_composed(cast: Cast) -> None:
    case, request, holder = opened(cast)
    Case.objects.filter(pk=case.pk).update(stage=Case.Stage.DOSSIER)
    case.refresh_from_db()
    person.change_consent(request, holder, "state_authority", False, today=TODAY)
    plan = dossiers.Plan(
        recipient="Ministry of Examples",
        address=[],
        language="fr",
        request="Asile",
        summary="…",
        limits="",
        sections=[],
        evidence=[],
        with_reasons=False,
        contact=[],
    )
    with pytest.raises(NotReady) as reason:
        dossiers.compose_dossier(case, cast.actor("amal"), plan, today=TODAY)
    assert reason.value.reason == "consent"


def test_a_consent_for_somebody_by_name_is_not_given_again_by_a_button(cast: Cast) -> None:
    case, request, holder = opened(cast)
    person.change_consent(request, holder, "state_authority", False, today=TODAY)
    following.follow_person(case, cast.actor("amal"), today=TODAY)
    person.change_consent(request, holder, "state_authority", True, today=TODAY)
    assert not case.awaits_consents


def test_what_changed_before_the_case_was_opened_holds_nothing_up(cast: Cast) -> None:
    receipt, request = a_request(cast)
    back = sessions.person_of_cookie(sessions.come_back(receipt.digits(), now=NOW), now=NOW)
    assert back is not None
    person.change_consent(request, back[1], "statistics", True, today=TODAY)
    case = cases.open_case(request, cast.actor("amal"), triage(), AGREED, wording=consents(CONSENTS).stamp, today=TODAY)
    assert not case.awaits_consents
