"""The person's own page: reading and correcting, consents one by one, deletion with a day, a proof that names nobody."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeconduct import packs
from safeconduct.core.custody import Act, Purpose
from safeconduct.core.sealing import SigningPublicKey
from safeconduct.core.statements import Belief, Conclusion, verify_statement
from safeconduct.desk.custody.models import Entry
from safeconduct.desk.intake import person, proofs, sessions
from safeconduct.desk.intake.errors import CodeMistyped, ReceiptRefused
from safeconduct.desk.intake.middleware import CONVERSATION_COOKIE
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.services import opened_by_desk
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.secrets import Receipt, ReceiptLanguage, ReceiptProblem
from safeconduct.desk.web import clock
from tests.cast import NOW, TODAY, Cast, a_request
from tests.desk.intake.test_filing import ENOUGH, record

pytestmark = pytest.mark.django_db
PAGES = ("", "answers/", "answers/change/", "agreed/", "deletion/", "proof/", "safety/")


def back(cast: Cast, receipt: Receipt) -> Client:
    """The browser of a person who came back with their code."""
    browser = cast.stranger()
    browser.cookies[CONVERSATION_COOKIE] = sessions.come_back(receipt.digits(), now=clock.now())
    return browser


def filed(cast: Cast, **more: Any) -> tuple[Client, Request]:
    """A fresh request with every consent given, and its author's browser."""
    consent = {"consent": {"purposes": ["case_handling", "lawyer", "statistics"]}}
    receipt, request = a_request(cast, more={**consent, **more})
    return back(cast, receipt), request


def acts(request: Request) -> list[str]:
    """What the custody log says was done to a request."""
    bodies = [
        bytes(entry.body).decode() for entry in Entry.objects.order_by("position") if request.id in bytes(entry.body).decode()
    ]
    return [found[1] for body in bodies if (found := re.search(r'"act":"([a-z.]+)"', body))]


def test_the_person_reads_what_they_answered_and_corrects_it(cast: Cast) -> None:
    browser, request = filed(cast, where={"place": {"country": "RU", "region": "", "town": ""}})
    assert "I was called up and I left." in unescape(browser.get("/conversation/answers/").content.decode())
    form = {**ENOUGH, "account.story": "I was called up; I left in May.", "where.place.country": "KZ"}
    assert browser.post("/conversation/answers/change/", form).status_code == 302
    assert "I left in May" in browser.get("/conversation/answers/").content.decode()
    with opened_by_desk(request, cast.actor("amal"), Purpose.TRIAGE, today=TODAY) as file:
        now = file.newest("request")
        assert now is not None
        before = file.read(now.id, version=1)
        card = file.newest("card")
        message = file.newest("message")
    assert (now.version, before.content["answers"]["account"]["parts"]["story"]) == (2, "I was called up and I left.")
    assert card is not None
    assert (card.content["country"], card.content["inside"]) == ("KZ", False)
    assert message is not None
    assert "I have changed my answers to:" in message.content["text"]
    request.refresh_from_db()
    assert request.awaits_desk


def test_correcting_never_changes_what_was_agreed_to(cast: Cast) -> None:
    browser, _ = filed(cast)
    browser.post("/conversation/answers/change/", {**ENOUGH, "consent.purposes": []})
    assert record(cast, "request")["answers"]["consent"]["parts"]["purposes"] == ["case_handling", "lawyer", "statistics"]


def test_what_a_colleague_found_at_triage_outlives_a_correction(cast: Cast) -> None:
    browser, request = filed(cast)
    with opened_by_desk(request, cast.actor("amal"), Purpose.TRIAGE, today=TODAY) as file:
        card = file.newest("card")
        assert card is not None
        file.write(card.section, "card", {**card.content, "risk": "high"}, replaces=card)
    browser.post("/conversation/answers/change/", {**ENOUGH, "account.story": "More."})
    assert record(cast, "card")["risk"] == "high"


