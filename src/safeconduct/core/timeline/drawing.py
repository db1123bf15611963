"""Where things with uncertain dates stand on a drawn line: fractions of its width, and rows in lanes so that nothing overlaps.

Used by the desk's timeline and by the dossier's chronology; each draws the same picture with its own means.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from safeconduct.core.timeline.model import Statement
from safeconduct.core.timeline.readings import HIGH, LOW, Reading

_MOST_TICKS = 9
_SHORT = timedelta(days=900)
"""Below this the line is marked by quarters, above it by years."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What is to be drawn: days from `soft` to `soft` at most, from `hard` to `hard` at least."""

    key: str
    lane: str
    soft: tuple[int | None, int | None]
    """The first and the last day that it may reach, as ordinals; None where it is open."""
    hard: tuple[int, int] | None
    """The days that belong to it however it is read; None where there are none."""
    room: float = 0.0
    """Fraction of the line that its label needs, from its left end."""
    after: float = 0.0
    """Fraction of the line that it needs after its right end."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar on the line; fractions from 0 to 1."""

    key: str
    row: int
    """Within the whole picture, from 0."""
    left: float
    right: float
    hard: tuple[float, float] | None
    is_open_left: bool
    """It may begin earlier, or before what is shown."""
    is_open_right: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the scale."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """Rows of one source."""

    name: str
    first_row: int
    rows: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole line."""

    first: date
    last: date
    ticks: Sequence[Tick]
    lanes: Sequence[Lane]
    """In the order in which they first come."""
    marks: Sequence[Mark]
    left_out: Sequence[str]
    """Keys of bars without any day, or outside of the days that are shown."""


def bar_of(statement: Statement, *, lane: str, room: float = 0.0) -> Bar:
    """A statement as a bar: solid where it holds for every reading, soft where it may."""
    every, plain = statement.every, statement.plain
    # What is doubted (“?”) has no bound of its own: the days that were said are drawn, and none of them solid.
    first = every.first_lo if every.first_lo > LOW else plain.first_lo
    last = every.last_hi if every.last_hi < HIGH else plain.last_hi
    return Bar(statement.id, lane, _bounds(first, last), _core(every), room)


def picture(bars: Iterable[Bar], *, shown: tuple[date, date] | None = None) -> Picture | None:
    """The line of all bars, or of those that touch the days shown; None where no bar has a day."""
    listed = list(bars)
    days = [day for bar in listed for day in bar.soft if day is not None]
    if not days:
        return None
    first, last = shown or span_of(date.fromordinal(min(days)), date.fromordinal(max(days)))
    scale = _Scale(first.toordinal(), last.toordinal())
    drawn = [bar for bar in listed if scale.touches(bar)]
    marks, lanes = _placed(drawn, scale)
    kept = {bar.key for bar in drawn}
    return Picture(first, last, _ticks(first, last, scale), lanes, marks, [bar.key for bar in listed if bar.key not in kept])


def span_of(first: date, last: date) -> tuple[date, date]:
    """The scale for things from a day to a day: whole quarters where they are close together, else whole years."""
    if last - first <= _SHORT:
        return _quarter(first), _quarter(last + timedelta(days=92)) if last.year < date.max.year else date.max
    return date(first.year, 1, 1), date(last.year + 1, 1, 1) if last.year < date.max.year else date.max


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int

    def at(self, day: int) -> float:
        return min(max((day - self.first) / max(self.last - self.first, 1), 0.0), 1.0)

    def touches(self, bar: Bar) -> bool:
        start, end = bar.soft
        if start is None and end is None:
            return False
        return (start is None or start <= self.last) and (end is None or end >= self.first)


def _placed(bars: Sequence[Bar], scale: _Scale) -> tuple[list[Mark], list[Lane]]:
    marks: list[Mark] = []
    lanes: list[Lane] = []
    row = 0
    for name in dict.fromkeys(bar.lane for bar in bars):
        ends: list[float] = []
        for bar in sorted(
            (bar for bar in bars if bar.lane == name), key=lambda bar: (bar.soft[0] or LOW, bar.soft[1] or HIGH, bar.key)
        ):
            mark = _mark(bar, scale)
            begins = min(mark.left, 1.0 - bar.room)
            line = next((number for number, taken in enumerate(ends) if taken <= begins), len(ends))
            ends[line : line + 1] = [max(mark.right + bar.after, begins + bar.room)]
            marks.append(Mark(mark.key, row + line, mark.left, mark.right, mark.hard, mark.is_open_left, mark.is_open_right))
        lanes.append(Lane(name, row, len(ends)))
        row += len(ends)
    return marks, lanes


def _mark(bar: Bar, scale: _Scale) -> Mark:
    start, end = bar.soft
    hard = None
    if bar.hard is not None and bar.hard[0] <= scale.last and bar.hard[1] >= scale.first:
        hard = scale.at(bar.hard[0]), scale.at(bar.hard[1])
    return Mark(
        key=bar.key,
        row=0,
        left=0.0 if start is None else scale.at(start),
        right=1.0 if end is None else scale.at(end),
        hard=hard,
        is_open_left=start is None or start < scale.first,
        is_open_right=end is None or end > scale.last,
    )


def _bounds(first: int, last: int) -> tuple[int | None, int | None]:
    return (first if first > LOW else None), (last if last < HIGH else None)


def _core(reading: Reading) -> tuple[int, int] | None:
    if reading.is_point and reading.first_lo != reading.last_hi:
        return None
    return reading.core if reading.has_bounds else None


def _quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _ticks(first: date, last: date, scale: _Scale) -> list[Tick]:
    if last - first <= _SHORT + timedelta(days=184):
        days = [_quarter(first + timedelta(days=91 * step + 20)) for step in range(12) if first.year < date.max.year - 4]
        found = [day for day in dict.fromkeys(days) if first <= day <= last]
        step = max(-(-len(found) // _MOST_TICKS), 1)
        return [Tick(scale.at(day.toordinal()), f"{day.month:02}.{day.year}") for day in found[::step]]
    years = range(first.year, last.year + 1)
    step = -(-len(years) // _MOST_TICKS)
    return [Tick(scale.at(date(year, 1, 1).toordinal()), str(year)) for year in years[::step]]
