"""Whole answers: read from plain JSON with every problem named, written back, and bound to their pack."""

from collections.abc import Mapping
from dataclasses import dataclass

from safeconduct.core import canonical
from safeconduct.core.canonical import Value
from safeconduct.core.errors import UnreadableInput
from safeconduct.core.packtext import PackStamp
from safeconduct.core.questionnaires.cells import (
    MOST_ROWS,
    CellRefused,
    cell_value,
    is_blank,
    read_cell,
)
from safeconduct.core.questionnaires.conditions import holds
from safeconduct.core.questionnaires.model import Part, PartType, Question, Questionnaire
from safeconduct.core.questionnaires.problems import Problem, ProblemCode
from safeconduct.core.questionnaires.values import (
    Answer,
    Answers,
    AnswerState,
    CellValue,
    PartValue,
    Reach,
    Row,
)


class AnswersUnreadable(UnreadableInput):
    """Stored answers do not fit the questionnaire under which they say they were given."""


@dataclass(frozen=True)
class Reading:
    """What could be read, and what could not; an answer with a problem is not among `answers`."""

    answers: Answers
    problems: tuple[Problem, ...]


def read_answers(questionnaire: Questionnaire, values: Mapping[str, Value]) -> Reading:
    """The answers of a mapping from question ids to plain JSON, each `{"state", "parts", "reach"}`."""
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    for id_, value in values.items():
        if not questionnaire.has(id_):
            problems.append(Problem(id_, ProblemCode.UNKNOWN_QUESTION))
            continue
        answer, found = read_answer(questionnaire.question(id_), value)
        problems.extend(found)
        if answer is not None:
            answers[id_] = answer
    return Reading(answers, tuple(problems))


def read_answer(question: Question, value: Value) -> tuple[Answer | None, tuple[Problem, ...]]:
    """One answer, or what is wrong with it; never both."""
    match value:
        case {"state": str(state), **more} if set(more) <= {"parts", "reach"}:
            parts = more.get("parts", {})
            known = state in _STATES and more.get("reach", Reach.SECTION.value) in _REACHES
            if known and isinstance(parts, Mapping):
                reach = Reach(more.get("reach", Reach.SECTION.value))
                return _read_parts(question, AnswerState(state), parts, reach)
    return None, (Problem(question.id, ProblemCode.WRONG_SHAPE),)


def answer_value(answer: Answer) -> Value:
    """The plain JSON of an answer; `read_answer` gives the same answer back."""
    return {
        "state": answer.state.value,
        "reach": answer.reach.value,
        "parts": {id_: cell_value(each) for id_, each in answer.parts.items()},
    }


def encode_answers(stamp: PackStamp, answers: Answers) -> bytes:
    """The canonical bytes of answers and of the pack under which they were given."""
    return canonical.encode({"pack": stamp.value(), "answers": {id_: answer_value(each) for id_, each in answers.items()}})


def stamp_of(encoded: bytes) -> PackStamp:
    """Under which pack these encoded answers were given."""
    return _sheet(encoded)[0]


def decode_answers(questionnaire: Questionnaire, encoded: bytes) -> Answers:
    """The answers of `encode_answers`.

    Raises PackChanged when they were given under another content than this questionnaire's, and
    AnswersUnreadable when they are not as they were encoded.
    """
    stamp, values = _sheet(encoded)
    questionnaire.stamp.require_same(stamp)
    reading = read_answers(questionnaire, values)
    if reading.problems:
        raise AnswersUnreadable(f"{len(reading.problems)} stored answers do not fit their questionnaire")
    return reading.answers


def _sheet(encoded: bytes) -> tuple[PackStamp, Mapping[str, Value]]:
    sheet = canonical.decode(encoded)
    if not isinstance(sheet, Mapping) or set(sheet) != {"pack", "answers"}:
        raise AnswersUnreadable("not a sheet of answers")
    answers = sheet["answers"]
    if not isinstance(answers, Mapping):
        raise AnswersUnreadable("not a sheet of answers")
    return PackStamp.from_value(sheet["pack"]), answers


