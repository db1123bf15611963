"""Questionnaires as pages: what to draw for each question, and what a posted form says. Works without JavaScript.

Field names are `question.part`, with further words for dates (`on`, `about`, `from`, `to`), places (`country`, `region`,
`town`) and the rows of timelines (`question.part.row.column`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from safeconduct.core.canonical import Value
from safeconduct.core.questionnaires import (
    Answers,
    AnswerState,
    Part,
    PartType,
    Problem,
    Question,
    Reach,
    Section,
    SectionInView,
    answer_value,
)
from safeconduct.desk.web.countries import country_choices
from safeconduct.desk.web.problems import words_for

FOLDED_ROWS = 3
"""Empty rows of a timeline that are offered folded, below the filled ones and one that stands open."""

Values = dict[str, Value]


@dataclass(frozen=True, repr=False)
class Choice:
    """One radio button, checkbox or list entry."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, repr=False)
class Field:
    """One input, or one group of inputs that belong together."""

    name: str
    type: str
    label: str
    hint: str = ""
    value: str = ""
    is_required: bool = False
    choices: Sequence[Choice] = ()
    parts: Sequence["Field"] = ()
    """From and to of a date range; cells of a timeline row."""
    rows: Sequence[Sequence["Field"]] = ()
    more_rows: Sequence[Sequence["Field"]] = ()
    """Empty rows below an open one."""
    is_about: bool = False
    region: str = ""
    town: str = ""
    asks_region: bool = False
    asks_town: bool = False
    problem: str = ""


@dataclass(frozen=True, repr=False)
class Asked:
    """One question as it is drawn."""

    id: str
    ask: str
    hint: str
    fields: Sequence[Field]
    reply: str
    """Empty, prefer_not_to_say or dont_know."""
    stays_at_desk: bool
    says: Sequence[str]
    problems: Sequence[str]
    may_skip: bool
    has_one_field: bool = field(default=False)


@dataclass(frozen=True, repr=False)
class AskedSection:
    """A titled run of questions as it is drawn."""

    id: str
    title: str
    intro: str
    warning: str
    lawyer_offer: str
    questions: Sequence[Asked]


