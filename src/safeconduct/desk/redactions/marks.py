"""What is marked on the pages of one file: cells of a coarse grid, and exact rectangles in percent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from safeconduct.core.redaction import NotRegion, Region, region_of_cells

COLUMNS, ROWS = 12, 16
"""Of the grid over a page; cells the size of a stamp."""
_NUMBER = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_BOX = re.compile(r"\s+".join([_NUMBER] * 4))


@dataclass(frozen=True, repr=False)
class PageMarks:
    """The marks of one page: (column, row) from 0, and rectangles as (left, top, right, bottom) in percent of the page."""

    cells: Sequence[tuple[int, int]] = ()
    boxes: Sequence[tuple[float, float, float, float]] = ()

    def __bool__(self) -> bool:
        """Whether anything is marked."""
        return bool(self.cells or self.boxes)

    def regions(self, page: int) -> list[Region]:
        """As regions of a page. NotRegion for a mark outside it."""
        boxes = [Region(page, *(side / 100 for side in box)) for box in self.boxes]
        return [*region_of_cells(page, self.cells, COLUMNS, ROWS), *boxes]

    def lines(self) -> str:
        """The rectangles as they are typed."""
        return "\n".join(" ".join(f"{side:g}" for side in box) for box in self.boxes)

    def to_value(self) -> dict[str, Any]:
        """As canonical JSON: hundredths of a percent."""
        boxes = [[round(side * 100) for side in box] for box in self.boxes]
        return {"cells": [list(cell) for cell in self.cells], "boxes": boxes}

    @classmethod
    def from_value(cls, value: Mapping[str, Any]) -> "PageMarks":
        """Marks that `to_value` gave."""
        boxes = [(left / 100, top / 100, right / 100, bottom / 100) for left, top, right, bottom in value["boxes"]]
        return cls([(column, row) for column, row in value["cells"]], boxes)


def grid_rows(given: Sequence[str]) -> list[list[tuple[str, int, int, bool]]]:
    """Rows of cells for a page: value, column and row from 1, and whether it is among the given ones."""
    return [
        [(f"{column}-{row}", column + 1, row + 1, f"{column}-{row}" in given) for column in range(COLUMNS)] for row in range(ROWS)
    ]


def boxes_typed(text: str) -> list[tuple[float, float, float, float]]:
    """Rectangles, one a line: left, top, right, bottom in percent. NotRegion for anything else."""
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        typed = _BOX.fullmatch(line.strip())
        if typed is None:
            raise NotRegion("a line is not four numbers")
        left, top, right, bottom = (float(each.replace(",", ".")) for each in typed.groups())
        Region(1, left / 100, top / 100, right / 100, bottom / 100)
        found.append((left, top, right, bottom))
    return found
