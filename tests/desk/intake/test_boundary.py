"""Two rules before a case: nobody inside Russia, and nobody for whom only somebody else has spoken."""

from typing import Any

import pytest

from safeconduct.desk.cases import services as cases
from safeconduct.desk.cases.models import Case
from safeconduct.desk.intake.errors import OwnConsentMissing, StillInside
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.own_consent import record_own_consent
from safeconduct.packs import CONSENTS, consents
from tests.cast import TODAY, Cast, a_request
from tests.desk.intake.test_requests import HANDLING, triage

pytestmark = pytest.mark.django_db
INSIDE = {"where": {"place": {"country": "RU", "region": "", "town": ""}}}
FOR_OTHER = {"for_whom": {"who": "other"}}


def opened(cast: Cast, request: Request, **found: str) -> Case:
    """The case that a caseworker opens from a request."""
    return cases.open_case(request, cast.actor("amal"), triage(**found), HANDLING, wording=consents(CONSENTS).stamp, today=TODAY)


@pytest.mark.parametrize(
    ("answers", "found"),
    [({}, {"country": "RU"}), ({}, {"country": "ru"}), (INSIDE, {"country": "KZ"}), (INSIDE, {"country": "RU"})],
)
def test_nobody_inside_russia_becomes_a_case_by_triage_or_by_their_own_words(
    cast: Cast, answers: dict[str, Any], found: dict[str, str]
) -> None:
    _, request = a_request(cast, more=answers)
    with pytest.raises(StillInside):
        opened(cast, request, **found)
    request.refresh_from_db()
    assert (request.state, request.case, Case.objects.count()) == (Request.State.NEW, None, 0)


def test_whoever_has_left_can_become_a_case(cast: Cast) -> None:
    _, request = a_request(cast, more={"where": {"place": {"country": "KZ", "region": "", "town": ""}}})
    assert opened(cast, request).organisation_id == "lantern"
    request.refresh_from_db()
    assert request.erase_on is None


def test_somebody_else_s_request_becomes_no_case_before_the_persons_own_consent(cast: Cast) -> None:
    _, request = a_request(cast, more=FOR_OTHER)
    with pytest.raises(OwnConsentMissing):
        opened(cast, request)
    assert Case.objects.count() == 0
    record_own_consent(request, cast.actor("amal"), how="voice", words="Yes, I want this.", today=TODAY)
    assert opened(cast, request).organisation_id == "lantern"


def test_a_conversation_without_a_case_has_a_day_on_which_it_ends(cast: Cast) -> None:
    days = []
    for answers in (INSIDE, {"keeping": {"how_long": "short"}}, {}):
        _, request = a_request(cast, more=answers)
        assert request.erase_on is not None
        days.append((request.erase_on - TODAY).days)
    assert days == [14, 14, 30]
