"""Where to cover: rectangles in fractions of what a viewer sees, upright, from the top left corner."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from safeconduct.core.canonical import Value
from safeconduct.core.errors import SafeconductError

LARGEST_PAGE = 200
"""Pages that a redacted file can have."""
_PARTS = 10_000


class NotRegion(SafeconductError):
    """A region lies outside the page, is empty, or is not written as one."""


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A rectangle of one page (from 1); fractions from 0 to 1 of its width and height as it is seen. NotRegion otherwise."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if not 1 <= self.page <= LARGEST_PAGE:
            raise NotRegion("the page is not a page of a redacted file")
        # A comparison with what is not a number fails, so these are refused too.
        if not (0 <= self.left < self.right <= 1 and 0 <= self.top < self.bottom <= 1):
            raise NotRegion("the region is empty or outside its page")

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right, bottom of the smallest box of whole pixels that holds it; right and bottom stand outside."""
        return (
            math.floor(self.left * width),
            math.floor(self.top * height),
            math.ceil(self.right * width),
            math.ceil(self.bottom * height),
        )

    def to_value(self) -> Value:
        """As canonical JSON, which knows no fractions: page and ten-thousandths, grown outwards."""
        return [self.page, *self.pixels(_PARTS, _PARTS)]

    @classmethod
    def from_value(cls, value: Value) -> "Region":
        """A region that `to_value` gave. NotRegion for anything else."""
        if not isinstance(value, list | tuple) or len(value) != 5:
            raise NotRegion("a region has a page and four sides")
        numbers = [each for each in value if type(each) is int]
        if len(numbers) != 5:
            raise NotRegion("a region is written in whole numbers")
        page, *sides = numbers
        return cls(page, *(side / _PARTS for side in sides))


def covered(regions: Iterable[Region], page: int, width: int, height: int) -> list[tuple[int, int, int, int]]:
    """The boxes of pixels of one page that are painted over."""
    return [region.pixels(width, height) for region in regions if region.page == page]


def cells_of(region: Region, columns: int, rows: int) -> list[tuple[int, int]]:
    """The (column, row) of a grid over the page, from 0, that a region touches."""
    left, top, right, bottom = region.pixels(columns, rows)
    return [(column, row) for row in range(top, bottom) for column in range(left, right)]


def region_of_cells(page: int, cells: Iterable[tuple[int, int]], columns: int, rows: int) -> Sequence[Region]:
    """Cells of a grid as regions: those that touch in a row become one. NotRegion for a cell outside."""
    found: list[Region] = []
    for column, row in sorted(set(cells), key=lambda cell: (cell[1], cell[0])):
        if not (0 <= column < columns and 0 <= row < rows):
            raise NotRegion("a cell is outside the grid")
        region = Region(page, column / columns, row / rows, (column + 1) / columns, (row + 1) / rows)
        if found and found[-1].top == region.top and found[-1].right == region.left:
            region = Region(page, found.pop().left, region.top, region.right, region.bottom)
        found.append(region)
    return found
