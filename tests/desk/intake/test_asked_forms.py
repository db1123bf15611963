"""A desk asks for an imported form; the person answers behind their code; both are bound to its version."""

from pathlib import Path

import pytest

from safeconduct import packs
from safeconduct.cli.main import main
from safeconduct.desk.intake import asked_forms
from safeconduct.desk.intake.middleware import CONVERSATION_COOKIE
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.sessions import come_back
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.web import clock
from tests.cast import TODAY, Cast, a_request
from tests.core.xlsforms import books

pytestmark = pytest.mark.django_db
WORK = (
    {"type": "select_one yn", "name": "served", "label": "Did you serve?", "required": "yes"},
    {"type": "text", "name": "unit", "label": "In which unit?", "relevant": "${served} = 'yes'", "required": "yes"},
    {
        "type": "integer",
        "name": "months",
        "label": "For how many months?",
        "relevant": "${served} = 'yes'",
        "constraint": ". < 600",
        "constraint_message": "So long?",
    },
)


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a form that was imported from the command line."""
    monkeypatch.setattr(packs, "imported_folder", lambda: tmp_path / "packs" / "questionnaires")
    monkeypatch.setenv("SAFECONDUCT_HOME", str(tmp_path))
    settings = [["form_id", "form_title", "version"], ["work", "Your service", "1"]]
    (tmp_path / "work.xlsx").write_bytes(books.survey(*WORK, settings=settings))
    assert main(["forms", "import", str(tmp_path / "work.xlsx")]) == 0
    (name,) = packs.imported_names()
    return name


def asked(cast: Cast, imported: str) -> tuple[str, Request, str]:
    """(address of the person's form, the request, the person's cookie)"""
    receipt, request = a_request(cast)
    client = cast.client("amal")
    typed = {"form": packs.questionnaire(imported).stamp.id, "text": "A few questions before we go on."}
    assert client.post(f"/desk/requests/{request.id}/forms/", typed).status_code == 302
    (form,) = asked_forms.of_desk(request, cast.actor("amal"), today=TODAY)
    return f"/conversation/forms/{form.id}/", request, come_back(receipt.digits(), now=clock.now())


def test_the_person_sees_the_form_and_answers_what_applies(cast: Cast, imported: str) -> None:
    address, request, cookie = asked(cast, imported)
    person = cast.stranger()
    person.cookies[CONVERSATION_COOKIE] = cookie
    assert "Your service" in person.get("/conversation/").content.decode()
    page = person.get(address).content.decode()
    assert "Did you serve?" in page
    assert "In which unit?" not in page
    brought_up = person.post(address, {"served.answer": "yes"})
    assert brought_up.status_code == 422
    assert "In which unit?" in brought_up.content.decode()
    assert person.post(address, {"served.answer": "yes", "unit.answer": "Transport", "months.answer": "3"}).status_code == 302
    seen = cast.client("farah").get(f"/desk/requests/{request.id}/forms/").content.decode()
    assert "Transport" in seen
    request.refresh_from_db()
    assert request.awaits_desk


def test_a_broken_rule_says_so_and_keeps_nothing(cast: Cast, imported: str) -> None:
    address, request, cookie = asked(cast, imported)
    person = cast.stranger()
    person.cookies[CONVERSATION_COOKIE] = cookie
    answer = person.post(address, {"served.answer": "yes", "unit.answer": "Transport", "months.answer": "900"})
    assert answer.status_code == 422
    assert "So long?" in answer.content.decode()
    (form,) = asked_forms.of_desk(request, cast.actor("amal"), today=TODAY)
    assert form.answered_on is None


def test_any_question_can_be_declined(cast: Cast, imported: str) -> None:
    address, request, cookie = asked(cast, imported)
    person = cast.stranger()
    person.cookies[CONVERSATION_COOKIE] = cookie
    assert person.post(address, {"served.reply": "prefer_not_to_say"}).status_code == 302
    (form,) = asked_forms.of_desk(request, cast.actor("amal"), today=TODAY)
    assert form.answers["served"]["state"] == "prefer_not_to_say"


def test_nobody_answers_the_form_of_another(cast: Cast, imported: str) -> None:
    address, _, _ = asked(cast, imported)
    receipt, other = a_request(cast)
    person = cast.stranger()
    person.cookies[CONVERSATION_COOKIE] = come_back(receipt.digits(), now=clock.now())
    assert person.get(address).status_code == 404
    assert not asked_forms.of_desk(other, cast.actor("amal"), today=TODAY)


def test_another_desk_cannot_ask(cast: Cast, imported: str) -> None:
    _, request = a_request(cast)
    with pytest.raises(NotGranted):
        asked_forms.ask(request, cast.actor("chidi"), packs.questionnaire(imported), "Why", today=TODAY)
    assert cast.client("chidi").get(f"/desk/requests/{request.id}/forms/").status_code == 404


def test_the_page_says_how_to_import_where_there_is_no_form(cast: Cast) -> None:
    _, request = a_request(cast)
    assert "forms import" in cast.client("amal").get(f"/desk/requests/{request.id}/forms/").content.decode()
