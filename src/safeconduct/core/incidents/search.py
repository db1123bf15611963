"""Asks of every place where somebody may have been, by what they say and by where their unit was recorded.

A recorded position widens a search: incidents there are found too, as possible ones at most. It narrows one: where the unit was
recorded far from the place that is said, a coincidence there becomes weak. Nothing is left out because of a record.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from safeconduct.core.incidents.coverage import covered
from safeconduct.core.incidents.overlap import (
    CERTAINTIES,
    Certainty,
    Overlap,
    Reach,
    Stay,
    distance_km,
    explained_columns,
    overlapping,
)
from safeconduct.core.incidents.store import Store
from safeconduct.core.incidents.units import Recorded, Units

FAR_KM = 100.0
"""Beyond the reach of both, a unit recorded this far away speaks against the place that is said."""
_RANK = {each: place for place, each in enumerate(CERTAINTIES)}


class By(StrEnum):
    """What put somebody near an incident."""

    PLACE = "place"
    UNIT = "unit"
    BOTH = "place and unit"


@dataclass(frozen=True)
class Whereabouts:
    """What is said of one stay: a place, a unit, or both."""

    stay: Stay | None
    """The place that is said, with its period; None where none is."""
    unit: str
    """As it is written; empty for none."""
    earliest: date
    latest: date


@dataclass(frozen=True)
class Found:
    """One incident that may touch one stay."""

    overlap: Overlap
    by: By
    unit: str
    """The unit whose recorded position counts; empty where only the place does."""
    unit_km: float | None
    """How far from the place that is said the unit was recorded during the incident, at least; None where it is not known."""


@dataclass(frozen=True)
class Searched:
    """What a search gives for one stay."""

    found: Sequence[Found]
    """The most certain and nearest first."""
    coverage: frozenset[str]
    """Datasets that say anything of these places and times; none: nothing was looked at there."""
    units: Sequence[str]
    """Units that the text may mean: one is searched by, several are left to a person."""
    recorded: Sequence[Recorded]
    """Where that unit was recorded in the time."""


def search(
    store: Store, people: Sequence[Whereabouts], reach: Reach, units: Units, *, least: Certainty = Certainty.WEAK
) -> list[Searched]:
    """For each stay the incidents that may touch it, at least so certain, and what was looked at.

    Memory grows with what is found: of many thousand stays ask some hundreds at a time.
    """
    named = [units.named(each.unit) if each.unit else [] for each in people]
    recorded = [
        units.recorded(names[0], each.earliest, each.latest) if len(names) == 1 else []
        for each, names in zip(people, named, strict=True)
    ]
    stays: list[Stay] = []
    whose: list[tuple[int, Recorded | None]] = []
    for number, each in enumerate(people):
        if each.stay:
            stays.append(each.stay)
            whose.append((number, None))
        for record in recorded[number]:
            stays.append(_at(record, each))
            whose.append((number, record))
    columns = explained_columns(store, stays, overlapping(store, stays, reach), reach, least)
    by_person: list[list[tuple[Overlap, Recorded | None]]] = [[] for _ in people]
    for place in range(len(columns)):
        overlap = columns.overlap(place)
        number, of = whose[overlap.stay]
        by_person[number].append((replace(overlap, stay=number), of))
    coverage: list[frozenset[str]] = [frozenset() for _ in people]
    for (number, _), datasets in zip(whose, covered(store, stays), strict=True):
        coverage[number] |= datasets
    return [
        Searched(
            _told(store, each, by_person[number], recorded[number], reach), coverage[number], named[number], recorded[number]
        )
        for number, each in enumerate(people)
    ]


def _at(record: Recorded, said: Whereabouts) -> Stay:
    """The surroundings of a recorded position while the person may have been with the unit: nobody is certain of that."""
    first, last = max(record.first, said.earliest), min(record.last, said.latest)
    return Stay(record.lat, record.lon, record.radius_km, first, last)


def _told(
    store: Store,
    said: Whereabouts,
    overlaps: Sequence[tuple[Overlap, Recorded | None]],
    recorded: Sequence[Recorded],
    reach: Reach,
) -> list[Found]:
    if not recorded:
        return [Found(overlap, By.PLACE, "", None) for overlap, _ in overlaps]
    by_row: dict[int, tuple[Overlap | None, tuple[Overlap, Recorded] | None]] = {}
    for overlap, record in overlaps:
        place, unit = by_row.get(overlap.row, (None, None))
        if record is None:
            by_row[overlap.row] = (overlap, unit)
        elif unit is None or overlap.km < unit[0].km:
            by_row[overlap.row] = (place, (overlap, record))
    found = []
    for row, (place, unit) in by_row.items():
        if place is None and unit is not None:
            found.append(Found(unit[0], By.UNIT, unit[1].unit, None))
        elif place is not None:
            apart = _apart_km(store, row, said.stay, recorded, reach)
            far = apart is not None and apart > FAR_KM
            kept = replace(place, certainty=Certainty.WEAK) if far and unit is None else place
            found.append(Found(kept, By.BOTH if unit else By.PLACE, recorded[0].unit if recorded else "", apart))
    return sorted(found, key=lambda each: (_RANK[each.overlap.certainty], each.overlap.km, each.overlap.days, each.overlap.row))


def _apart_km(store: Store, row: int, stay: Stay | None, recorded: Sequence[Recorded], reach: Reach) -> float | None:
    """How far from the place that is said the unit was recorded around the days of an incident, at least."""
    if stay is None:
        return None
    incident, slack = store.incident(row), timedelta(days=reach.days)
    then = [each for each in recorded if each.first - slack <= incident.last and incident.first <= each.last + slack]
    if not then:
        return None
    km = distance_km(
        np.full(len(then), stay.lat),
        np.full(len(then), stay.lon),
        np.array([each.lat for each in then]),
        np.array([each.lon for each in then]),
    )
    least = min(float(each) - one.radius_km - stay.radius_km for each, one in zip(km, then, strict=True))
    return round(max(0.0, least), 1)
