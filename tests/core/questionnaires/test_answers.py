"""Answers are read by type; each problem is named, with its place, and shows nothing of the answer."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct import packs
from safeconduct.core import canonical
from safeconduct.core.canonical import Value
from safeconduct.core.questionnaires import (
    AnswerState,
    AnswersUnreadable,
    PackChanged,
    PackStamp,
    ProblemCode,
    answer_value,
    decode_answers,
    encode_answers,
    read_answer,
    read_answers,
    shown_parts,
    stamp_of,
)
from tests.core.questionnaires.replies import sheets

SCREENING = packs.questionnaire(packs.SCREENING)


def parts(**given_parts: Any) -> dict[str, Any]:  # Any: answers of every wrong shape
    return {"state": "answered", "parts": given_parts}


REFUSED = [
    ("q1", {}, ProblemCode.WRONG_SHAPE),
    ("q1", "yes", ProblemCode.WRONG_SHAPE),
    ("q1", {"state": "maybe"}, ProblemCode.WRONG_SHAPE),
    ("q1", {"state": "answered", "reach": "everyone"}, ProblemCode.WRONG_SHAPE),
    ("q1", {"state": "answered", "more": 1}, ProblemCode.WRONG_SHAPE),
    ("q1", {"state": "answered"}, ProblemCode.NOTHING_GIVEN),
    ("q1", parts(safe=None, call_back="  "), ProblemCode.NOTHING_GIVEN),
    ("q1", parts(safe="yes"), ProblemCode.WRONG_SHAPE),
    ("q1", parts(call_back="later"), ProblemCode.REQUIRED),
    ("q1", parts(safe=True, other="x"), ProblemCode.UNKNOWN_PART),
    ("q1", {"state": "dont_know", "parts": {"safe": True}}, ProblemCode.NO_CONTENT_ALLOWED),
    ("q2", parts(channels="signal"), ProblemCode.WRONG_SHAPE),
    ("q2", parts(channels=["pigeon"]), ProblemCode.NOT_AN_OPTION),
    ("q2", parts(channels=["signal", "signal"]), ProblemCode.REPEATED),
    ("q3", parts(word="x" * 501), ProblemCode.TOO_LONG),
    ("q3", parts(word="a\nb"), ProblemCode.UNPRINTABLE),
    ("q3", parts(word="a\x00b"), ProblemCode.UNPRINTABLE),
    ("q3", parts(word=5), ProblemCode.WRONG_SHAPE),
    ("q4", parts(where={"country": "Kazakhstan"}), ProblemCode.NOT_A_COUNTRY),
    ("q4", parts(where={"country": "KZ", "town": "Almaty"}), ProblemCode.TOO_CLOSE),
    ("q4", parts(where={"country": "KZ", "street": "x"}), ProblemCode.WRONG_SHAPE),
    ("q4", parts(where={"country": "KZ", "region": 3}), ProblemCode.WRONG_SHAPE),
    ("q7", parts(purposes=["case_handling", "none"]), ProblemCode.EXCLUSIVE_WITH_OTHERS),
    ("q11", parts(born={"on": "1990-02-30"}), ProblemCode.NO_SUCH_DATE),
    ("q11", parts(born="1990"), ProblemCode.WRONG_SHAPE),
    ("q11", parts(born={"on": "1990", "about": "yes"}), ProblemCode.WRONG_SHAPE),
    ("q12", parts(current=["RUS"]), ProblemCode.NOT_A_COUNTRY),
    ("q14", parts(files=["../etc/passwd"]), ProblemCode.WRONG_SHAPE),
    ("q14", parts(files=[f"f{n}" for n in range(51)]), ProblemCode.TOO_MANY),
    ("q15", parts(dependants={}), ProblemCode.NOTHING_GIVEN),
    ("q15", parts(dependants="two"), ProblemCode.WRONG_SHAPE),
    ("q15", parts(dependants=[{"relation": "child"}] * 101), ProblemCode.TOO_MANY),
    ("q15", parts(dependants=[{}]), ProblemCode.EMPTY_ROW),
    ("q15", parts(dependants=[{"number": 2}]), ProblemCode.REQUIRED),
    ("q15", parts(dependants=[{"relation": "child", "number": "two"}]), ProblemCode.NOT_A_NUMBER),
    ("q15", parts(dependants=[{"relation": "child", "number": -1}]), ProblemCode.NOT_A_NUMBER),
    ("q15", parts(dependants=[{"relation": "child", "name": "x"}]), ProblemCode.WRONG_SHAPE),
    ("q17", parts(category="general"), ProblemCode.NOT_AN_OPTION),
    (
        "q23",
        parts(units=[{"unit": "x", "dates": {"from": {"on": "2023"}, "to": {"on": "2022"}}}]),
        ProblemCode.ENDS_BEFORE_IT_BEGINS,
    ),
    ("q23", parts(units=[{"unit": "x", "dates": {"begin": {"on": "2023"}}}]), ProblemCode.WRONG_SHAPE),
]


@pytest.mark.parametrize(("question", "value", "code"), REFUSED)
def test_what_does_not_fit_is_named(question: str, value: Value, code: ProblemCode) -> None:
    answer, problems = read_answer(SCREENING.question(question), value)
    assert answer is None
    assert [problem.code for problem in problems] == [code]


def test_a_problem_in_a_timeline_says_which_row_and_column() -> None:
    rows = [{"relation": "child", "number": 1}, {"relation": "parent", "number": "many"}]
    _, (problem,) = read_answer(SCREENING.question("q15"), parts(dependants=rows))
    assert (problem.part, problem.row, problem.column) == ("dependants", 1, "number")


def test_every_problem_of_an_answer_is_told_at_once() -> None:
    _, problems = read_answer(SCREENING.question("q19"), parts(issued={"on": "x"}, appear={"on": "y"}, served="mail"))
    assert [problem.part for problem in problems] == ["issued", "appear", "served"]


def test_limits_come_with_the_problem_and_nothing_else_does() -> None:
    _, (problem,) = read_answer(SCREENING.question("q3"), parts(word="secretword" * 60))
    assert problem.parameters == {"limit": 500}
    assert "secretword" not in repr(problem)


def test_a_question_that_does_not_exist_is_named_and_the_others_are_read() -> None:
    reading = read_answers(SCREENING, {"q1": parts(safe=True), "q99": parts(safe=True)})
    assert set(reading.answers) == {"q1"}
    assert [(problem.question, problem.code) for problem in reading.problems] == [("q99", ProblemCode.UNKNOWN_QUESTION)]


def test_every_question_accepts_the_two_other_replies() -> None:
    for state in (AnswerState.PREFER_NOT_TO_SAY, AnswerState.DONT_KNOW):
        for question in SCREENING.questions():
            answer, problems = read_answer(question, {"state": state.value})
            assert problems == ()
            assert answer is not None
            assert answer.state is state


def test_a_part_is_shown_by_what_is_answered_beside_it() -> None:
    question = SCREENING.question("q16")
    calm, _ = read_answer(question, parts(happened=False))
    visited, _ = read_answer(question, parts(happened=True))
    assert [part.id for part in shown_parts(question, None)] == ["happened"]
    assert [part.id for part in shown_parts(question, calm)] == ["happened"]
    assert [part.id for part in shown_parts(question, visited)] == ["happened", "what"]


def test_text_is_kept_in_one_form() -> None:
    answer, _ = read_answer(SCREENING.question("q31"), parts(account="  e\u0301tat\r\nligne  "))
    assert answer is not None
    assert answer.parts["account"] == "état\nligne"


def test_answers_do_not_show_themselves() -> None:
    answer, _ = read_answer(SCREENING.question("q4"), parts(where={"country": "KZ", "region": "Almaty"}))
    assert answer is not None
    assert "Almaty" not in repr(answer)
    assert "Almaty" not in repr(answer.parts["where"])


@given(sheets(SCREENING))
@settings(max_examples=80)
def test_good_answers_are_read_written_and_read_again_unchanged(values: dict[str, Value]) -> None:
    reading = read_answers(SCREENING, values)
    assert reading.problems == ()
    assert set(reading.answers) == set(values)
    encoded = encode_answers(SCREENING.stamp, reading.answers)
    assert decode_answers(SCREENING, encoded) == reading.answers
    assert stamp_of(encoded) == SCREENING.stamp
    again = read_answers(SCREENING, {id_: answer_value(answer) for id_, answer in reading.answers.items()})
    assert again == reading


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=8) | st.sampled_from(["answered", "KZ", "2022-09"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["state", "parts", "reach", "on", "from", "country", "where", "units", "born", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from([question.id for question in SCREENING.questions()]), ANYTHING)
@settings(max_examples=300)
def test_anything_at_all_is_an_answer_or_a_problem_never_both(question: str, value: Value) -> None:
    answer, problems = read_answer(SCREENING.question(question), value)
    assert (answer is None) == bool(problems)


def test_answers_given_under_another_content_are_refused() -> None:
    other = PackStamp(SCREENING.stamp.kind, SCREENING.stamp.id, SCREENING.stamp.version, "00" * 32)
    with pytest.raises(PackChanged):
        decode_answers(SCREENING, encode_answers(other, {}))


@pytest.mark.parametrize(
    "sheet",
    [
        [],
        {"answers": {}},
        {"pack": SCREENING.stamp.value(), "answers": []},
        {"pack": SCREENING.stamp.value(), "answers": {"q99": {"state": "dont_know"}}},
        {"pack": SCREENING.stamp.value(), "answers": {"q1": {"state": "answered"}}},
        {"pack": SCREENING.stamp.value(), "answers": {}, "more": 1},
    ],
)
def test_a_sheet_that_was_never_written_is_refused(sheet: Value) -> None:
    with pytest.raises(AnswersUnreadable):
        decode_answers(SCREENING, canonical.encode(sheet))
