"""The choices sheet: lists of choices with their texts and the columns by which they are filtered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from safeconduct.core.xlsforms.columns import TRANSLATED, Headings, Row, read_headings
from safeconduct.core.xlsforms.form import Choice
from safeconduct.core.xlsforms.problems import Problem
from safeconduct.core.xlsforms.sheets import Sheet

SHEETS = ("choices", "choices and columns", "choices_and_columns")


@dataclass(frozen=True)
class ReadChoice:
    """A choice and the row in which it stands."""

    choice: Choice
    row: Row


@dataclass(frozen=True)
class ChoiceLists:
    """Every list, and which further columns the sheet has."""

    lists: Mapping[str, tuple[ReadChoice, ...]] = field(default_factory=dict)
    columns: frozenset[str] = frozenset()
    headings: Headings | None = None


def read_choices(sheet: Sheet | None, *, may_repeat: bool, problems: list[Problem]) -> ChoiceLists:
    """The lists of a choices sheet; none without the sheet. `may_repeat` allows one name twice in a list."""
    if sheet is None or not sheet.rows:
        return ChoiceLists()
    headings = read_headings(sheet, problems)
    if not headings.has("name"):
        # Very old forms call the column “value”.
        headings = _renamed(headings, "value", "name")
    missing = [meaning for meaning in ("list_name", "name") if not headings.has(meaning)]
    if missing:
        problems.extend(sheet.problem(headings.row, 0, f"the sheet has no column “{each}”") for each in missing)
        return ChoiceLists()
    lists: dict[str, list[ReadChoice]] = {}
    seen: dict[tuple[str, str], int] = {}
    for row in headings.rows():
        read = _read_row(row, problems)
        if read is None:
            continue
        key = (row.text("list_name"), read.choice.name)
        if key in seen and not may_repeat:
            what = f"the name “{key[1]}” stands twice in the list “{key[0]}”, first in row {seen[key]}"
            problems.append(row.problem("name", what))
        seen.setdefault(key, row.row + 1)
        lists.setdefault(key[0], []).append(read)
    columns = frozenset(each.text for each in headings.columns if each.meaning not in TRANSLATED)
    return ChoiceLists({name: tuple(each) for name, each in lists.items()}, columns | {"name", "label"}, headings)


def _renamed(headings: Headings, old: str, new: str) -> Headings:
    from dataclasses import replace

    columns = tuple(replace(each, meaning=new) if each.meaning == old else each for each in headings.columns)
    return replace(headings, columns=columns, known={(each.meaning, each.language): each for each in columns})


def _read_row(row: Row, problems: list[Problem]) -> ReadChoice | None:
    name, list_name = row.text("name"), row.text("list_name")
    if not list_name:
        # Rows without a list are notes that people write between lists.
        return None
    if not name:
        problems.append(row.problem("name", "this choice has no name"))
        return None
    columns = {
        each.text: row.cells[each.column]
        for each in row.headings.columns
        if each.column in row.cells and each.meaning not in TRANSLATED and each.meaning not in ("list_name", "name")
    }
    return ReadChoice(Choice(name, row.texts("label"), columns), row)
