"""Forms as the questionnaires that the desk draws: what is asked, needed and refused, by the form's own rules."""

import datetime
from collections.abc import Mapping

import pytest

from safeconduct import packs
from safeconduct.core.canonical import Value
from safeconduct.core.questionnaires import (
    Answers,
    PartType,
    ProblemCode,
    Questionnaire,
    answers_in_view,
    broken,
    by_seal,
    decode_answers,
    encode_answers,
    missing,
    read_answers,
    sections_in_view,
    visible,
)
from safeconduct.core.xlsforms import Form, as_questionnaire, content_of, load_form, text_of_pack
from tests.core.xlsforms.books import CHOICES, form

NOW = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
SCHEMA = (packs.packs_folder() / "_schema" / "form.schema.json").read_bytes()


def drawn(read: Form) -> Questionnaire:
    pack = load_form(text_of_pack(content_of(read, version=1)), schema=SCHEMA)
    return as_questionnaire(pack, clock=lambda: NOW)


def given(questionnaire: Questionnaire, **parts: Value) -> Answers:
    """Answers by question: the value of the one part, or a mapping of parts, or a state alone."""
    values: dict[str, Value] = {}
    for id_, value in parts.items():
        if value in ("prefer_not_to_say", "dont_know"):
            values[id_] = {"state": value}
        else:
            is_parts = isinstance(value, Mapping) and "on" not in value
            values[id_] = {"state": "answered", "parts": value if is_parts else {"answer": value}}
    reading = read_answers(questionnaire, values)
    assert reading.problems == ()
    return reading.answers


def ids(questions: object) -> list[str]:
    return [question.id for question in questions]  # type: ignore[attr-defined]  # any iterable of questions


AID = drawn(
    form(
        ["begin group", "you", "You"],
        {
            "type": "integer",
            "name": "age",
            "label": "<b>How old?</b>",
            "required": "yes",
            "constraint": ". > 0",
            "constraint_message": "More than ${age}.",
        },
        {"type": "text", "name": "guardian", "label": "Who cares for you?", "relevant": "${age} < 18", "required": "${age} < 16"},
        ["end group"],
        ["note", "thanks", "# Thank you, you are ${age}."],
        {"type": "calculate", "name": "minor", "calculation": "if(${age} < 18, 'yes', 'no')"},
        {"type": "text", "name": "shown", "label": "Minor", "calculation": "${minor}", "read_only": "yes"},
        {"type": "date", "name": "since", "label": "Since when?", "constraint": ". <= today()"},
        {"type": "select_one towns", "name": "town", "label": "Town?", "choice_filter": "country = 'lv'"},
        {"type": "rank yn", "name": "order", "label": "Order?"},
        {"type": "acknowledge", "name": "read", "label": "Read?"},
        {"type": "text", "name": "ill", "label": "Ill?", "seals": "health"},
        {"type": "dateTime", "name": "when", "label": "When?"},
    )
)


def test_groups_are_sections_and_formatting_is_left_out() -> None:
    views = sections_in_view(AID, {})
    assert [view.section.title.en for view in views] == ["You", "form"]
    assert views[0].questions[0].ask.en == "How old?"


def test_what_is_asked_follows_the_answers() -> None:
    assert "guardian" not in ids(visible(AID, {}))
    assert "guardian" in ids(visible(AID, given(AID, age="17")))
    assert "guardian" not in answers_in_view(AID, given(AID, age="18", guardian="x"))


def test_what_is_needed_follows_the_answers() -> None:
    assert ids(missing(AID, {})) == ["age"]
    assert ids(missing(AID, given(AID, age="17"))) == []
    assert ids(missing(AID, given(AID, age="15"))) == ["guardian"]


@pytest.mark.parametrize("state", ["prefer_not_to_say", "dont_know"])
def test_nobody_has_to_answer_what_they_would_rather_not(state: str) -> None:
    assert ids(missing(AID, given(AID, age=state))) == []


def test_notes_and_computed_answers_are_only_shown() -> None:
    asked = {question.id: question for question in visible(AID, given(AID, age="9"))}
    assert (asked["thanks"].ask.en, asked["thanks"].parts) == ("Thank you, you are 9.", ())
    assert asked["shown"].parts == ()
    assert asked["shown"].hint is not None
    assert asked["shown"].hint.en == "yes"