@pytest.mark.parametrize("purpose", ["lawyer", "statistics"])
def test_each_consent_is_withdrawn_by_itself_and_the_desk_sees_it(cast: Cast, purpose: str) -> None:
    browser, request = filed(cast)
    browser.post("/conversation/agreed/", {"purpose": purpose, "given": "no"})
    kept = record(cast, "consents")
    assert {name for name, said in kept["purposes"].items() if not said["given"]} == {purpose}
    assert kept["wording"] == packs.consents(packs.CONSENTS).stamp.value()
    request.refresh_from_db()
    assert (request.consents_changed_on, request.awaits_desk, request.deletion_due_on) == (clock.today(), True, None)
    assert Act.CONSENT_WITHDRAWN in acts(request)
    browser.post("/conversation/agreed/", {"purpose": purpose, "given": "yes"})
    assert record(cast, "consents")["purposes"][purpose]["given"]


@pytest.mark.parametrize("purpose", ["", "partner", "everything", "state_authority"])
def test_nobody_agrees_here_to_what_they_were_not_asked(cast: Cast, purpose: str) -> None:
    browser, request = filed(cast)
    browser.post("/conversation/agreed/", {"purpose": purpose, "given": "yes"})
    request.refresh_from_db()
    assert request.consents_changed_on is None


def test_withdrawing_what_everything_rests_on_asks_for_deletion(cast: Cast) -> None:
    browser, request = filed(cast)
    browser.post("/conversation/agreed/", {"purpose": "case_handling", "given": "no"})
    request.refresh_from_db()
    assert request.deletion_due_on is not None
    assert request.deletion_asked_on is not None
    assert (request.deletion_due_on - request.deletion_asked_on).days == 30


def test_deletion_is_asked_with_a_day_that_both_see_and_can_be_taken_back(cast: Cast) -> None:
    browser, request = filed(cast)
    browser.post("/conversation/deletion/", {"delete": "1"})
    request.refresh_from_db()
    assert request.deletion_asked_on == clock.today()
    day = request.deletion_due_on
    browser.post("/conversation/deletion/", {"delete": "1"})
    request.refresh_from_db()
    assert request.deletion_due_on == day
    assert acts(request).count(Act.DELETION_ASKED) == 1
    assert "You asked for deletion" in browser.get("/conversation/").content.decode()
    browser.post("/conversation/deletion/", {"keep": "1"})
    assert Request.objects.filter(pk=request.pk, deletion_asked_on=None, deletion_due_on=None).exists()


def test_a_proof_is_asked_for_signed_and_verified_and_names_nobody(cast: Cast) -> None:
    browser, request = filed(cast)
    assert browser.get("/conversation/proof/file/").status_code == 404
    browser.post("/conversation/proof/")
    request.refresh_from_db()
    assert request.proof_asked_on == clock.today()
    with pytest.raises(NotGranted):
        proofs.sign_proof(request, cast.actor("bea"), today=TODAY)
    assert cast.client("amal").post(f"/desk/requests/{request.id}/proof/").status_code == 302
    answer = browser.get("/conversation/proof/file/")
    encoded = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a download streams
    expected = bytes(cast.organisation("lantern").signing_public_key)

    def believes(organisation: str, key: SigningPublicKey, day: object) -> Belief:
        return Belief.VALID if (organisation, key.encode()) == ("lantern", expected) else Belief.UNKNOWN

    verdict = verify_statement(encoded, today=clock.today(), believes=believes)
    assert verdict.conclusion is Conclusion.HOLDS
    assert request.id.encode() not in encoded
    assert request.locator.encode() not in encoded
    assert cast.client("amal").get(f"/desk/requests/{request.id}/proof/").status_code == 404


def test_a_chosen_word_stands_on_each_own_page_and_the_desk_cannot_read_it(cast: Cast) -> None:
    receipt, request = a_request(cast, word="жирафик")
    browser = back(cast, receipt)
    for page in PAGES:
        assert "жирафик" in browser.get(f"/conversation/{page}").content.decode(), page
    with opened_by_desk(request, cast.actor("amal"), Purpose.TRIAGE, today=TODAY) as file:
        assert not any("жирафик" in str(each.content) for each in file.records())
    assert "жирафик" not in cast.client("amal").get(f"/desk/requests/{request.id}/").content.decode()
    browser.post("/conversation/safety/", {"word": "бегония"})
    assert "бегония" in browser.get("/conversation/").content.decode()


