"""Which of the screening questions are asked, what stops them, and what answers call for."""

import datetime
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct import packs
from safeconduct.core.canonical import Value
from safeconduct.core.questionnaires import (
    Answers,
    Flag,
    Questionnaire,
    Reach,
    Sealed,
    Stop,
    answers_in_view,
    by_seal,
    missing,
    prompts,
    read_answers,
    sections_in_view,
    stop,
    that_may_leave,
    visible,
)
from tests.core.questionnaires.replies import sheets

SCREENING = packs.questionnaire(packs.SCREENING)
REQUEST = packs.questionnaire(packs.REQUEST)
TODAY = datetime.date(2026, 11, 22)


def answered(**parts: Value) -> dict[str, Value]:
    return {"state": "answered", "parts": parts}


SILENT: dict[str, Value] = {"state": "prefer_not_to_say"}
DONT_KNOW: dict[str, Value] = {"state": "dont_know"}


def given_answers(values: Mapping[str, Value], questionnaire: Questionnaire = SCREENING) -> Answers:
    reading = read_answers(questionnaire, values)
    assert reading.problems == ()
    return reading.answers


def asked(values: dict[str, Value]) -> set[str]:
    return {question.id for question in visible(SCREENING, given_answers(values))}


def category(id_: str) -> dict[str, Value]:
    return {"q17": answered(category=id_)}


@pytest.mark.parametrize(
    ("values", "shown", "hidden"),
    [
        ({}, {"q1", "q17", "q23", "q37", "q63"}, {"q19", "q20", "q22", "q38", "q46"}),
        (category("conscript"), {"q18", "q19", "q21", "q23", "q37"}, {"q20", "q22", "q38", "q46"}),
        (category("mobilised"), {"q19"}, {"q22", "q38", "q46"}),
        (category("reservist"), {"q19"}, {"q22"}),
        (category("contract"), {"q22", "q46"}, {"q19", "q20"}),
        (category("prison"), {"q22"}, {"q19", "q46"}),
        (category("volunteer_unit"), {"q22", "q46"}, {"q19"}),
        (category("officer"), {"q46"}, {"q19", "q22"}),
        (category("cadet"), {"q23"}, {"q19", "q22", "q46"}),
        (category("never"), {"q38", "q39", "q40", "q42"}, {f"q{n}" for n in range(18, 38)} | {"q41"}),
        ({"q17": SILENT}, {"q18", "q23", "q29", "q30"}, {"q19", "q22", "q38"}),
        (category("mobilised") | {"q19": answered(issued={"on": "2022-09-26"})}, {"q20"}, set()),
        (category("mobilised") | {"q19": SILENT}, {"q19"}, {"q20"}),
        ({"q29": answered(there=False)}, {"q29", "q37"}, {f"q{n}" for n in range(30, 37)}),
        ({"q29": answered(there=True)}, {f"q{n}" for n in range(30, 37)}, set()),
        ({"q29": DONT_KNOW}, {f"q{n}" for n in range(30, 37)}, set()),
        ({"q13": answered(documents=["none"])}, set(), {"q14"}),
        ({"q13": answered(documents=["internal_passport"])}, {"q14"}, set()),
    ],
)
def test_questions_are_skipped_as_the_pack_says(values: dict[str, Value], shown: set[str], hidden: set[str]) -> None:
    found = asked(values)
    assert shown <= found
    assert not hidden & found


@pytest.mark.parametrize(
    ("values", "last", "reason"),
    [
        ({"q1": answered(safe=False, call_back="tomorrow")}, "q1", Stop.CALLBACK),
        ({"q4": answered(where={"country": "RU", "region": ""})}, "q4", Stop.ADVICE_ONLY),
        ({"q7": answered(purposes=["none"])}, "q7", Stop.ADVICE_ONLY),
        ({"q7": answered(purposes=["statistics"])}, "q7", Stop.ADVICE_ONLY),
        ({"q7": SILENT}, "q7", Stop.ADVICE_ONLY),
    ],
)
def test_a_stop_ends_the_questions(values: dict[str, Value], last: str, reason: Stop) -> None:
    answers = given_answers(values)
    ended = stop(SCREENING, answers)
    assert ended is not None
    assert (ended.question.id, ended.consequence.does) == (last, reason)
    assert visible(SCREENING, answers)[-1].id == last
    assert ended.consequence.say.ru


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"q1": answered(safe=True)},
        {"q1": SILENT},
        {"q4": answered(where={"country": "KZ", "region": "Almaty"})},
        {"q7": answered(purposes=["case_handling"])},
    ],
)
def test_nothing_else_stops(values: dict[str, Value]) -> None:
    assert stop(SCREENING, given_answers(values)) is None


