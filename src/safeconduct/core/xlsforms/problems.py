"""What stands in a workbook that cannot be taken, each with its cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from safeconduct.core.errors import UnreadableInput

LONGEST_VALUE = 200
"""Characters of a cell that a message repeats."""


@dataclass(frozen=True)
class Problem:
    """One thing that a person has to change in the workbook."""

    sheet: str
    row: int
    """Counted from 1 as spreadsheets do; 0 where the whole sheet or file is meant."""
    column: str
    """The heading of the column, as it stands in the sheet; empty where no column is meant."""
    cell: str
    """The address, `F12`; empty where no cell is meant."""
    what: str
    value: str = ""

    def line(self) -> str:
        """The problem as one line: `survey!F12 (relevant): what is wrong`."""
        place = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        heading = f" ({self.column})" if self.column else ""
        return f"{place}{heading}: {self.what}" if place else self.what


class FormRefused(UnreadableInput):
    """The workbook is not a form that can be asked; `problems` names everything found, in the order of the sheets."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.line() for problem in problems[:3]))
        self.problems = tuple(problems)

    @classmethod
    def whole(cls, what: str) -> "FormRefused":
        """A refusal of the file as such."""
        return cls([Problem("", 0, "", "", what)])
