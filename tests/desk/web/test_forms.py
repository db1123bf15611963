"""An imported form on the desk's pages: drawn, filled in, refused and read back like any questionnaire."""

import datetime

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from safeconduct import packs
from safeconduct.core.questionnaires import Questionnaire, broken, missing, read_answers, sections_in_view, visible
from safeconduct.core.xlsforms import as_questionnaire, content_of, load_form, text_of_pack
from safeconduct.desk.web.answers import told
from safeconduct.desk.web.asking import Asking, posted_values, values_of
from tests.core.xlsforms.books import form

SCHEMA = (packs.packs_folder() / "_schema" / "form.schema.json").read_bytes()


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    read = form(
        {"type": "note", "name": "hello", "label": "Welcome <script>alert(1)</script>"},
        {
            "type": "integer",
            "name": "age",
            "label": "How old?",
            "required": "yes",
            "constraint": ". < 120",
            "constraint_message": "Too old.",
        },
        {"type": "select_one towns", "name": "town", "label": "Where?", "relevant": "${age} > 17"},
        {"type": "begin repeat", "name": "trip", "label": "Trips"},
        {"type": "date", "name": "left", "label": "Left on"},
        ["end repeat"],
    )
    pack = load_form(text_of_pack(content_of(read, version=1)), schema=SCHEMA)
    return as_questionnaire(pack, clock=lambda: datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC))


def page(questionnaire: Questionnaire, post: str = "") -> str:
    values = posted_values(list(questionnaire.questions()), QueryDict(post))
    reading = read_answers(questionnaire, values)
    problems = [*reading.problems, *broken(questionnaire, reading.answers)]
    asking = Asking("en", values, problems)
    drawn = [asking.section(view) for view in sections_in_view(questionnaire, reading.answers)]
    return "".join(
        render_to_string("web/asking/question.html", {"question": each}) for section in drawn for each in section.questions
    )


def test_a_form_is_drawn(questionnaire: Questionnaire) -> None:
    html = page(questionnaire)
    assert 'name="age.answer"' in html
    assert 'name="trip.answer.0.left.on"' in html
    assert "Where?" not in html


def test_a_note_is_shown_and_asks_for_nothing(questionnaire: Questionnaire) -> None:
    html = page(questionnaire)
    assert "Welcome" in html
    assert "<script>" not in html
    assert 'name="hello.reply"' not in html
    assert 'name="age.reply"' in html


def test_what_is_asked_follows_what_was_posted(questionnaire: Questionnaire) -> None:
    assert 'name="town.answer" value="riga"' in page(questionnaire, "age.answer=20")
    assert "Too old." in page(questionnaire, "age.answer=200")


def test_answers_are_read_back_in_words(questionnaire: Questionnaire) -> None:
    post = QueryDict("age.answer=20&town.answer=riga&trip.answer.0.left.on=2026-01-31")
    reading = read_answers(questionnaire, posted_values(list(questionnaire.questions()), post))
    assert reading.problems == ()
    assert missing(questionnaire, reading.answers) == ()
    lines = {each.id: each.lines for each in told(questionnaire, values_of(reading.answers), "en")}
    assert lines["town"] == [("", "Riga")]
    assert "2026" in lines["trip"][0][1]


def test_nobody_has_to_say_how_old_they_are(questionnaire: Questionnaire) -> None:
    reading = read_answers(
        questionnaire, posted_values(list(questionnaire.questions()), QueryDict("age.reply=prefer_not_to_say"))
    )
    assert missing(questionnaire, reading.answers) == ()
    assert "town" not in [question.id for question in visible(questionnaire, reading.answers)]
