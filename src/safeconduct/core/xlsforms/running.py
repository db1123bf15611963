"""A form with answers: what is asked now, with which words and choices, what is computed, and what cannot stand.

Answers are texts by the ids of `Structure.id_of`, groups left out; a repeat holds a list of rows, each such a mapping.
Running computes everything anew in one pass and keeps nothing: the same answers and moment give the same result.
"""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from safeconduct.core.errors import UnreadableInput
from safeconduct.core.xlsforms.answering import Misfit, misfit, stored, typed
from safeconduct.core.xlsforms.coercions import Nodes, Scalar, number_of, scalar, truth_of
from safeconduct.core.xlsforms.evaluator import Surroundings, evaluate
from safeconduct.core.xlsforms.expressions import Expression, Path, Reference, Tree
from safeconduct.core.xlsforms.form import Choice, Form, Group, Kind, Question, Texts, in_language
from safeconduct.core.xlsforms.structure import Entry, Structure

FormAnswers: TypeAlias = Mapping[str, "str | Sequence[FormAnswers]"]
Rows: TypeAlias = tuple[int, ...]
"""In which row of each repeat around it, outermost first, counted from 0."""

MOST_ROWS: Final = 100
"""Of one repeat inside one row of the repeat around it."""
MOST_CELLS: Final = 100_000
"""Of one form: rows of repeats inside repeats multiply."""


@dataclass(frozen=True, repr=False)
class Shown:
    """One question or note as it stands on the page now."""

    id: str
    rows: Rows
    question: Question
    label: str
    hint: str
    answer: str
    choices: tuple[tuple[str, str], ...]
    """(name, label) of what can be chosen now."""
    is_required: bool
    is_read_only: bool
    misfit: Misfit | None
    message: str
    """The form's own words for what is wrong; empty where it has none."""


class TooManyRows(UnreadableInput):
    """The rows of repeats inside repeats are more than a form may have."""


