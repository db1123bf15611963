"""The line of a chronology, as the dossier's template takes it."""

from collections.abc import Mapping, Sequence
from typing import Any  # A template's input is plain JSON of many shapes.

from safeconduct.core.dossier.content import Event
from safeconduct.core.timeline.drawing import Bar, picture

_NUMBER_ROOM = 0.045
"""Fraction of the line that a mark's number needs behind it."""


def drawn(events: Sequence[Event]) -> Mapping[str, Any] | None:
    """The line of a chronology: ticks, numbered marks in lanes. None where fewer than two events have a day."""
    bars = [
        Bar(str(number), "", ends, ends, after=_NUMBER_ROOM)
        for number, event in enumerate(events, start=1)
        if event.span is not None and (ends := (event.span[0].toordinal(), event.span[1].toordinal()))
    ]
    line = picture(bars) if len(bars) > 1 else None
    if line is None:
        return None
    return {
        "ticks": [{"at": each.at, "label": each.label} for each in line.ticks],
        "marks": [
            {
                "number": int(each.key),
                "from": each.left,
                "to": each.right,
                "lane": each.row,
                "backed": bool(events[int(each.key) - 1].basis),
            }
            for each in line.marks
        ],
        "lanes": line.lanes[0].rows,
        "from": line.first.year,
        "to": line.last.year,
    }
