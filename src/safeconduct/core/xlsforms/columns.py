"""The headings of a sheet: which column means what, however it is spelled, and in which language."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from safeconduct.core.xlsforms.form import Texts
from safeconduct.core.xlsforms.problems import Problem
from safeconduct.core.xlsforms.sheets import Sheet

TRANSLATED = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "audio", "video"})

USED = TRANSLATED | {
    "type",
    "name",
    "relevant",
    "required",
    "constraint",
    "calculation",
    "default",
    "read_only",
    "choice_filter",
    "repeat_count",
    "parameters",
    "trigger",
    "appearance",
    "disabled",
    "seals",
}
"""The columns of the survey that are read."""

# Spellings in use, from the XLSForm documentation and from forms of the years since 2010.
_SPELLINGS = {
    "relevance": "relevant",
    "bind_relevant": "relevant",
    "skip_logic": "relevant",
    "bind_constraint": "constraint",
    "constraintmsg": "constraint_message",
    "constraint_msg": "constraint_message",
    "jr_constraintmsg": "constraint_message",
    "bind_jr_constraintmsg": "constraint_message",
    "bind_required": "required",
    "requiredmsg": "required_message",
    "required_msg": "required_message",
    "jr_requiredmsg": "required_message",
    "bind_jr_requiredmsg": "required_message",
    "calculate": "calculation",
    "bind_calculate": "calculation",
    "bind_calculation": "calculation",
    "readonly": "read_only",
    "bind_readonly": "read_only",
    "bind_read_only": "read_only",
    "control_appearance": "appearance",
    "body_appearance": "appearance",
    "caption": "label",
    "repeatcount": "repeat_count",
    "count": "repeat_count",
    "jr_count": "repeat_count",
    "body_jr_count": "repeat_count",
    "control_jr_count": "repeat_count",
    "listname": "list_name",
    "list": "list_name",
    "choicefilter": "choice_filter",
    "command": "type",
    "media_image": "image",
    "media_audio": "audio",
    "media_video": "video",
    "media_big_image": "big_image",
    "title": "form_title",
    "set_form_title": "form_title",
    "id_string": "form_id",
    "set_form_id": "form_id",
    "constraint_messages": "constraint_message",
}


@dataclass(frozen=True)
class Heading:
    """One column: what it means, and the language of its texts (empty without one)."""

    column: int
    text: str
    """As it stands in the sheet."""
    meaning: str
    language: str


@dataclass(frozen=True)
class Headings:
    """The headings of one sheet."""

    sheet: Sheet
    row: int
    columns: tuple[Heading, ...]
    known: Mapping[tuple[str, str], Heading]

    def has(self, meaning: str) -> bool:
        """Whether any column has that meaning."""
        return any(each.meaning == meaning for each in self.columns)

    def languages(self) -> tuple[str, ...]:
        """The languages of translated columns, in the order in which they first stand."""
        return tuple(dict.fromkeys(each.language for each in self.columns if each.language and each.meaning in TRANSLATED))

    def rows(self) -> Iterator["Row"]:
        """The filled rows below the headings."""
        for row, cells in self.sheet.filled_rows():
            if row > self.row:
                yield Row(self, row, cells)


@dataclass(frozen=True)
class Row:
    """One filled row, read by the meaning of its columns."""

    headings: Headings
    row: int
    cells: Mapping[int, str]

    def text(self, meaning: str) -> str:
        """The cell of that meaning, in the column without a language where there is one."""
        heading = self.headings.known.get((meaning, ""))
        return self.cells.get(heading.column, "") if heading else ""

    def texts(self, meaning: str) -> Texts:
        """The filled cells of that meaning by language."""
        found = ((each.language, self.cells.get(each.column, "")) for each in self.headings.columns if each.meaning == meaning)
        return {language: text for language, text in found if text}

    def problem(self, meaning: str, what: str, *, language: str = "") -> Problem:
        """A problem in the cell of that meaning; in the first cell of the row where there is no such column."""
        heading = self.headings.known.get((meaning, language)) or next(
            (each for each in self.headings.columns if each.meaning == meaning), None
        )
        if heading is None:
            return self.headings.sheet.problem(self.row, min(self.cells, default=0), what)
        return self.headings.sheet.problem(self.row, heading.column, what, heading=heading.text)

    def cells_of(self, meaning: str) -> Iterable[tuple[Heading, str]]:
        """Each filled cell of that meaning with its heading."""
        return [
            (each, self.cells[each.column])
            for each in self.headings.columns
            if each.meaning == meaning and each.column in self.cells
        ]


def read_headings(sheet: Sheet, problems: list[Problem]) -> Headings:
    """The headings of a sheet: its first filled row. Two columns of one meaning and language are a problem."""
    row, cells = next(sheet.filled_rows(), (0, {}))
    columns: list[Heading] = []
    known: dict[tuple[str, str], Heading] = {}
    for column, text in sorted(cells.items()):
        meaning, language = _meaning(text)
        heading = Heading(column, text, meaning, language)
        if (meaning, language) in known:
            other = known[meaning, language]
            if _contradict(sheet, row, other.column, column):
                problems.append(sheet.problem(row, column, f"this column means the same as “{other.text}”", heading=text))
            continue
        known[meaning, language] = heading
        columns.append(heading)
    return Headings(sheet, row, tuple(columns), known)


def _contradict(sheet: Sheet, row: int, first: int, second: int) -> bool:
    """Whether two columns that mean the same say different things anywhere below the headings."""
    below = (cells for each, cells in sheet.filled_rows() if each > row)
    return any(second in cells and cells[second] != cells.get(first) for cells in below)


def _meaning(heading: str) -> tuple[str, str]:
    """The meaning of a heading in one spelling, and its language."""
    steps = [step.strip() for step in heading.split("::")] if "::" in heading else _by_single_colons(heading)
    names = [_plain(step) for step in steps]
    if names[0] in ("bind", "control", "body", "media", "instance") and len(names) > 1:
        names[:2] = [f"{names[0]}_{names[1]}"]
        steps[:2] = [names[0]]
    meaning = _SPELLINGS.get(names[0], names[0])
    return meaning, steps[1] if len(steps) > 1 and meaning in TRANSLATED else "" if len(steps) < 2 else "::".join(steps[1:])


def _by_single_colons(heading: str) -> list[str]:
    steps = [step.strip() for step in re.sub(r"\bjr:", "jr_", heading).split(":")]
    return [step for step in steps if step] or [heading]


def _plain(step: str) -> str:
    return re.sub(r"[\s:-]+", "_", step.casefold())
