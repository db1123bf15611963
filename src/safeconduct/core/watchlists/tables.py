"""Rows of CSV files, one after another, with the line on which each begins."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeconduct.core.watchlists.source import Source, clean

LONGEST_LINE = 1_000_000
_END_OF_FILE = b"\x1a"
"""Control-Z: OFAC's files end with it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Named:
    """One row under its columns."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell, cleaned; empty where the table has no such column."""
        return clean(self.cells.get(column, ""))


def rows(source: Source, *, delimiter: str = ",") -> Iterator[Row]:
    """Every row that is not empty. ListRefused for what is not UTF-8, is not CSV, or ends within a quotation."""
    reader = csv.reader(_lines(source), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as refused:
            early = "unexpected end" in str(refused)
            what = "the file ends within a quotation" if early else f"this is not CSV: {refused}"
            raise source.refused(line, what) from None
        if any(cells):
            yield Row(line, cells)
        line = reader.line_num + 1


def named(source: Source, table: Iterator[Row], header: Row, *, required: Sequence[str]) -> Iterator[Named]:
    """The rows after the header, under its columns.

    ListRefused for a column that lacks or stands twice, or a row of another width. Empty cells past the last column are
    allowed: spreadsheet programs write them.
    """
    columns = [clean(cell) for cell in header.cells]
    for column in required:
        if column not in columns:
            raise source.refused(header.line, "this column is not there", column)
    doubled = next((column for column in columns if column and columns.count(column) > 1), "")
    if doubled:
        raise source.refused(header.line, "this column stands twice", doubled)
    for row in table:
        if len(row.cells) < len(columns) or any(row.cells[len(columns) :]):
            raise source.refused(row.line, f"{len(row.cells)} cells where the table has {len(columns)} columns")
        yield Named(row.line, dict(zip(columns, row.cells, strict=False)))


def _lines(source: Source) -> Iterator[str]:
    number = 0
    while line := source.stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise source.refused(number, "this line is longer than in any list")
        if number == 1:
            if line.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise source.refused(1, "the file is UTF-16; save it as UTF-8")
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip() == _END_OF_FILE:
            return
        if b"\0" in line:
            raise source.refused(number, "there is a NUL byte here: this is not a text file")
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError as refused:
            raise source.refused(number, f"byte {refused.start + 1} of this line is not UTF-8") from None
