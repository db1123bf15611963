"""A form's own rules behind the questionnaire that the desk draws of it."""

import dataclasses
import datetime
import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from safeconduct.core.packtext import LANGUAGES, LocalText
from safeconduct.core.questionnaires import (
    Answer,
    Answers,
    AnswerState,
    Option,
    PartialDate,
    Problem,
    ProblemCode,
    Question,
    Ruled,
)
from safeconduct.core.xlsforms.answering import Misfit
from safeconduct.core.xlsforms.form import Form, Group, Kind, Texts, in_language
from safeconduct.core.xlsforms.form import Question as FormQuestion
from safeconduct.core.xlsforms.running import FormAnswers, Run, Shown
from safeconduct.core.xlsforms.structure import Entry, Structure

ANSWER: Final = "answer"
"""The one part of most questions."""
OUTER_ROW: Final = "row#"
"""The column that says to which row of the outer repeat a row belongs; no question can be called so."""
ACKNOWLEDGED: Final = "OK"
"""What ODK stores for something that was read."""

_CODES: Final = {
    Misfit.REQUIRED: ProblemCode.REQUIRED,
    Misfit.CONSTRAINT: ProblemCode.NOT_ACCEPTED,
    Misfit.NOT_A_NUMBER: ProblemCode.NOT_A_NUMBER,
    Misfit.NOT_A_WHOLE_NUMBER: ProblemCode.NOT_A_WHOLE_NUMBER,
    Misfit.OUT_OF_RANGE: ProblemCode.NOT_ACCEPTED,
    Misfit.NOT_A_DATE: ProblemCode.NOT_A_WHOLE_DATE,
    Misfit.NOT_A_TIME: ProblemCode.NOT_A_TIME,
    Misfit.NOT_A_PLACE: ProblemCode.NOT_A_POINT,
    Misfit.NOT_A_CHOICE: ProblemCode.NOT_AN_OPTION,
    Misfit.REPEATED: ProblemCode.REPEATED,
    Misfit.NOT_ALL_RANKED: ProblemCode.REQUIRED,
    Misfit.TOO_LONG: ProblemCode.TOO_LONG,
}
# Formatting that form designers put into labels; the words stay, the marks go.
_BREAK = re.compile(r"<\s*br\s*/?\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:span|b|i|u|s|em|strong|small|big|sup|sub|font|p|div|center|h[1-6]|a|img)\b[^<>]*>", re.IGNORECASE)
_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_REFERENCE = re.compile(r"\$\{[^{}]*\}")


def rank_part(place: int) -> str:
    """The part for one place of an order, counted from 0."""
    return f"place{place + 1}"


def words(texts: Texts, form: Form, *, otherwise: str = "") -> LocalText:
    """A text of a form in the desk's languages, before any answers: references show as “…”."""
    found = (in_language(texts, language, form.default_language) for language in LANGUAGES)
    return LocalText(*(plain(_REFERENCE.sub("…", text)) or otherwise for text in found))


def plain(text: str) -> str:
    """The text without the marks of formatting."""
    text = _HEADING.sub("", _TAG.sub("", _BREAK.sub("\n", text)))
    return html.unescape(text).strip()


