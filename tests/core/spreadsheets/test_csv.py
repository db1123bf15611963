"""Lists that leave as CSV: read back as they were, and deaf to formulas."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.spreadsheets import write_csv

_TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r\0"), max_size=20)


def read(content: bytes) -> list[list[str]]:
    """The rows as a program reads them."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =HYPERLINK(1)", "＝1", "'=1"])
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    ((found,),) = read(write_csv([[cell]]))
    assert found.startswith("'")


@given(table=st.lists(st.lists(_TEXT, min_size=1, max_size=4), max_size=5))
def test_every_cell_comes_back_but_for_the_apostrophe(table: list[list[str]]) -> None:
    found = [row for row in read(write_csv(table)) if row]
    expected = [row for row in table if row != [""]]
    assert [[cell.removeprefix("'") for cell in row] for row in found if row != [""]] == expected
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for row in found for cell in row)