class Run:
    """One form with one set of answers at one moment, in one language."""

    def __init__(
        self,
        form: Form,
        answers: FormAnswers,
        *,
        now: datetime.datetime | None,
        language: str,
        structure: Structure | None = None,
    ) -> None:
        self.form = form
        self.language = language
        self.now = now
        self.structure = structure or Structure(form.items)
        self._given: dict[tuple[int, Rows], str] = {}
        self._row_counts: dict[tuple[int, Rows], int] = {}
        self._relevant: dict[tuple[int, Rows], bool] = {}
        self._values: dict[tuple[int, Rows], Scalar] = {}
        self._top = {self.structure.id_of(entry): entry for entry in self.structure.entries}
        self._take(answers, ())
        self._compute()

    def _take(self, answers: FormAnswers, rows: Rows) -> None:
        for id_, answer in answers.items():
            entry = self._top.get(id_)
            if entry is None or len(entry.repeats) != len(rows):
                continue
            if isinstance(answer, str):
                if isinstance(entry.item, Question):
                    self._given[entry.index, rows] = answer.strip()
            elif isinstance(entry.item, Group) and entry.item.repeats:
                self._row_counts[entry.index, rows] = len(answer)
                for number, row in enumerate(answer[:MOST_ROWS]):
                    self._take(row, (*rows, number))

    def _compute(self) -> None:
        for entry in self.structure.order[0]:
            for rows in self.places(entry):
                if len(self._relevant) > MOST_CELLS:
                    raise TooManyRows("the answers have more rows inside rows than a form may have")
                self._relevant[entry.index, rows] = self._is_relevant(entry, rows)
                if isinstance(entry.item, Question):
                    self._values[entry.index, rows] = self._value(entry, entry.item, rows)
                elif entry.item.count is not None:
                    self._fix_rows(entry, entry.item.count, rows)

    def _is_relevant(self, entry: Entry, rows: Rows) -> bool:
        if entry.parent is not None:
            parent = self.structure.entries[entry.parent]
            if not self._relevant.get((parent.index, rows[: len(parent.repeats)]), False):
                return False
        return self._holds(entry.item.relevant, entry, rows, otherwise=True)

    def _fix_rows(self, entry: Entry, count: Expression, rows: Rows) -> None:
        wanted = number_of(self._given_by(count, entry, rows))
        self._row_counts[entry.index, rows] = int(min(max(wanted, 0), MOST_ROWS)) if wanted == wanted else 0

    def _value(self, entry: Entry, question: Question, rows: Rows) -> Scalar:
        """What expressions see: blank where it is not asked, the answer, what is calculated, or the default."""
        if not self._relevant[entry.index, rows] or question.kind is Kind.WITHHELD:
            return ""
        given = self._given.get((entry.index, rows), "")
        if question.kind in (Kind.START, Kind.END, Kind.TODAY):
            return self._moment(question.kind, given)
        if question.calculation is not None and (question.kind is Kind.CALCULATE or question.read_only or not given):
            return self._calculated(entry, question, rows)
        if given:
            return typed(question.kind, given)
        if question.first_value is not None:
            return scalar(self._given_by(question.first_value, entry, rows))
        return typed(question.kind, question.default)

    def _moment(self, kind: Kind, given: str) -> Scalar:
        # What was written down when the form was filled counts; a later reading does not move it.
        if given:
            return typed(kind, given)
        if self.now is None:
            return ""
        return self.now.date() if kind is Kind.TODAY else self.now

    def _calculated(self, entry: Entry, question: Question, rows: Rows) -> Scalar:
        if question.trigger:
            named = self.structure.named(question.trigger)
            if named and all(each == "" for each in self._reached(named[0], entry, rows).values):
                return typed(question.kind, self._given.get((entry.index, rows), ""))
        assert question.calculation is not None, "only asked where there is one"
        found = scalar(self._given_by(question.calculation, entry, rows))
        return "" if isinstance(found, float) and found != found else found

    def _holds(self, expression: Expression | None, entry: Entry, rows: Rows, *, otherwise: bool) -> bool:
        return otherwise if expression is None else truth_of(self._given_by(expression, entry, rows))

    def _given_by(self, expression: Expression, entry: Entry, rows: Rows, choice: Choice | None = None) -> Scalar | Nodes:
        return evaluate(expression.tree, _Place(self, entry, rows, choice))

    def places(self, entry: Entry) -> Iterator[Rows]:
        """Every combination of rows in which the item stands; one empty one outside repeats."""
        yield from self._places_from(entry, ())

    def _places_from(self, entry: Entry, rows: Rows) -> Iterator[Rows]:
        if len(rows) == len(entry.repeats):
            yield rows
            return
        count = self._row_counts.get((entry.repeats[len(rows)], rows), 0)
        for number in range(min(count, MOST_ROWS)):
            yield from self._places_from(entry, (*rows, number))

    def row_count(self, entry: Entry, rows: Rows) -> int:
        """How many rows a repeat has there."""
        return self._row_counts.get((entry.index, rows), 0)

    def value(self, entry: Entry, rows: Rows) -> Scalar:
        """What expressions see of a question; blank where there is no such row."""
        return self._values.get((entry.index, rows), "")

    def own(self, entry: Entry, rows: Rows) -> Scalar:
        """What `.` sees: the value, or while it is being computed what was stored."""
        if (entry.index, rows) in self._values:
            return self._values[entry.index, rows]
        kind = entry.item.kind if isinstance(entry.item, Question) else Kind.TEXT
        return typed(kind, self._given.get((entry.index, rows), ""))

    def is_relevant(self, entry: Entry, rows: Rows) -> bool:
        """Whether the item is asked there."""
        return self._relevant.get((entry.index, rows), False)

    def reached(self, way: Reference | Path, origin: Entry, rows: Rows) -> Nodes:
        """The answers that a way leads to: in the same row of each repeat that both stand in, in all rows of others."""
        found = self.structure.found(way, origin)
        return Nodes(()) if found is None else self._reached(found, origin, rows)

    def _reached(self, target: Entry, origin: Entry, rows: Rows) -> Nodes:
        shared = 0
        while shared < min(len(target.repeats), len(origin.repeats)) and target.repeats[shared] == origin.repeats[shared]:
            shared += 1
        values: list[Scalar] = []
        for place in self._places_from(target, rows[:shared]):
            if not self.is_relevant(target, place):
                continue
            if isinstance(target.item, Group) and target.item.repeats:
                values.extend("" for _ in range(min(self.row_count(target, place), MOST_ROWS)))
            else:
                values.append(self.value(target, place))
        return Nodes(tuple(values))

    def offered(self, entry: Entry, rows: Rows) -> Sequence[Choice]:
        """The choices that its filter leaves."""
        question = entry.item
        assert isinstance(question, Question), "only questions have choices"
        listed = self.form.choices.get(question.choices, ())
        chosen_by = question.choice_filter
        if chosen_by is None:
            return listed
        return [each for each in listed if truth_of(self._given_by(chosen_by, entry, rows, each))]

    def words(self, texts: Texts, entry: Entry, rows: Rows, language: str = "") -> str:
        """A text in a language, with each ${name} replaced by its answer."""
        text = in_language(texts, language or self.language, self.form.default_language)
        return re.sub(r"\$\{\s*([^{}]*?)\s*\}", lambda found: self._told(found[1], entry, rows), text)

    def _told(self, name: str, entry: Entry, rows: Rows) -> str:
        reached = self.reached(Reference(name), entry, rows)
        return stored(scalar(reached)) if len(reached.values) < 2 else ", ".join(stored(each) for each in reached.values)

    def shown(self) -> Iterator[Shown]:
        """Every question and note that stands on the page now; the rows of a repeat one after another."""
        for rows, entry in self._in_order(None, ()):
            if isinstance(entry.item, Question) and entry.item.kind.is_shown:
                yield self.shown_at(entry, entry.item, rows)

    def _in_order(self, parent: int | None, rows: Rows) -> Iterator[tuple[Rows, Entry]]:
        for entry in self.structure.inside(parent):
            if not self.is_relevant(entry, rows):
                continue
            yield rows, entry
            if not isinstance(entry.item, Group):
                continue
            if not entry.item.repeats:
                yield from self._in_order(entry.index, rows)
                continue
            for number in range(min(self.row_count(entry, rows), MOST_ROWS)):
                yield from self._in_order(entry.index, (*rows, number))

    def shown_at(self, entry: Entry, question: Question, rows: Rows) -> Shown:
        """One question as it stands there."""
        offered = self.offered(entry, rows) if question.kind.chooses else ()
        required = question.kind.is_asked and self._holds(question.required, entry, rows, otherwise=False)
        found, message = self._wrong(entry, question, rows, offered, required=required)
        return Shown(
            id=self.structure.id_of(entry),
            rows=rows,
            question=question,
            label=self.words(question.label, entry, rows),
            hint=self.words(question.hint, entry, rows),
            answer=stored(self.value(entry, rows)),
            choices=tuple((each.name, self.words(each.label, entry, rows) or each.name) for each in offered),
            is_required=required,
            is_read_only=self._holds(question.read_only, entry, rows, otherwise=False),
            misfit=found,
            message=message,
        )

    def _wrong(
        self, entry: Entry, question: Question, rows: Rows, offered: Sequence[Choice], *, required: bool
    ) -> tuple[Misfit | None, str]:
        if not question.kind.is_asked:
            return None, ""
        answer = stored(self.value(entry, rows))
        if not answer:
            return (Misfit.REQUIRED, self.words(question.required_message, entry, rows)) if required else (None, "")
        found = misfit(question, answer, [each.name for each in offered])
        if found is not None:
            return found, ""
        if not self._holds(question.constraint, entry, rows, otherwise=True):
            return Misfit.CONSTRAINT, self.words(question.constraint_message, entry, rows)
        return None, ""

    def answers(self) -> FormAnswers:
        """Everything that has a value now, calculated ones among them, in the shape in which answers are given."""
        return self._answers_in(None, ())

    def _answers_in(self, parent: int | None, rows: Rows) -> dict[str, "str | Sequence[FormAnswers]"]:
        found: dict[str, str | Sequence[FormAnswers]] = {}
        for entry in self.structure.inside(parent):
            if not self.is_relevant(entry, rows):
                continue
            if isinstance(entry.item, Question):
                if text := stored(self.value(entry, rows)):
                    found[self.structure.id_of(entry)] = text
            elif entry.item.repeats:
                count = min(self.row_count(entry, rows), MOST_ROWS)
                found[self.structure.id_of(entry)] = [self._answers_in(entry.index, (*rows, each)) for each in range(count)]
            else:
                found |= self._answers_in(entry.index, rows)
        return found


