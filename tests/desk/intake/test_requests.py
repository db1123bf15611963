"""Requests: sealed to one desk and their author, opened with a code, slowed and never locked."""

from datetime import timedelta

import pytest

from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.cases import services as cases
from safeconduct.desk.intake import selectors, services, sessions
from safeconduct.desk.intake.errors import ReceiptRefused, StillInside, TooSoon
from safeconduct.desk.intake.models import ApplicantSession, Request
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.secrets import Receipt
from safeconduct.packs import CONSENTS, consents
from tests.cast import NOW, TODAY, Cast, a_request

HANDLING = [cases.Consent(purpose="case_handling", given=True)]


def triage(**changed: str) -> cases.Triage:
    """An ordinary triage with single findings changed."""
    found = {"working_name": "Lev", "country": "AM", "category": "unknown", "urgency": "soon", "risk": "low", "language": "ru"}
    return cases.Triage(**{**found, **changed})


def test_the_person_comes_back_and_both_sides_read_each_other(cast: Cast) -> None:
    receipt, request = a_request(cast, story="They came to my mother.")
    services.send_as_desk(request, cast.actor("amal"), "We have read it.", today=TODAY)
    back = sessions.person_of_cookie(sessions.come_back(receipt.digits(), now=NOW), now=NOW)
    assert back is not None
    row, person = back
    services.send_as_applicant(row, person, "Thank you.", (), today=TODAY)
    texts = [message.text for message in selectors.conversation_for_applicant(row, person, today=TODAY).messages]
    assert texts == ["We have read it.", "Thank you."]
    seen = selectors.conversation_for_desk(row, cast.actor("farah"), today=TODAY)
    assert seen.filed["answers"]["account"]["parts"]["story"] == "They came to my mother."
    assert [message.text for message in seen.messages] == texts


def test_a_code_whose_locator_was_just_taken_by_somebody_else_is_made_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    _, first = a_request(cast)
    codes = [Receipt.parse(first.locator + "1" * 25), Receipt.generate()]
    answers = [False]
    really = services.is_taken
    monkeypatch.setattr(Receipt, "generate", lambda: codes.pop(0))
    monkeypatch.setattr(services, "is_taken", lambda locator: answers.pop() if answers else really(locator))
    receipt, second = a_request(cast)
    assert not codes
    assert receipt.locator == second.locator != first.locator
    assert Request.objects.count() == 2


@pytest.mark.parametrize("name", ["bea", "chidi", "dana", "gita"])
def test_members_without_the_desk_key_cannot_read_or_answer(cast: Cast, name: str) -> None:
    _, request = a_request(cast)
    with pytest.raises(NotGranted):
        selectors.conversation_for_desk(request, cast.actor(name), today=TODAY)
    with pytest.raises(NotGranted):
        services.send_as_desk(request, cast.actor(name), "Hello.", today=TODAY)


def test_another_persons_key_opens_nothing(cast: Cast) -> None:
    receipt, _ = a_request(cast)
    _, other = a_request(cast)
    back = sessions.person_of_cookie(sessions.come_back(receipt.digits(), now=NOW), now=NOW)
    assert back is not None
    with pytest.raises(NotGranted):
        services.send_as_applicant(other, back[1], "Let me in.", (), today=TODAY)


@pytest.mark.parametrize("code", ["", "1234", "9" * 31, "not a code at all", "٣" * 32])
def test_what_is_not_a_code_opens_nothing(cast: Cast, code: str) -> None:
    with pytest.raises(ReceiptRefused):
        sessions.come_back(code, now=NOW)


def test_a_code_with_one_wrong_digit_opens_nothing(cast: Cast) -> None:
    receipt, _ = a_request(cast)
    digits = receipt.digits().replace(" ", "")
    for position in (6, 7, 31):
        wrong = digits[:position] + str((int(digits[position]) + 1) % 10) + digits[position + 1 :]
        with pytest.raises(ReceiptRefused):
            sessions.come_back(wrong, now=NOW)
    assert ApplicantSession.objects.count() == 0


def test_guessing_is_slowed_and_the_person_still_gets_in(cast: Cast) -> None:
    receipt, _ = a_request(cast)
    digits = receipt.digits().replace(" ", "")
    wrong = digits[:31] + str((int(digits[31]) + 1) % 10)
    for _ in range(5):
        with pytest.raises(ReceiptRefused):
            sessions.come_back(wrong, now=NOW)
    with pytest.raises(TooSoon) as slowed:
        sessions.come_back(digits, now=NOW)
    assert sessions.come_back(digits, now=NOW + timedelta(seconds=slowed.value.seconds))


def test_a_conversation_that_rests_is_closed(cast: Cast) -> None:
    receipt, _ = a_request(cast)
    cookie = sessions.come_back(receipt.digits(), now=NOW)
    assert sessions.person_of_cookie(cookie, now=NOW + timedelta(minutes=29)) is not None
    assert sessions.person_of_cookie(cookie, now=NOW + timedelta(minutes=60)) is None


def test_nobody_inside_russia_becomes_a_case(cast: Cast) -> None:
    _, request = a_request(cast)
    with pytest.raises(StillInside):
        cases.open_case(
            request, cast.actor("amal"), triage(country="ru"), HANDLING, wording=consents(CONSENTS).stamp, today=TODAY
        )
    assert Request.objects.get(pk=request.pk).case is None


def test_without_consent_there_is_no_case(cast: Cast) -> None:
    _, request = a_request(cast)
    refused = [cases.Consent(purpose="case_handling", given=False)]
    with pytest.raises(NotAllowed):
        cases.open_case(request, cast.actor("amal"), triage(), refused, wording=consents(CONSENTS).stamp, today=TODAY)


def test_advice_closes_a_request_without_a_case(cast: Cast) -> None:
    receipt, request = a_request(cast)
    services.close_with_advice(request, cast.actor("amal"), "Speak to a lawyer first.", today=TODAY)
    request.refresh_from_db()
    assert request.state == Request.State.ADVISED
    assert sessions.come_back(receipt.digits(), now=NOW)
