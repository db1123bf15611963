"""The second code: a harmless thread like any fresh request, an alarm for the desk, a database that tells nobody who has one."""

import re

import pytest
from django.test import Client

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.custody.models import Entry
from safeconduct.desk.intake import pressure, second_codes, sessions
from safeconduct.desk.intake.errors import ReceiptRefused
from safeconduct.desk.intake.models import ApplicantSession, Request
from safeconduct.desk.intake.services import opened_by_desk
from safeconduct.desk.vault.secrets import Receipt
from safeconduct.desk.web import clock
from tests.cast import NOW, TODAY, Cast, a_request
from tests.desk.intake.test_filing import ENOUGH, code_in
from tests.desk.intake.test_person import back

pytestmark = pytest.mark.django_db


def forced(cast: Cast) -> tuple[Receipt, Receipt, Request]:
    """A real request whose author made a second code: the real code, the second one, the request."""
    receipt, request = a_request(cast, word="жирафик")
    second = pressure.make_second_code(request)
    request.refresh_from_db()
    return receipt, second, request


def seen(browser: Client, address: str) -> str:
    """A page without its form tokens."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", browser.get(address).content.decode())


def test_the_second_code_opens_another_thread_and_raises_the_alarm(cast: Cast) -> None:
    receipt, second, request = forced(cast)
    browser = back(cast, second)
    page = seen(browser, "/conversation/")
    assert "Your request has arrived" in page
    assert "жирафик" not in page
    answers = seen(browser, "/conversation/answers/")
    assert pressure.QUESTION.en in answers
    assert "I was called up" not in answers
    request.refresh_from_db()
    assert (request.alarm_on, request.awaits_desk) == (clock.today(), True)
    bodies = [bytes(entry.body).decode() for entry in Entry.objects.all()]
    assert any(Act.ALARM_RAISED in body and request.id in body for body in bodies)
    assert sessions.come_back(receipt.digits(), now=NOW)


def test_a_watcher_cannot_tell_the_thread_from_a_fresh_request(cast: Cast) -> None:
    """Page for page, byte for byte: only what was asked differs, and that is ordinary."""
    _, second, _ = forced(cast)
    told = {"need": {"needs": ["advice"]}, "consent": {"purposes": ["case_handling"]}}
    fresh, _ = a_request(cast, story=pressure.QUESTION.en, more=told)
    for page in ("", "answers/", "answers/change/", "agreed/", "deletion/", "proof/", "safety/"):
        assert seen(back(cast, second), f"/conversation/{page}") == seen(back(cast, fresh), f"/conversation/{page}"), page


def test_the_same_thread_opens_again_with_what_was_written_in_it(cast: Cast) -> None:
    _, second, request = forced(cast)
    back(cast, second).post("/conversation/", {"text": "Thank you, I am waiting."})
    assert "I am waiting" in seen(back(cast, second), "/conversation/")
    assert Request.objects.exclude(pk=request.pk).count() == 1


def test_opening_it_closes_the_real_conversation_in_other_browsers(cast: Cast) -> None:
    receipt, second, request = forced(cast)
    real = back(cast, receipt)
    back(cast, second)
    assert real.get("/conversation/").status_code == 302
    assert not ApplicantSession.objects.filter(request=request).exists()


def test_the_database_does_not_tell_who_has_a_second_code(cast: Cast) -> None:
    _, without = a_request(cast)
    _, _, with_one = forced(cast)
    for request in (without, with_one):
        assert request.pressure_locator is not None
        assert re.fullmatch(r"[0-9]{7}", request.pressure_locator)
        assert (len(bytes(request.pressure_salt)), len(bytes(request.pressure_check))) == (16, 32)
        assert (request.alarm_on, request.state) == (None, "new")
    assert Request.objects.count() == 2


def test_neither_does_the_persons_own_page(cast: Cast) -> None:
    receipt, _, _ = forced(cast)
    other, _ = a_request(cast, word="жирафик")
    assert seen(back(cast, receipt), "/conversation/safety/") == seen(back(cast, other), "/conversation/safety/")


def test_a_random_code_on_somebodys_columns_opens_nothing_and_warns_nobody(cast: Cast) -> None:
    _, request = a_request(cast)
    guess = Receipt.parse(f"{request.pressure_locator}{'1' * 25}")
    assert second_codes.holder_of(request, guess, "x" * 16) is None
    with pytest.raises(ReceiptRefused):
        sessions.come_back(guess.digits(), now=NOW)
    request.refresh_from_db()
    assert request.alarm_on is None


def test_a_new_second_code_ends_the_old_one(cast: Cast) -> None:
    _, second, request = forced(cast)
    pressure.make_second_code(request)
    with pytest.raises(ReceiptRefused):
        sessions.come_back(second.digits(), now=NOW)
    request.refresh_from_db()
    assert request.alarm_on is None


def test_the_desk_knows_the_thread_by_its_card_and_answers_the_alarm(cast: Cast) -> None:
    _, second, request = forced(cast)
    back(cast, second)
    thread = Request.objects.exclude(pk=request.pk).get()
    with opened_by_desk(thread, cast.actor("amal"), Purpose.TRIAGE, today=TODAY) as file:
        card = file.newest("card")
    assert card is not None
    assert card.content["decoy"] == request.id
    pressure.answer_alarm(request, cast.actor("amal"), today=TODAY)
    request.refresh_from_db()
    assert request.alarm_on is None


def test_a_second_code_is_made_with_the_request_and_shown_once(cast: Cast) -> None:
    page = cast.stranger().post("/ask/lantern/", {**ENOUGH, "second": "on"}).content.decode()
    second = re.search(r'id="second">([\d ]+)<', page)
    assert second is not None
    assert code_in(page) != second[1]
    assert "Your request has arrived" in seen(back(cast, Receipt.parse(second[1])), "/conversation/")
    assert Request.objects.filter(alarm_on__isnull=False).count() == 1


def test_a_second_code_is_made_later_from_the_persons_page(cast: Cast) -> None:
    receipt, _ = a_request(cast)
    page = back(cast, receipt).post("/conversation/safety/", {"second": "1"}).content.decode()
    second = re.search(r'id="second">([\d ]+)<', page)
    assert second is not None
    assert sessions.come_back(second[1], now=NOW)


def test_a_thread_under_pressure_can_make_a_second_code_of_its_own(cast: Cast) -> None:
    """Whoever forces the person may try the button; it works there as everywhere."""
    _, second, _ = forced(cast)
    page = back(cast, second).post("/conversation/safety/", {"second": "1"}).content.decode()
    assert 'id="second"' in page