class FormRules:
    """Puts the answers of a questionnaire to the form behind it."""

    def __init__(
        self, form: Form, structure: Structure, questions: Mapping[int, Question], clock: Callable[[], datetime.datetime]
    ) -> None:
        self._form = form
        self._structure = structure
        self._questions = questions
        self._clock = clock
        self._kinds = {structure.id_of(each): each.item.kind for each in structure.entries if isinstance(each.item, FormQuestion)}
        self._by_id = {question.id: structure.entries[index] for index, question in questions.items()}

    def ruled(self, answers: Answers, *, now: datetime.datetime | None) -> Ruled:
        """What is asked, needed and wrong. Raises TooManyRows for more rows than a form may have."""
        run = Run(self._form, self.form_answers(answers), now=now or self._clock(), language="", structure=self._structure)
        asked: dict[str, Question] = {}
        needed: set[str] = set()
        problems: list[Problem] = []
        for index, question in self._questions.items():
            entry = self._structure.entries[index]
            places = [rows for rows in run.places(entry) if run.is_relevant(entry, rows)]
            if not places:
                continue
            if isinstance(entry.item, Group):
                asked[question.id] = question
                found = list(self._row_problems(run, entry, question))
                if question.id not in answers:
                    needed |= {question.id} if found else set()
                elif answers[question.id].state is AnswerState.ANSWERED:
                    problems.extend(found)
                continue
            shown = run.shown_at(entry, entry.item, places[0])
            asked[question.id] = self._worded(run, entry, shown, question)
            if shown.is_required and not shown.answer:
                needed.add(question.id)
            elif shown.misfit is not None and question.id in answers:
                problems.append(self._problem(run, entry, shown, question, part=question.parts[0].id))
        return Ruled(asked, frozenset(needed), tuple(problems))

    def form_answers(self, answers: Answers) -> FormAnswers:
        """The answers as the form wants them; nothing for those who prefer not to say."""
        found: dict[str, str | Sequence[FormAnswers]] = {}
        inner: list[tuple[Entry, Answer]] = []
        for id_, answer in answers.items():
            entry = self._by_id.get(id_)
            if entry is None or answer.state is not AnswerState.ANSWERED:
                continue
            if isinstance(entry.item, Group):
                if entry.repeats:
                    inner.append((entry, answer))
                else:
                    found[id_] = self._rows(answer)
            elif entry.item.kind is Kind.RANK:
                places = (answer.parts.get(part.id, "") for part in self._questions[entry.index].parts)
                found[id_] = " ".join(str(each) for each in places if each)
            else:
                found[id_] = _text(answer.parts.get(ANSWER, ""), entry.item.kind)
        for entry, answer in sorted(inner, key=lambda each: len(each[0].repeats)):
            self._insert(found, entry, answer)
        return found

    def _insert(self, found: dict[str, "str | Sequence[FormAnswers]"], entry: Entry, answer: Answer) -> None:
        """Put the rows of an inner repeat into the rows of the outer one that they name."""
        outer = self._structure.id_of(self._structure.entries[entry.repeats[-1]])
        id_ = self._structure.id_of(entry)
        rows = list(_all_rows(found.get(outer, ()), found, outer))
        for number, row in enumerate(rows, 1):
            row[id_] = [each for each in self._rows(answer) if each.get(OUTER_ROW) == str(number)]

    def _rows(self, answer: Answer) -> list[dict[str, "str | Sequence[FormAnswers]"]]:
        rows = answer.parts.get(ANSWER, ())
        listed = rows if isinstance(rows, tuple) else ()
        return [
            {id_: _text(cell, self._kinds.get(id_, Kind.TEXT)) for id_, cell in row.items()}
            for row in listed
            if not isinstance(row, str)
        ]

    def _worded(self, run: Run, entry: Entry, shown: Shown, question: Question) -> Question:
        """The question as it reads now: references filled in, choices narrowed, what is computed told."""
        item = shown.question
        ask = self._filled(run, entry, item.label, otherwise=item.name)
        hint = self._filled(run, entry, item.hint) if item.hint else None
        if item.kind.is_asked and shown.is_read_only:
            return dataclasses.replace(question, ask=ask, hint=LocalText(*[shown.answer] * 3) if shown.answer else hint, parts=())
        parts = question.parts
        if item.choice_filter is not None:
            left = {name for name, _ in shown.choices}
            parts = tuple(
                dataclasses.replace(part, options=self._options(run, entry, [each for each in part.options if each.id in left]))
                for part in parts
            )
        return dataclasses.replace(question, ask=ask, hint=hint, parts=parts, may_skip=not shown.is_required)

    def _options(self, run: Run, entry: Entry, left: Sequence[Option]) -> tuple[Option, ...]:
        # Namesakes that the filter keeps apart have labels of their own.
        offered = {each.name: each for each in reversed(run.offered(entry, ()))}
        return tuple(Option(each.id, self._filled(run, entry, offered[each.id].label, otherwise=each.id)) for each in left)

    def _filled(self, run: Run, entry: Entry, texts: Texts, *, otherwise: str = "") -> LocalText:
        return LocalText(*(plain(run.words(texts, entry, (), language)) or otherwise for language in LANGUAGES))

    def _problem(self, run: Run, entry: Entry, shown: Shown, question: Question, *, part: str) -> Problem:
        assert shown.misfit is not None, "only asked of answers with a misfit"
        item = shown.question
        texts = item.constraint_message if shown.misfit is Misfit.CONSTRAINT else {}
        say = LocalText(*(plain(run.words(texts, entry, shown.rows, each)) for each in LANGUAGES)) if texts else None
        # Rows of an inner repeat are counted anew in each outer row, which no page shows; the question as a whole is named.
        row = shown.rows[0] if len(shown.rows) == 1 else None
        column = self._structure.id_of(entry) if row is not None else ""
        return Problem(question.id, _CODES.get(shown.misfit, ProblemCode.NOT_ACCEPTED), part, row, column, say=say)

    def _row_problems(self, run: Run, repeat: Entry, question: Question) -> Iterator[Problem]:
        for entry in self._structure.entries:
            if not entry.repeats or entry.repeats[-1] != repeat.index or not isinstance(entry.item, FormQuestion):
                continue
            if not entry.item.kind.is_asked:
                continue
            for rows in run.places(entry):
                if run.is_relevant(entry, rows):
                    shown = run.shown_at(entry, entry.item, rows)
                    if shown.misfit is not None:
                        yield self._problem(run, entry, shown, question, part=ANSWER)


def _all_rows(rows: object, found: Mapping[str, object], outer: str) -> Iterator[dict[str, "str | Sequence[FormAnswers]"]]:
    """The rows of a repeat wherever they stand, in order: at the top, or inside rows of a repeat around it."""
    if isinstance(rows, list) and rows:
        yield from (row for row in rows if isinstance(row, dict))
        return
    for each in found.values():
        if isinstance(each, list):
            for row in each:
                if isinstance(row, dict):
                    yield from _all_rows(row.get(outer, ()), row, outer)


def _text(cell: object, kind: Kind) -> str:
    if isinstance(cell, PartialDate):
        return cell.text()
    if isinstance(cell, tuple):
        return " ".join(str(each) for each in cell)
    text = str(cell).strip()
    if kind is Kind.DATE_TIME:
        return re.sub(r"^(\S+)\s+(\S+)$", r"\1T\2", text)
    return text