def run(form: Form, answers: FormAnswers, *, now: datetime.datetime | None = None, language: str = "") -> Run:
    """The form with these answers. `now` is aware, in the person's time zone; without it `today()` is blank.

    Raises TooManyRows when repeats inside repeats come to more than 100,000 cells.
    """
    return Run(form, answers, now=now, language=language)


@dataclass(frozen=True)
class _Place(Surroundings):
    """An expression's place in a run."""

    run: Run
    entry: Entry
    rows: Rows
    choice: Choice | None

    @property
    def now(self) -> datetime.datetime | None:
        return self.run.now

    def here(self) -> Scalar:
        return self.run.own(self.entry, self.rows)

    def reached(self, way: Reference | Path) -> Nodes:
        return self.run.reached(way, self.entry, self.rows)

    def column(self, name: str) -> str:
        if self.choice is None:
            return ""
        if name == "name":
            return self.choice.name
        if name == "label":
            return in_language(self.choice.label, self.run.language, self.run.form.default_language)
        return self.choice.columns.get(name, "")

    def position(self, way: Tree | None) -> int:
        at = self.run.structure.found(way, self.entry) if isinstance(way, Reference | Path) else None
        if way is None and self.entry.repeats:
            return self.rows[-1] + 1
        if at is None or at.index not in self.entry.repeats:
            return 1
        return self.rows[self.entry.repeats.index(at.index)] + 1

    def indexed(self, way: Reference | Path, rows: tuple[tuple[Tree, int], ...]) -> Scalar:
        target = self.run.structure.found(way, self.entry)
        if target is None:
            return ""
        wanted = dict(zip(self.entry.repeats, self.rows, strict=True))
        for repeat, number in rows:
            found = self.run.structure.found(repeat, self.entry) if isinstance(repeat, Reference | Path) else None
            if found is not None:
                wanted[found.index] = number - 1
        return self.run.value(target, tuple(wanted.get(each, 0) for each in target.repeats))

    def choice_label(self, value: str, question: str) -> str:
        named = self.run.structure.named(question)
        item = named[0].item if named else None
        if not isinstance(item, Question):
            return value
        found = next((each for each in self.run.form.choices.get(item.choices, ()) if each.name == value), None)
        return self.run.words(found.label, self.entry, self.rows) or value if found else value
