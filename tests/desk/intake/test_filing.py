"""The request form as a person meets it: on one page, in steps, with nothing lost and nothing kept on the way."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeconduct import packs
from safeconduct.core.custody import Purpose
from safeconduct.desk.intake import drawing
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.services import opened_by_desk
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db
ENOUGH = {
    "where.place.country": "KZ",
    "who_reads.readers": "this_desk",
    "contact.way": "here",
    "language.tongue": "russian",
    "consent.purposes": ["case_handling", "statistics"],
}
PACK = packs.questionnaire(packs.REQUEST)


def code_in(page: str) -> str:
    """The code that a page shows."""
    found = re.search(r'id="code">([\d ]+)<', page)
    assert found, page
    return found[1]


def hidden_in(page: str) -> dict[str, list[str]]:
    """What travels along in the form of a step."""
    carried: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page):
        if name not in ("csrfmiddlewaretoken", "next"):
            carried.setdefault(unescape(name), []).append(unescape(value))
    return carried


def record(cast: Cast, kind: str) -> dict[str, Any]:  # Any: canonical values
    """A record of the one request, as the desk reads it."""
    with opened_by_desk(Request.objects.get(), cast.actor("amal"), Purpose.TRIAGE, today=TODAY) as file:
        found = file.newest(kind)
    assert found is not None
    return found.content


def test_consents_are_shown_and_recorded_in_the_exact_words_of_their_pack(cast: Cast) -> None:
    page = unescape(cast.stranger().get("/ask/lantern/").content.decode())
    for purpose in ("case_handling", "lawyer", "statistics"):
        wording = packs.consents(packs.CONSENTS).purpose(purpose).wording
        assert wording.filled(organisation="Lantern").en in page
    cast.stranger().post("/ask/lantern/", ENOUGH)
    kept = record(cast, "consents")
    assert kept["wording"] == packs.consents(packs.CONSENTS).stamp.value()
    assert {name: said["given"] for name, said in kept["purposes"].items()} == {
        "case_handling": True,
        "lawyer": False,
        "statistics": True,
    }


@pytest.mark.parametrize("purposes", [[], ["lawyer"]])
def test_without_consent_nothing_is_kept(cast: Cast, purposes: list[str]) -> None:
    answer = cast.stranger().post("/ask/lantern/", {**ENOUGH, "consent.purposes": purposes})
    assert answer.status_code == 422
    assert Request.objects.count() == 0


def test_every_question_takes_that_one_prefers_not_to_say(cast: Cast) -> None:
    silent = {f"{question.id}.reply": "prefer_not_to_say" for question in PACK.questions() if question.id != "consent"}
    answer = cast.stranger().post("/ask/lantern/", {**silent, "consent.purposes": "case_handling"})
    assert code_in(answer.content.decode())
    answers = record(cast, "request")["answers"]
    assert (
        answers["account"] == {"state": "prefer_not_to_say", "parts": {}, "reach": "section"} or "parts" not in answers["account"]
    )


def test_one_answer_can_be_kept_to_the_desk(cast: Cast) -> None:
    cast.stranger().post("/ask/lantern/", {**ENOUGH, "account.story": "They came.", "account.desk_only": "1"})
    answers = record(cast, "request")["answers"]
    assert answers["account"]["reach"] == "desk_only"
    assert answers["where"]["reach"] == "section"


def test_what_is_only_for_those_who_write_for_others_is_dropped_from_those_who_do_not(cast: Cast) -> None:
    cast.stranger().post("/ask/lantern/", {**ENOUGH, "for_whom.who": "me", "writer.tie": "friend"})
    assert "writer" not in record(cast, "request")["answers"]


def test_steps_ask_one_section_after_another_and_lose_nothing(cast: Cast) -> None:
    browser, address = cast.stranger(), "/ask/lantern/steps/"
    page = browser.get(address).content.decode()
    typed: list[dict[str, Any]] = [
        {"for_whom.who": "other", "where.place.country": "KZ"},
        {"writer.tie": "friend"},
        {"account.story": 'Ёлка & <b>берёза</b> "сосна"'},
        {"contact.way": "here", "language.tongue": "russian"},
        {"who_reads.readers": "this_desk", "consent.purposes": ["case_handling"]},
    ]
    for fields in typed[:-1]:
        if "writer.tie" in fields:
            # The answer before has brought up a question of the same step, beside those that are already answered.
            fields = {**typed[0], **fields}
        sent = {**hidden_in(page), **fields, "go": "on"}
        page = browser.post(address, sent).content.decode()
    assert Request.objects.count() == 0
    answer = browser.post("/ask/lantern/", {**hidden_in(page), **typed[-1]})
    assert code_in(answer.content.decode())
    answers = record(cast, "request")["answers"]
    assert answers["account"]["parts"]["story"] == typed[2]["account.story"]
    assert answers["writer"]["parts"]["tie"] == "friend"


def test_a_step_that_lacks_something_says_so_and_going_back_keeps_what_is_there(cast: Cast) -> None:
    browser, address = cast.stranger(), "/ask/lantern/steps/"
    page = browser.get(address).content.decode()
    refused = browser.post(address, {**hidden_in(page), "go": "on"})
    assert refused.status_code == 422
    page = browser.post(address, {**hidden_in(page), "where.place.country": "AM", "go": "on"}).content.decode()
    assert "Step 2 of 4" in page
    page = browser.post(address, {**hidden_in(page), "account.story": "half", "go": "back"}).content.decode()
    assert "Step 1 of 4" in page
    assert '<option value="AM" selected>' in page
    assert hidden_in(page)["account.story"] == ["half"]


def test_an_empty_form_is_drawn_once_for_everybody_and_holds_nothing_of_anybody(cast: Cast) -> None:
    drawing.blank_form.cache_clear()
    first, second = (cast.stranger().get("/ask/lantern/").content.decode() for _ in range(2))
    assert drawing.blank_form.cache_info().misses == 1
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
    assert token.sub("", first) == token.sub("", second)
    cast.stranger().post("/ask/lantern/", {"account.story": "quaggafjord", "where.place.country": "KZ"})
    assert "quaggafjord" not in cast.stranger().get("/ask/lantern/").content.decode()
    assert "quaggafjord" not in str(drawing.blank_form(PACK.stamp, "en", "Lantern"))


def test_languages_have_forms_of_their_own(cast: Cast) -> None:
    pages = [Client(headers={"accept-language": code}).get("/ask/lantern/").content.decode() for code in ("ru", "fr", "en")]
    assert len({re.findall(r"<legend>([^<]+)", page)[0] for page in pages}) == 3


def test_advice_for_people_inside_says_that_no_file_is_kept(cast: Cast) -> None:
    for code, word in (("en", "no case file"), ("fr", "aucun dossier"), ("ru", "Дел на людей")):
        page = Client(headers={"accept-language": code}).get("/advice/").content.decode()
        assert word in page
        assert 'rel="noreferrer noopener"' in page


NAMES = [f"{question.id}.{part.id}" for question in PACK.questions() for part in question.parts]
NAMES += [f"{question.id}.reply" for question in PACK.questions()]
NAMES += [
    "where.place.country",
    "where.place.region",
    "deadline.day.on",
    "deadline.day.about",
    "here",
    "go",
    "asked",
    "word",
    "x.y",
    "",
]


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.text(max_size=40), max_size=3), max_size=12))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_form_that_anybody_sends_ends_in_an_error(cast: Cast, fields: dict[str, list[str]]) -> None:
    for address in ("/ask/lantern/", "/ask/lantern/steps/"):
        answer = cast.stranger().post(address, {name: values for name, values in fields.items() if values})
        assert answer.status_code in (200, 422)
