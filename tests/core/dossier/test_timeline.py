"""The drawn line: every event with a day is on it, inside it, and on nobody else's place."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.dossier.content import Event
from safeconduct.core.dossier.timeline import drawn

_DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))


def event(start: date | None, days: int = 0) -> Event:
    """An event that lasted so many days."""
    return Event(when="", where="", text="", span=(start, start + timedelta(days=days)) if start else None)


@given(events=st.lists(st.builds(event, st.none() | _DAYS, st.integers(0, 900)), max_size=15))
def test_every_dated_event_is_on_the_line_and_none_overlaps(events: list[Event]) -> None:
    line = drawn(events)
    dated = [number for number, each in enumerate(events, start=1) if each.span]
    if len(dated) < 2:
        assert line is None
        return
    assert line is not None
    assert sorted(mark["number"] for mark in line["marks"]) == dated
    assert all(0 <= mark["from"] <= mark["to"] <= 1 for mark in line["marks"])
    assert all(0 <= tick["at"] <= 1 for tick in line["ticks"])
    assert 1 <= len(line["ticks"]) <= 9
    for lane in range(line["lanes"]):
        marks = sorted((mark["from"], mark["to"]) for mark in line["marks"] if mark["lane"] == lane)
        assert all(before[1] < after[0] for before, after in pairwise(marks))


def test_short_times_are_marked_by_quarters_and_long_ones_by_years() -> None:
    short = drawn([event(date(2022, 9, 28)), event(date(2023, 3, 11))])
    long = drawn([event(date(1993, 4, 1)), event(date(2024, 5, 1))])
    assert short is not None
    assert long is not None
    assert short["ticks"][0]["label"] == "07.2022"
    assert long["ticks"][0]["label"] == "1993"
    assert (long["from"], long["to"]) == (1993, 2025)