def test_choices_are_narrowed() -> None:
    asked = {question.id: question for question in visible(AID, {})}
    assert [(option.id, option.label.en) for option in asked["town"].parts[0].options] == [
        ("riga", "Riga"),
        ("liepaja", "Liepāja"),
    ]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"age": "0"}, ProblemCode.NOT_ACCEPTED),
        ({"age": "1.5"}, ProblemCode.NOT_A_WHOLE_NUMBER),
        ({"since": {"on": "2026-12"}}, ProblemCode.NOT_A_WHOLE_DATE),
        ({"since": {"on": "2026-12-01"}}, ProblemCode.NOT_ACCEPTED),
        ({"town": "tallinn"}, ProblemCode.NOT_AN_OPTION),
        ({"order": {"place1": "yes"}}, ProblemCode.REQUIRED),
        ({"order": {"place1": "yes", "place2": "yes"}}, ProblemCode.REPEATED),
        ({"when": "yesterday"}, ProblemCode.NOT_A_WHOLE_DATE),
    ],
)
def test_what_a_rule_speaks_against_is_told(answer: dict[str, Value], code: ProblemCode) -> None:
    found = broken(AID, given(AID, **answer))
    assert [(each.question, each.code) for each in found] == [(next(iter(answer)), code)]


@pytest.mark.parametrize(
    "answer",
    [
        {"age": "18"},
        {"since": {"on": "2026-11-22"}},
        {"town": "riga"},
        {"order": {"place1": "no", "place2": "yes"}},
        {"read": ["OK"]},
        {"when": "2026-11-22 10:00"},
    ],
)
def test_what_fits_is_not_spoken_against(answer: dict[str, Value]) -> None:
    assert broken(AID, given(AID, **answer)) == ()


def test_a_rule_speaks_in_the_forms_own_words() -> None:
    (problem,) = broken(AID, given(AID, age="-3"))
    assert problem.say is not None
    assert problem.say.fr == "More than -3."


def test_answers_are_sealed_where_the_form_says() -> None:
    assert {seal.value: list(answers) for seal, answers in by_seal(AID, given(AID, ill="x", age="9")).items()} == {
        "health": ["ill"],
        "account": ["age"],
    }


def test_answers_are_bound_to_the_form_under_which_they_were_given() -> None:
    answers = given(AID, age="9", since={"on": "2026-11-22"}, read=["OK"])
    assert decode_answers(AID, encode_answers(AID.stamp, answers)) == answers


FAMILY = drawn(
    form(
        {"type": "begin repeat", "name": "person", "label": "People"},
        {"type": "text", "name": "called", "label": "Called?", "required": "yes"},
        {"type": "integer", "name": "years", "label": "Years?", "constraint": ". < 120"},
        {"type": "begin repeat", "name": "trip", "label": "Trips"},
        {"type": "select_one yn", "name": "abroad", "label": "Abroad?", "required": "${years} > 17"},
        ["end repeat"],
        ["end repeat"],
        {"type": "note", "name": "many", "label": "${called}", "relevant": "count(${person}) > 1 and count(${trip}) > 0"},
        choices=CHOICES,
    )
)


def test_repeats_are_questions_with_rows() -> None:
    person, trip = list(FAMILY.questions())[:2]
    assert (person.parts[0].type, [column.id for column in person.parts[0].columns]) == (PartType.TIMELINE, ["called", "years"])
    assert [column.id for column in trip.parts[0].columns] == ["row#", "abroad"]
    assert trip.parts[0].columns[0].label is not None


def test_rows_are_judged_one_by_one() -> None:
    answers = given(FAMILY, person=[{"called": "Ana"}, {"years": "200"}])
    assert [(each.code, each.row, each.column) for each in broken(FAMILY, answers)] == [
        (ProblemCode.REQUIRED, 1, "called"),
        (ProblemCode.NOT_ACCEPTED, 1, "years"),
    ]


def test_rows_of_rows_belong_to_the_row_that_they_name() -> None:
    people: Value = [{"called": "Ana", "years": "40"}, {"called": "Bo", "years": "9"}]
    fine = given(FAMILY, person=people, trip=[{"row#": 1, "abroad": "yes"}, {"row#": 2}])
    assert broken(FAMILY, fine) == ()
    assert ids(visible(FAMILY, fine)) == ["person", "trip", "many"]
    assert next(each for each in visible(FAMILY, fine) if each.id == "many").ask.en == "Ana, Bo"
    wanting = given(FAMILY, person=people, trip=[{"row#": 1}])
    assert [(each.question, each.code) for each in broken(FAMILY, wanting)] == [("trip", ProblemCode.REQUIRED)]
