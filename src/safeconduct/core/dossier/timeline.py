"""Where the events of a chronology stand on a drawn line: fractions of its width, and lanes so that nothing overlaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any  # A template's input is plain JSON of many shapes.

from safeconduct.core.dossier.content import Event

_MOST_TICKS = 9
_SHORT = timedelta(days=900)
"""Below this the line is marked by quarters, above it by years."""
_NARROWEST = 0.045
"""Fraction of the line that a mark with its number needs."""


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date) -> float:
        return (day - self.first).days / max((self.last - self.first).days, 1)


def drawn(events: Sequence[Event]) -> Mapping[str, Any] | None:
    """The line of a chronology: ticks, numbered marks in lanes. None where fewer than two events have a day."""
    dated = [(number, event, event.span) for number, event in enumerate(events, start=1) if event.span is not None]
    if len(dated) < 2:
        return None
    scale = _scale(min(span[0] for _, _, span in dated), max(span[1] for _, _, span in dated))
    ends: list[float] = []
    marks = []
    for number, event, (start, end) in sorted(dated, key=lambda each: (each[2], each[0])):
        left, right = scale.at(start), scale.at(end)
        lane = next((lane for lane, taken in enumerate(ends) if taken <= left), len(ends))
        ends[lane : lane + 1] = [max(right, left) + _NARROWEST]
        marks.append({"number": number, "from": left, "to": right, "lane": lane, "backed": bool(event.basis)})
    return {"ticks": _ticks(scale), "marks": marks, "lanes": len(ends), "from": scale.first.year, "to": scale.last.year}


def _scale(first: date, last: date) -> _Scale:
    if last - first <= _SHORT:
        return _Scale(_quarter(first), _quarter(last + timedelta(days=92)))
    return _Scale(date(first.year, 1, 1), date(last.year + 1, 1, 1) if last.year < date.max.year else date.max)


def _quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _ticks(scale: _Scale) -> list[dict[str, Any]]:
    if scale.last - scale.first <= _SHORT + timedelta(days=184):
        days = [_quarter(scale.first + timedelta(days=91 * step + 20)) for step in range(12)]
        found = [day for day in dict.fromkeys(days) if scale.first <= day <= scale.last]
        step = -(-len(found) // _MOST_TICKS)
        return [{"at": scale.at(day), "label": f"{day.month:02}.{day.year}"} for day in found[::step]]
    years = range(scale.first.year, scale.last.year + 1)
    step = -(-len(years) // _MOST_TICKS)
    return [{"at": scale.at(date(year, 1, 1)), "label": str(year)} for year in years[::step]]