class Asking:
    """Draws a questionnaire in one language, with what is answered so far and what is wrong with it."""

    def __init__(
        self,
        language: str,
        values: Mapping[str, Value],
        problems: Sequence[Problem] = (),
        says: Mapping[str, Sequence[str]] | None = None,
        files: Sequence[tuple[str, str]] = (),
    ) -> None:
        """`files` are (id, title) of what can be chosen where a question asks for files."""
        self.language = language
        self._files = files
        self._values = values
        self._problems = problems
        self._says = says or {}

    def section(self, view: SectionInView) -> AskedSection:
        """A section and those of its questions that are asked."""
        section = view.section
        return AskedSection(
            section.id,
            section.title.in_language(self.language),
            self._optional(section, "intro"),
            self._optional(section, "warning"),
            self._optional(section, "lawyer_offer"),
            [self.question(question) for question in view.questions],
        )

    def question(self, question: Question) -> Asked:
        """One question with its fields."""
        value = self._values.get(question.id)
        given: Mapping[str, Value] = value if isinstance(value, Mapping) else {}
        parts = given.get("parts")
        filled: Mapping[str, Value] = parts if isinstance(parts, Mapping) else {}
        state = given.get("state", "")
        fields = [self._field(question, part, f"{question.id}.{part.id}", filled.get(part.id)) for part in question.parts]
        whole = [words_for(problem) for problem in self._problems if problem.question == question.id and not problem.part]
        return Asked(
            id=question.id,
            ask=question.ask.in_language(self.language),
            hint=question.hint.in_language(self.language) if question.hint else "",
            fields=fields,
            reply=str(state) if state in _OTHER_REPLIES else "",
            stays_at_desk=given.get("reach") == Reach.DESK_ONLY.value,
            says=self._says.get(question.id, ()),
            problems=whole,
            may_skip=question.may_skip,
            has_one_field=len(fields) == 1 and not fields[0].label,
        )

    def _optional(self, section: Section, name: str) -> str:
        text = getattr(section, name)
        return text.in_language(self.language) if text else ""

    def _field(self, question: Question, part: Part, name: str, value: Value, row: int | None = None) -> Field:
        label = part.label.in_language(self.language) if part.label else ""
        hint = part.hint.in_language(self.language) if part.hint else ""
        common = {"name": name, "type": part.type.value, "label": label, "hint": hint, "is_required": part.required}
        mapping: Mapping[str, Value] = value if isinstance(value, Mapping) else {}
        more: dict[str, object] = {}
        match part.type:
            case PartType.CHOICE | PartType.MULTI:
                chosen = value if isinstance(value, list | tuple) else [value]
                more["choices"] = [
                    Choice(option.id, option.label.in_language(self.language), option.id in chosen) for option in part.options
                ]
            case PartType.YES_NO:
                more["value"] = {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""
            case PartType.DATE:
                more |= {"value": str(mapping.get("on", "")), "is_about": bool(mapping.get("about"))}
            case PartType.DATE_RANGE:
                more["parts"] = [self._end(f"{name}.{end}", mapping.get(end)) for end in ("from", "to")]
            case PartType.PLACE | PartType.COUNTRY | PartType.COUNTRIES:
                more |= self._place(part, value, mapping)
            case PartType.FILE:
                chosen = value if isinstance(value, list | tuple) else ()
                more["choices"] = [Choice(id_, title, id_ in chosen) for id_, title in self._files]
            case PartType.TIMELINE:
                rows = list(self._rows(question, part, name, value))
                more |= {"rows": rows[:-FOLDED_ROWS], "more_rows": rows[-FOLDED_ROWS:]}
            case _:
                more["value"] = "" if value is None else str(value)
        problem = self._problem(question.id, part.id, row)
        return Field(**common, **more, problem=problem)  # type: ignore[arg-type]  # gathered by kind of part above

    def _end(self, name: str, value: Value) -> Field:
        mapping: Mapping[str, Value] = value if isinstance(value, Mapping) else {}
        return Field(name, "date", "", value=str(mapping.get("on", "")), is_about=bool(mapping.get("about")))

    def _place(self, part: Part, value: Value, mapping: Mapping[str, Value]) -> dict[str, object]:
        chosen = {str(mapping.get("country", ""))} if mapping else set()
        if isinstance(value, str):
            chosen = {value}
        elif isinstance(value, list | tuple):
            chosen = {str(each) for each in value}
        closeness = part.as_far_as.value if part.as_far_as else "country"
        return {
            "choices": [Choice(code, name, code in chosen) for code, name in country_choices(self.language)],
            "region": str(mapping.get("region", "")),
            "town": str(mapping.get("town", "")),
            "asks_region": part.type is PartType.PLACE and closeness in ("region", "town"),
            "asks_town": part.type is PartType.PLACE and closeness == "town",
        }

    def _rows(self, question: Question, part: Part, name: str, value: Value) -> Iterator[Sequence[Field]]:
        rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []
        for index, row in enumerate([*rows, *({} for _ in range(1 + FOLDED_ROWS))]):
            yield [
                self._field(question, column, f"{name}.{index}.{column.id}", row.get(column.id), index) for column in part.columns
            ]

    def _problem(self, question: str, part: str, row: int | None) -> str:
        for problem in self._problems:
            matches = (
                problem.column == part and problem.row == row if row is not None else problem.part == part and problem.row is None
            )
            if problem.question == question and matches:
                return words_for(problem)
        return ""


_OTHER_REPLIES = frozenset({AnswerState.PREFER_NOT_TO_SAY.value, AnswerState.DONT_KNOW.value})


def values_of(answers: Answers) -> Values:
    """Typed answers as plain values, for drawing them again."""
    return {question: answer_value(answer) for question, answer in answers.items()}


def posted_values(questions: Sequence[Question], post: QueryDict) -> Values:
    """What a posted form says, as plain values for `read_answers`; questions left blank are left out.

    Where somebody answers and also says that they would rather not, both are kept: reading refuses it, and they decide.
    """
    values: Values = {}
    for question in questions:
        replies = [reply for reply in post.getlist(f"{question.id}.reply") if reply in _OTHER_REPLIES]
        reach = Reach.DESK_ONLY if post.get(f"{question.id}.desk_only") else Reach.SECTION
        parts = {part.id: _posted(part, f"{question.id}.{part.id}", post) for part in question.parts}
        is_filled = any(not _is_empty(each) for each in parts.values())
        if replies or is_filled:
            values[question.id] = {"state": _state(replies), "reach": reach.value} | ({"parts": parts} if is_filled else {})
    return values


def _state(replies: Sequence[str]) -> str:
    if not replies:
        return AnswerState.ANSWERED.value
    return replies[0] if len(set(replies)) == 1 else AnswerState.PREFER_NOT_TO_SAY.value


def _posted(part: Part, name: str, post: QueryDict) -> Value:
    match part.type:
        case PartType.MULTI | PartType.COUNTRIES | PartType.FILE:
            return [each for each in post.getlist(name) if each]
        case PartType.YES_NO:
            return {"yes": True, "no": False}.get(post.get(name, ""))
        case PartType.COUNT:
            text = post.get(name, "").strip()
            return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
        case PartType.DATE:
            return _posted_date(name, post)
        case PartType.DATE_RANGE:
            return {end: _posted_date(f"{name}.{end}", post) for end in ("from", "to")}
        case PartType.PLACE:
            place: Values = {each: post.get(f"{name}.{each}", "").strip() for each in ("country", "region", "town")}
            return None if _is_empty(place) else place
        case PartType.TIMELINE:
            return _posted_rows(part, name, post)
        case _:
            return post.get(name, "")


def _posted_date(name: str, post: QueryDict) -> Value:
    on = post.get(f"{name}.on", "").strip()
    return {"on": on, "about": bool(post.get(f"{name}.about"))} if on else None


def _posted_rows(part: Part, name: str, post: QueryDict) -> Value:
    prefix = f"{name}."
    firsts = {key[len(prefix) :].partition(".")[0] for key in post if key.startswith(prefix)}
    numbers = sorted(int(first) for first in firsts if first.isascii() and first.isdigit() and len(first) < 4)
    rows = []
    for number in numbers[:200]:
        row = {column.id: _posted(column, f"{name}.{number}.{column.id}", post) for column in part.columns}
        if any(not _is_empty(each) for each in row.values()):
            rows.append({column: each for column, each in row.items() if not _is_empty(each)})
    return rows


def _is_empty(value: Value) -> bool:
    if isinstance(value, Mapping):
        return all(_is_empty(each) or each is False for each in value.values())
    if isinstance(value, list | tuple):
        return all(_is_empty(each) for each in value)
    return value is None or value == ""
