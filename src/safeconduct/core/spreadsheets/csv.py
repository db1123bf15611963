"""Lists as CSV. Programs that open it guess what a cell is: those that look like a formula are made to look like a text."""

import csv
import io

from safeconduct.core.spreadsheets.xlsx import LIKE_A_FORMULA, Table

_QUOTE = "'"


def write_csv(table: Table) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark, by which office programs know the letters.

    A cell that begins with = + - @, a tab or a line end, also behind spaces, gets an apostrophe in front.
    """
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([_harmless(cell) for cell in row] for row in table)
    return written.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return _QUOTE + cell if cell.lstrip(" ").startswith(LIKE_A_FORMULA) or cell.startswith(_QUOTE) else cell
