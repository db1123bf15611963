"""The timeline as shapes of an SVG: whole numbers on a canvas of fixed width; classes and attributes, no inline style."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.timeline import Topic
from safeconduct.core.timeline.drawing import Mark, Picture, bar_of, picture
from safeconduct.desk.claims.selectors import CaseTimeline, Line

WIDTH = 1000
_HEAD, _LANE, _ROW = 28, 24, 34
_LETTER = 7
"""About the width of one letter of a label."""
_LONGEST_LABEL = 34
_THINNEST = 6
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, repr=False)
class Shape:
    """One statement on the canvas."""

    number: int
    label: str
    text_x: int
    y: int
    """Of its row's top."""
    left: int
    width: int
    hard_left: int
    hard_width: int
    """0 where nothing of it is certain."""
    before: int
    """Width of the soft part before what is certain."""
    after: int
    is_open_left: bool
    is_open_right: bool
    is_asked: bool
    """Whether a prompt about it is not answered yet."""

    @property
    def bar_y(self) -> int:
        """Where the bar itself begins, below its label."""
        return self.y + 17

    @property
    def right(self) -> int:
        """Where it ends."""
        return self.left + self.width

    @property
    def mark_x(self) -> int:
        """Where the mark of a prompt stands."""
        return min(self.right + 12, WIDTH - 9)

    @property
    def after_x(self) -> int:
        """Where the soft part after what is certain begins."""
        return self.hard_left + self.hard_width


@dataclass(frozen=True, repr=False)
class Drawn:
    """The canvas."""

    height: int
    ticks: Sequence[tuple[int, str]]
    lanes: Sequence[tuple[int, str]]
    """Where each source's name stands, and the name."""
    shapes: Sequence[Shape]
    first_year: int
    last_year: int
    years: Sequence[int]
    """That can be shown alone."""
    left_out: int
    """Statements without a day, or outside of the years shown."""


def drawn(timeline: CaseTimeline, *, first: int | None = None, last: int | None = None) -> Drawn | None:
    """The canvas of a case's statements, or of the years from first to last; None where nothing has a day."""
    # A birth is decades before everything else and would leave no room for it.
    drawable = [line for line in timeline.lines if line.statement.topic is not Topic.BIRTH]
    bars = [bar_of(line.statement, lane=line.source, room=_room(line)) for line in drawable]
    whole = picture(bars)
    if whole is None:
        return None
    shown = (date(first, 1, 1), date(last, 12, 31)) if first and last else None
    found = picture(bars, shown=shown) or whole
    asked = {each.id for line in timeline.prompts if line.answer is None or line.is_outdated for each in line.lines}
    by_id = {line.id: line for line in timeline.lines}
    tops = _tops(found)
    rows = sum(lane.rows for lane in found.lanes)
    years = range(max(whole.first.year, FIRST_YEAR), min(whole.last.year, LAST_YEAR) + 1)
    return Drawn(
        height=_HEAD + _LANE * len(found.lanes) + _ROW * rows + 8,
        ticks=[(_x(tick.at), tick.label) for tick in found.ticks if tick.at < 0.97],
        lanes=[(tops[number] - 7, lane.name) for number, lane in enumerate(found.lanes)],
        shapes=[_shape(mark, by_id[mark.key], _y(mark, found, tops), mark.key in asked) for mark in found.marks],
        first_year=found.first.year,
        last_year=found.last.year,
        years=years if len(years) <= 40 else (),
        left_out=len(timeline.lines) - len(found.marks),
    )


def years_of(query: dict[str, str]) -> tuple[int | None, int | None]:
    """`from` and `to` of an address as years; both None where they are none, or the wrong way round."""
    said = [query.get(name, "") for name in ("from", "to")]
    years = [int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0 for text in said]
    first, last = years
    return (first, last) if FIRST_YEAR <= first <= last <= LAST_YEAR else (None, None)


def _room(line: Line) -> float:
    return min(_text_width(line) / WIDTH, 1.0)


def _text_width(line: Line) -> int:
    return _LETTER * len(_short(line)) + 16


def _short(line: Line) -> str:
    label = f"{line.number} {line.what}"
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1].rstrip()}…"


def _tops(found: Picture) -> list[int]:
    tops, y = [], _HEAD
    for lane in found.lanes:
        y += _LANE
        tops.append(y)
        y += _ROW * lane.rows
    return tops


def _y(mark: Mark, found: Picture, tops: Sequence[int]) -> int:
    number = max(number for number, lane in enumerate(found.lanes) if lane.first_row <= mark.row)
    return tops[number] + _ROW * (mark.row - found.lanes[number].first_row)


def _shape(mark: Mark, line: Line, y: int, is_asked: bool) -> Shape:
    left, right = _x(mark.left), _x(mark.right)
    left = min(left, WIDTH - _THINNEST)
    width = max(right - left, _THINNEST)
    hard_left, hard_width = (left, 0)
    if mark.hard is not None:
        hard_left = min(_x(mark.hard[0]), WIDTH - _THINNEST)
        hard_width = max(_x(mark.hard[1]) - hard_left, _THINNEST)
    return Shape(
        number=line.number,
        label=_short(line),
        text_x=max(min(left, WIDTH - _text_width(line)), 0),
        y=y,
        left=left,
        width=width,
        hard_left=hard_left,
        hard_width=hard_width,
        before=max(hard_left - left, 0) if hard_width else 0,
        after=max(left + width - hard_left - hard_width, 0) if hard_width else 0,
        is_open_left=mark.is_open_left,
        is_open_right=mark.is_open_right,
        is_asked=is_asked,
    )


def _x(fraction: float) -> int:
    return round(fraction * WIDTH)
