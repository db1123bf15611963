"""The older binary workbooks (.xls), by way of xlrd."""

import io
import struct

import xlrd

from safeconduct.core.xlsforms.problems import FormRefused
from safeconduct.core.xlsforms.sheets import MOST_SHEETS, Sheet, SheetBuilder, date_text, number_text

# Everything that xlrd was seen to raise for damaged files: it trusts the offsets that stand in them.
_DAMAGED = (
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    struct.error,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
    OverflowError,
    RecursionError,
    MemoryError,
    ZeroDivisionError,
    NotImplementedError,
)


def read_xls(content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a binary workbook; FormRefused when it is damaged, locked or too large."""
    try:
        book = xlrd.open_workbook(file_contents=content, on_demand=True, ragged_rows=True, logfile=io.StringIO())
        if book.nsheets > MOST_SHEETS:
            raise FormRefused.whole(f"the workbook has more than {MOST_SHEETS} sheets")
        return tuple(_sheet(book, index) for index in range(book.nsheets))
    except _DAMAGED:
        raise FormRefused.whole("the .xls workbook is damaged or locked with a password") from None


def _sheet(book: xlrd.book.Book, index: int) -> Sheet:
    found = book.sheet_by_index(index)
    gathered = SheetBuilder(str(found.name))
    for row in range(found.nrows):
        for column, cell in enumerate(found.row(row)):
            _put(gathered, row, column, cell, since_1904=bool(book.datemode))
    book.unload_sheet(index)
    return gathered.sheet()


def _put(gathered: SheetBuilder, row: int, column: int, cell: xlrd.sheet.Cell, *, since_1904: bool) -> None:
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            gathered.put(row, column, str(cell.value))
        case xlrd.XL_CELL_NUMBER:
            gathered.put(row, column, number_text(float(cell.value)))
        case xlrd.XL_CELL_DATE:
            gathered.put(row, column, date_text(float(cell.value), since_1904=since_1904))
        case xlrd.XL_CELL_BOOLEAN:
            gathered.put(row, column, "TRUE" if cell.value else "FALSE")
        case xlrd.XL_CELL_ERROR:
            gathered.put_unread(row, column)
