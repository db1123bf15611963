"""Overlap of stays with incidents, beside a vectorised brute force that must find the same."""

import random
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

import numpy as np

from safeconduct.bench import Effort, Row, Say, slope_row
from safeconduct.core.incidents import overlap, store
from safeconduct.core.incidents.coverage import covered
from safeconduct.core.incidents.model import Dataset, Incident, Precision

_FIRST, _DAYS = date(2014, 1, 1), 4_300
_EVENTS_A_PERSON, _STAYS_A_PERSON = 40, 3
_REACH = overlap.Reach(10.0, 1)
_BRUTE = 24
# As UCDP GED knows the places of its events in Ukraine, 2014 to 2021.
_KNOWN = {Precision.PLACE: 24, Precision.NEAR: 52, Precision.DISTRICT: 1, Precision.PROVINCE: 22, Precision.COUNTRY: 0.1}


def measure(effort: Effort, say: Say) -> list[Row]:
    """Persons with three stays each, against forty incidents a person, at three sizes; then each alone grows."""
    rows, by_persons, by_events = list[Row](), dict[int, float](), dict[int, float]()
    most = max(effort.search_sizes)
    everybody = _stays(most * _STAYS_A_PERSON)
    for persons in effort.search_sizes:
        say(f"incidents: {persons:,} persons")
        events = persons * _EVENTS_A_PERSON
        begun = time.perf_counter()
        packed = store.build([Dataset("made-up", "Made up", "1", "", "")], ((0, _incident(number)) for number in range(events)))
        built = time.perf_counter() - begun
        opening = statistics.median(_timed(partial(store.open_store, packed)) for _ in range(effort.rounds))
        held = store.open_store(packed)
        size = f"{persons:,} persons × 3, {events:,} events"
        rows += [
            Row(name="store built", size=f"{events:,} events", value=built, unit="s", note=f"{len(packed) / 1e6:.0f} MB"),
            Row(name="store opened", size=f"{events:,} events", value=opening * 1000, unit="ms", target=50),
            *_overlaps(held, everybody[: persons * _STAYS_A_PERSON], size, effort, is_full=persons >= 10_000),
        ]
        by_events[events] = _best(held, everybody[: min(effort.search_sizes) * _STAYS_A_PERSON], effort)
        if persons == most:
            by_persons = {some: _best(held, everybody[: some * _STAYS_A_PERSON], effort) for some in effort.search_sizes}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(Row(name="memory at most", size=f"{most:,} persons", value=memory, unit="MB", note="of the whole measurement"))
    return [*rows, slope_row("overlap, more persons", by_persons), slope_row("overlap, more events", by_events)]


def _overlaps(held: store.Store, stays: Sequence[overlap.Stay], size: str, effort: Effort, *, is_full: bool) -> list[Row]:
    seconds, pairs = _best(held, stays, effort), overlap.overlapping(held, stays, _REACH)
    told = statistics.median(_timed(partial(overlap.explained_columns, held, stays, pairs, _REACH)) for _ in range(effort.rounds))
    looked = statistics.median(_timed(partial(covered, held, stays)) for _ in range(effort.rounds))
    brute = [_brute(held, stays[number], number, pairs) for number in range(min(_BRUTE, len(stays)))]
    whole = statistics.median(brute) * len(stays)
    return [
        Row(name="overlap", size=size, value=seconds, unit="s", target=2 if is_full else None, note=f"{len(pairs):,} pairs"),
        Row(name="ranges and certainty of each pair", size=size, value=told, unit="s"),
        Row(name="coverage of each stay", size=size, value=looked, unit="s"),
        Row(
            name="overlap, times faster",
            size=size,
            value=whole / seconds,
            unit="times",
            note="than brute force over all columns, which finds the same (aim: 150 at 10,000 persons)",
        ),
    ]


def _best(held: store.Store, stays: Sequence[overlap.Stay], effort: Effort) -> float:
    return statistics.median(_timed(partial(overlap.overlapping, held, stays, _REACH)) for _ in range(effort.rounds))


def _brute(held: store.Store, stay: overlap.Stay, number: int, pairs: overlap.Pairs) -> float:
    column = held.column
    first, last = stay.earliest.toordinal() - store.EPOCH, stay.latest.toordinal() - store.EPOCH
    begun = time.perf_counter()
    km = overlap.distance_km(np.array(stay.lat), np.array(stay.lon), column["lat"], column["lon"])
    near = km - stay.radius_km - column["radius"] <= _REACH.km
    found = np.flatnonzero(near & (column["last"] >= first - _REACH.days) & (column["first"] <= last + _REACH.days))
    taken = time.perf_counter() - begun
    if not np.array_equal(np.sort(pairs.row[pairs.stay == number]), found):
        raise AssertionError("the index and brute force find different incidents")
    return taken


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _incident(number: int) -> Incident:
    chance = random.Random(number)  # noqa: S311  # made-up events, the same every time
    first = _FIRST + timedelta(days=chance.randrange(_DAYS))
    (precision,) = chance.choices(list(_KNOWN), list(_KNOWN.values()))
    last = first + timedelta(days=chance.choice((0, 0, 0, 0, 1, 3, 10, 30)))
    lat, lon = chance.uniform(44.5, 52.2), chance.uniform(22.5, 40)
    return Incident(str(number), first, last, lat, lon, precision, "", "", "", (0, 0, 0), harms_civilians=True, source="")


def _stays(count: int) -> list[overlap.Stay]:
    chance, found = random.Random(0), list[overlap.Stay]()  # noqa: S311  # as above
    for _ in range(count):
        first = _FIRST + timedelta(days=chance.randrange(_DAYS - 120))
        last = first + timedelta(days=chance.choice((3, 14, 60, 120)))
        lat, lon = chance.uniform(45, 52), chance.uniform(23, 40)
        found.append(overlap.Stay(lat, lon, chance.choice((0.0, 2.0, 10.0)), first, last, (first, last)))
    return found
