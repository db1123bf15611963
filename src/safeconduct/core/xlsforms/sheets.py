"""Workbooks as they stand: sheets of cells, each a trimmed text; from .xlsx and .xls bytes, within limits.

Only what is stored is read: a formula counts with the result that was saved beside it and is never computed. A number
that is whole reads without its decimals, a date as ISO, a truth value as TRUE or FALSE, the way form designers see them.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from safeconduct.core.spreadsheets import cell_address
from safeconduct.core.xlsforms.problems import FormRefused, Problem

MOST_ROWS: Final = 50_000
MOST_CELLS: Final = 1_000_000
MOST_COLUMNS: Final = 1_000
MOST_SHEETS: Final = 100
LONGEST_CELL: Final = 32_767
"""What spreadsheet programs themselves allow."""

_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
_SPACES = str.maketrans({"\t": " ", "\r": "\n"})


@dataclass(frozen=True)
class Sheet:
    """A sheet's filled cells by row and column, both counted from 0."""

    name: str
    rows: Mapping[int, Mapping[int, str]]
    unread: tuple[tuple[int, int], ...] = ()
    """Cells with a formula beside which no result was saved, or with an error for a result."""

    def filled_rows(self) -> Iterator[tuple[int, Mapping[int, str]]]:
        """The rows that hold anything, in their order."""
        for row in sorted(self.rows):
            yield row, self.rows[row]

    def problem(self, row: int, column: int, what: str, *, heading: str = "") -> Problem:
        """A problem at one cell, with what stands there."""
        value = self.rows.get(row, {}).get(column, "")
        return Problem(self.name, row + 1, heading, cell_address(row, column), what, value[:200])


@dataclass(frozen=True)
class Workbook:
    """The sheets of a workbook in their order."""

    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, however it is written; the first when several are."""
        wanted = name.casefold()
        return next((each for each in self.sheets if each.name.strip().casefold() == wanted), None)


class SheetBuilder:
    """Gathers the cells of one sheet while they are read, and refuses what is too much."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rows: dict[int, dict[int, str]] = {}
        self._unread: list[tuple[int, int]] = []
        self._cells = 0

    def put(self, row: int, column: int, text: str) -> None:
        """Keep a cell's text; blank ones are passed over. FormRefused beyond the limits."""
        text = tidy(text)
        if not text:
            return
        self._require_room(row, column)
        if len(text) > LONGEST_CELL:
            raise FormRefused([Problem(self._name, row + 1, "", cell_address(row, column), "this cell holds too much text")])
        self._rows.setdefault(row, {})[column] = text

    def put_unread(self, row: int, column: int) -> None:
        """Remember a formula without a result."""
        self._require_room(row, column)
        self._unread.append((row, column))

    def sheet(self) -> Sheet:
        """What was gathered."""
        return Sheet(self._name, self._rows, tuple(self._unread))

    def _require_room(self, row: int, column: int) -> None:
        self._cells += 1
        if row >= MOST_ROWS or column >= MOST_COLUMNS or self._cells > MOST_CELLS:
            what = f"more than {MOST_ROWS} rows, {MOST_COLUMNS} columns or {MOST_CELLS} cells"
            raise FormRefused([Problem(self._name, row + 1, "", cell_address(row, column), what)])


def tidy(text: str) -> str:
    """The text of a cell in NFC, without outer space, invisible characters and control characters."""
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").translate(_SPACES))
    if not text.isprintable():
        # No-break spaces are kept: French puts them before “?” and “:”.
        text = "".join(each for each in text if each == "\n" or unicodedata.category(each) not in ("Cc", "Cs", "Cn", "Co"))
    return unicodedata.normalize("NFC", text).strip()


def number_text(number: float) -> str:
    """A number as it is written: whole without decimals, else as short as it can be."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return repr(number)


def date_text(serial: float, *, since_1904: bool) -> str:
    """A spreadsheet's day number as ISO date, date and time, or time; the number itself where it is none of these."""
    # 1900 is kept as a leap year by spreadsheets; from March 1900 on, this origin gives their days.
    origin = datetime.datetime(1904, 1, 1) if since_1904 else datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - a wall clock
    if not 0 <= serial < 2_900_000:
        return number_text(serial)
    moment = origin + datetime.timedelta(seconds=round(serial * 86_400))
    if serial < 1:
        return moment.time().isoformat()
    if moment.time() == datetime.time():
        return moment.date().isoformat()
    return moment.isoformat()