_STATES = frozenset(each.value for each in AnswerState)
_REACHES = frozenset(each.value for each in Reach)


def _read_parts(
    question: Question, state: AnswerState, values: Mapping[str, Value], reach: Reach
) -> tuple[Answer | None, tuple[Problem, ...]]:
    given = {id_: each for id_, each in values.items() if not is_blank(each)}
    if state is not AnswerState.ANSWERED:
        if given:
            return None, (Problem(question.id, ProblemCode.NO_CONTENT_ALLOWED),)
        return Answer(state, reach=reach), ()
    known = {part.id for part in question.parts}
    problems = [Problem(question.id, ProblemCode.UNKNOWN_PART, part=id_) for id_ in given if id_ not in known]
    parts: dict[str, PartValue] = {}
    for part in question.parts:
        if part.id in given:
            typed, found = _read_part(question, part, given[part.id])
            problems.extend(found)
            if typed is not None:
                parts[part.id] = typed
    answer = Answer(state, parts, reach)
    problems.extend(_gaps(question, answer, given))
    return (None, tuple(problems)) if problems else (answer, ())


def _gaps(question: Question, answer: Answer, given: Mapping[str, Value]) -> list[Problem]:
    """What is required and was left blank; a part that was given wrongly is not also called missing."""
    if not given:
        return [Problem(question.id, ProblemCode.NOTHING_GIVEN, part=question.parts[0].id)]
    return [
        Problem(question.id, ProblemCode.REQUIRED, part=part.id)
        for part in shown_parts(question, answer)
        if part.required and part.id not in given
    ]


def shown_parts(question: Question, answer: Answer | None) -> tuple[Part, ...]:
    """The parts that are asked, given what is answered so far in the question itself."""
    answers = {} if answer is None else {question.id: answer}
    return tuple(part for part in question.parts if part.show_if is None or holds(part.show_if, answers, today=None))


def _read_part(question: Question, part: Part, value: Value) -> tuple[PartValue | None, tuple[Problem, ...]]:
    if part.type is PartType.TIMELINE:
        return _read_timeline(question, part, value)
    try:
        return read_cell(part, value), ()
    except CellRefused as refused:
        return None, (Problem(question.id, refused.code, part=part.id, parameters=refused.parameters),)


def _read_timeline(question: Question, part: Part, value: Value) -> tuple[PartValue | None, tuple[Problem, ...]]:
    if not isinstance(value, list | tuple):
        return None, (Problem(question.id, ProblemCode.WRONG_SHAPE, part=part.id),)
    if len(value) > MOST_ROWS:
        limit = {"limit": MOST_ROWS}
        return None, (Problem(question.id, ProblemCode.TOO_MANY, part=part.id, parameters=limit),)
    rows: list[Row] = []
    problems: list[Problem] = []
    for index, each in enumerate(value):
        row, found = _read_row(question, part, index, each)
        rows.append(row)
        problems.extend(found)
    return (None, tuple(problems)) if problems else (tuple(rows), ())


def _read_row(question: Question, part: Part, index: int, value: Value) -> tuple[Row, tuple[Problem, ...]]:
    def problem(code: ProblemCode, column: str = "", **parameters: int | str) -> Problem:
        return Problem(question.id, code, part.id, index, column, parameters)

    columns = {each.id: each for each in part.columns}
    if not isinstance(value, Mapping) or not set(value) <= set(columns):
        return {}, (problem(ProblemCode.WRONG_SHAPE),)
    if is_blank(value):
        return {}, (problem(ProblemCode.EMPTY_ROW),)
    row: dict[str, CellValue] = {}
    problems: list[Problem] = []
    for id_, column in columns.items():
        cell = value.get(id_)
        if is_blank(cell):
            if column.required:
                problems.append(problem(ProblemCode.REQUIRED, id_))
            continue
        try:
            row[id_] = read_cell(column, cell)
        except CellRefused as refused:
            problems.append(problem(refused.code, id_, **refused.parameters))
    return row, tuple(problems)