@pytest.mark.parametrize(
    ("values", "flag"),
    [
        ({"q11": answered(born={"on": "2009-01-05"})}, Flag.CHILD_PROTOCOL),
        ({"q11": answered(born={"on": "2008"})}, Flag.CHILD_PROTOCOL),
        ({"q12": answered(current=["RU", "UA"])}, Flag.LAWYER),
        ({"q12": answered(current=["FR"])}, Flag.LAWYER),
        ({"q27": answered(did=True)}, Flag.SECURITY_IN_FULL),
        ({"q32": answered(kinds=["rear", "filtration"])}, Flag.EXCLUSION_REVIEW),
        ({"q32": answered(kinds=["checkpoint"])}, Flag.EXCLUSION_REVIEW),
        ({"q41": answered(weapon=True)}, Flag.LAWYER),
        ({"q50": answered(events=[{"kind": "fingerprints", "country": "PL"}])}, Flag.RESPONSIBILITY_CHECK),
        ({"q53": answered(contacted=True)}, Flag.URGENT),
        ({"q58": answered(incidents=[{"kind": "threat", "when": {"on": "2026-10"}}])}, Flag.ALARM),
        ({"q60": answered(concerns=["self_harm"])}, Flag.CARE_PATH),
    ],
)
def test_an_answer_calls_for_what_the_pack_says(values: dict[str, Value], flag: Flag) -> None:
    found = prompts(SCREENING, given_answers(values), today=TODAY)
    assert [prompt.consequence.does for prompt in found] == [flag]


@pytest.mark.parametrize(
    "values",
    [
        {"q11": answered(born={"on": "2007"})},
        {"q12": answered(current=["RU", "KZ"])},
        {"q27": answered(did=False)},
        {"q32": answered(kinds=["front_line", "occupation"])},
        {"q41": answered(weapon=False, where="leave")},
        {"q50": answered(events=[{"kind": "request", "country": "KZ"}])},
        {"q53": DONT_KNOW},
        {"q58": answered(incidents=[{"kind": "threat", "when": {"on": "2026-07"}}])},
        {"q58": answered(incidents=[{"kind": "threat", "when": {"on": "2027"}}])},
        {"q60": answered(concerns=["sleep"])},
    ],
)
def test_other_answers_call_for_nothing(values: dict[str, Value]) -> None:
    assert prompts(SCREENING, given_answers(values), today=TODAY) == ()


def test_a_hidden_answer_calls_for_nothing() -> None:
    values = category("never") | {"q32": answered(kinds=["filtration"])}
    assert prompts(SCREENING, given_answers(values), today=TODAY) == ()


def test_what_happened_to_civilians_may_be_left_blank_unless_the_service_touched_people() -> None:
    waiting = {question.id for question in missing(SCREENING, given_answers({"q32": answered(kinds=["rear"])}))}
    assert not {"q33", "q34"} & waiting
    waiting = {question.id for question in missing(SCREENING, given_answers({"q32": answered(kinds=["detention"])}))}
    assert "q33" in waiting
    assert "q34" not in waiting


def test_declining_is_a_reply() -> None:
    answers = given_answers({question.id: SILENT for question in SCREENING.questions() if question.id != "q7"})
    assert [question.id for question in missing(SCREENING, answers)] == ["q7"]


def test_the_section_on_conduct_comes_with_its_warning_and_a_lawyer() -> None:
    section = next(view.section for view in sections_in_view(SCREENING, {}) if view.section.id == "s7")
    assert section.warning is not None
    assert section.lawyer_offer is not None


def test_what_is_kept_at_the_desk_never_leaves() -> None:
    values = {"q16": answered(happened=True, what="…"), "q39": {**answered(account="…"), "reach": "desk_only"}, "q60": SILENT}
    leaving = that_may_leave(given_answers(values), SCREENING, [Sealed.ACCOUNT])
    assert set(leaving) == {"q16"}


@pytest.mark.parametrize("kind", ["in_service", "left_service"])
def test_a_request_never_stops_for_who_someone_is(kind: str) -> None:
    answers = given_answers({"situation": answered(kind=kind)}, REQUEST)
    assert stop(REQUEST, answers) is None
    assert len(visible(REQUEST, answers)) == 12


def test_whoever_writes_for_somebody_else_is_asked_who_they_are() -> None:
    for who, asked in (("me", False), ("other", True)):
        answers = given_answers({"for_whom": answered(who=who)}, REQUEST)
        assert ("writer" in {question.id for question in visible(REQUEST, answers)}) is asked


@given(sheets(SCREENING))
@settings(max_examples=60)
def test_the_questions_asked_depend_on_nothing_hidden(values: dict[str, Value]) -> None:
    answers = given_answers(values)
    shown = visible(SCREENING, answers)
    order = [question.id for question in SCREENING.questions()]
    assert [question.id for question in shown] == sorted({question.id for question in shown}, key=order.index)
    assert visible(SCREENING, answers_in_view(SCREENING, answers)) == shown
    assert set(missing(SCREENING, answers)) <= set(shown)
    assert [question for view in sections_in_view(SCREENING, answers) for question in view.questions] == list(shown)
    assert {prompt.question for prompt in prompts(SCREENING, answers, today=TODAY)} <= set(shown)


@given(sheets(SCREENING))
@settings(max_examples=60)
def test_a_sheet_split_by_seal_is_whole_when_put_together(values: dict[str, Value]) -> None:
    answers = given_answers(values)
    split = by_seal(SCREENING, answers)
    together = {id_: answer for part in split.values() for id_, answer in part.items()}
    assert together == answers
    assert sum(len(part) for part in split.values()) == len(answers)


@given(sheets(SCREENING), st.sets(st.sampled_from(list(Sealed))))
@settings(max_examples=40)
def test_nothing_leaves_from_a_section_that_is_not_shared(values: dict[str, Value], sections: set[Sealed]) -> None:
    answers = given_answers(values)
    for id_, answer in that_may_leave(answers, SCREENING, sections).items():
        assert SCREENING.question(id_).seals in sections
        assert answer.reach is Reach.SECTION