def test_the_row_does_not_tell_who_chose_a_word(cast: Cast) -> None:
    sizes = {len(bytes(a_request(cast, word=word)[1].sealed_word)) for word in ("", "ж", "ж" * 40)}
    assert len(sizes) == 1


@pytest.mark.parametrize("language", list(ReceiptLanguage))
def test_the_code_opens_the_conversation_in_words_of_any_language(cast: Cast, language: ReceiptLanguage) -> None:
    receipt, request = a_request(cast)
    typed = ", ".join(receipt.words(language)).upper()
    answer = cast.stranger().post("/", {"code": typed})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/conversation/")
    found = sessions.person_of_cookie(answer.cookies[CONVERSATION_COOKIE].value, now=clock.now())
    assert found is not None
    assert found[0] == request


def test_a_slip_in_a_word_is_named_and_costs_no_attempt(cast: Cast) -> None:
    receipt, _ = a_request(cast)
    words = receipt.words(ReceiptLanguage.RUSSIAN)
    for _ in range(20):
        with pytest.raises(CodeMistyped) as slip:
            sessions.come_back(" ".join([*words[:4], "ыыыы", *words[5:]]), now=NOW)
    assert (slip.value.problem, slip.value.word) == (ReceiptProblem.WORD, 5)
    page = cast.stranger().post("/", {"code": " ".join([*words[:4], "ыыыы", *words[5:]])}).content.decode()
    assert "Word 5 is not one of our words" in page
    assert sessions.come_back(" ".join(words), now=NOW)


@given(
    st.text(max_size=120)
    | st.lists(st.sampled_from(["музей", "мука", "table", "chat", "12", " ", "-"]), max_size=14).map(" ".join)
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_as_a_code_is_refused_calmly(cast: Cast, typed: str) -> None:
    with pytest.raises(ReceiptRefused):
        sessions.come_back(typed, now=NOW)
    assert cast.stranger().post("/", {"code": typed}).status_code == 422


def test_own_pages_are_for_whoever_came_with_the_code_alone(cast: Cast) -> None:
    for page in (*PAGES, "proof/file/"):
        answer = cast.stranger().get(f"/conversation/{page}")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_own_pages_leave_no_trace_that_tells(cast: Cast) -> None:
    """Neutral titles, nothing cached, no cookie that outlives the browser, and no address that says what was read."""
    browser, _ = filed(cast)
    for page in PAGES:
        answer = browser.get(f"/conversation/{page}")
        title = re.search(r"<title>(.*?)</title>", answer.content.decode())
        assert title is not None
        assert title[1].strip() == "Information"
        assert answer.headers["Cache-Control"] == "no-store"
        assert 'action="/leave/"' in answer.content.decode()
    left = browser.post("/leave/")
    assert "storage" in left.headers["Clear-Site-Data"]
    opened = cast.stranger().post("/", {"code": a_request(cast)[0].digits()})
    assert [cookie for cookie in opened.cookies.values() if cookie["max-age"] or cookie["expires"]] == []


def test_a_consent_changed_by_another_hand_is_not_believed(cast: Cast) -> None:
    _, request = filed(cast)
    receipt, _ = a_request(cast)
    stranger = sessions.person_of_cookie(sessions.come_back(receipt.digits(), now=NOW), now=NOW)
    assert stranger is not None
    for act in (person.ask_deletion, proofs.ask_proof):
        with pytest.raises(NotGranted):
            act(request, stranger[1], today=TODAY)
    with pytest.raises(NotGranted):
        person.change_consent(request, stranger[1], "lawyer", False, today=TODAY)
    request.refresh_from_db()
    assert request.deletion_asked_on is None
