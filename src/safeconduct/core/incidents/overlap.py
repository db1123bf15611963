"""Which documented incidents may touch a stay in space and time. A question for an evaluator, never a finding.

Both sides are uncertain: a stay has a radius and a period whose bounds may be wide, an incident its own. Two may coincide when
the nearest they can have been is within `km` and the least days that can lie between them within `days`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from safeconduct.core.incidents.store import DAYS, EPOCH, Array, Group, Store, columns_of_grid

EARTH_KM = 6_371.0088
KM_PER_DEGREE = EARTH_KM * np.pi / 180
_FAR_FUTURE = date(2200, 1, 1).toordinal() - EPOCH
_STAYS_AT_ONCE = 1_000
"""Bounds the memory, not the result."""
_WIDE_KM = 100.0
"""Together this wide, a coincidence says next to nothing."""


class Certainty(StrEnum):
    """How much both sides' uncertainty leaves of a coincidence."""

    LIKELY = "likely"
    """Even at their farthest they were within the distance, on days that certainly belong to the stay."""
    POSSIBLE = "possible"
    """At their nearest they were."""
    WEAK = "weak"
    """The incident is known only to a province or a country, or the stay is that wide."""


CERTAINTIES = (Certainty.LIKELY, Certainty.POSSIBLE, Certainty.WEAK)


@dataclass(frozen=True)
class Stay:
    """Somebody was, or may have been, somewhere during a period."""

    lat: float
    lon: float
    radius_km: float
    earliest: date
    latest: date
    """The last day that may belong to it; for an open end the day of the search."""
    certain: tuple[date, date] | None = None
    """Days that belong to it however its bounds are read."""


@dataclass(frozen=True)
class Reach:
    """What counts as touching."""

    km: float = 10.0
    days: int = 1


@dataclass(frozen=True)
class Overlap:
    """One stay and one incident that may coincide."""

    stay: int
    row: int
    km: tuple[float, float]
    """Nearest and farthest that they can have been."""
    days: tuple[int, int]
    """Least and most days that can lie between them."""
    certainty: Certainty


@dataclass(frozen=True)
class Pairs:
    """Every overlap of many stays, as columns; in the order of stays and rows."""

    stay: npt.NDArray[np.int64]
    row: npt.NDArray[np.int64]
    km: npt.NDArray[np.float64]
    """From centre to centre."""

    def __len__(self) -> int:
        return len(self.stay)


def overlapping(store: Store, stays: Sequence[Stay], reach: Reach) -> Pairs:
    """Every pair of a stay and an incident that may coincide. Grows with the pairs near each stay, not with the store."""
    found: list[tuple[Array, Array, Array]] = []
    for start in range(0, len(stays) if len(store) else 0, _STAYS_AT_ONCE):
        held = _columns(stays[start : start + _STAYS_AT_ONCE])
        parts = [_in_group(store, group, held, reach) for group in store.groups]
        stay, row, km = (np.concatenate(part) for part in zip(*parts, strict=True))
        order = np.lexsort((row, stay))
        found.append((stay[order] + start, row[order], km[order]))
    if not found:
        nothing = np.zeros(0, np.int64)
        return Pairs(nothing, nothing, np.zeros(0))
    stay, row, km = (np.concatenate(part) for part in zip(*found, strict=True))
    return Pairs(stay, row, km)


@dataclass(frozen=True)
class Explained:
    """Overlaps with their ranges, as columns: of each stay the most certain and nearest first."""

    stay: npt.NDArray[np.int64]
    row: npt.NDArray[np.int64]
    km_least: npt.NDArray[np.float64]
    km_most: npt.NDArray[np.float64]
    days_least: npt.NDArray[np.int64]
    days_most: npt.NDArray[np.int64]
    rank: npt.NDArray[np.int64]
    """The place of its certainty in `CERTAINTIES`."""

    def __len__(self) -> int:
        return len(self.stay)

    def overlap(self, place: int) -> Overlap:
        """One of them."""
        km = float(self.km_least[place]), float(self.km_most[place])
        days = int(self.days_least[place]), int(self.days_most[place])
        return Overlap(int(self.stay[place]), int(self.row[place]), km, days, CERTAINTIES[int(self.rank[place])])


def explained(store: Store, stays: Sequence[Stay], pairs: Pairs, reach: Reach) -> list[Overlap]:
    """Pairs with their ranges and how certain they are; the most certain and nearest of each stay first."""
    columns = explained_columns(store, stays, pairs, reach)
    return [columns.overlap(place) for place in range(len(columns))]


def explained_columns(
    store: Store, stays: Sequence[Stay], pairs: Pairs, reach: Reach, least: Certainty = Certainty.WEAK
) -> Explained:
    """The same as columns, without what is less certain than `least`."""
    asked, held = _columns(stays), store.column
    sure = np.array([_certain(each) for each in stays], np.int64).reshape(-1, 2)
    begins, ends = asked.first[pairs.stay], asked.last[pairs.stay]
    first, last = held["first"][pairs.row].astype(np.int64), held["last"][pairs.row].astype(np.int64)
    slack = asked.radius[pairs.stay] + held["radius"][pairs.row]
    km_least, km_most = np.maximum(0.0, pairs.km - slack), pairs.km + slack
    likely = (km_most <= reach.km) & (sure[pairs.stay, 0] <= first) & (last <= sure[pairs.stay, 1])
    rank = np.where(slack >= _WIDE_KM, 2, np.where(likely, 0, 1))
    soonest = np.maximum(0, np.maximum(first - ends, begins - last))
    latest = np.maximum(np.abs(last - begins), np.abs(ends - first))
    kept = np.flatnonzero(rank <= CERTAINTIES.index(least))
    low, high = np.round(km_least, 1), np.round(km_most, 1)
    order = kept[np.lexsort([each[kept] for each in (pairs.row, latest, soonest, high, low, rank, pairs.stay)])]
    return Explained(pairs.stay[order], pairs.row[order], low[order], high[order], soonest[order], latest[order], rank[order])


def _certain(stay: Stay) -> tuple[int, int]:
    """The days that certainly belong to a stay; an empty period where there are none."""
    if stay.certain is None:
        return _FAR_FUTURE, -_FAR_FUTURE
    return stay.certain[0].toordinal() - EPOCH, stay.certain[1].toordinal() - EPOCH


@dataclass(frozen=True)
class _Stays:
    lat: Array
    lon: Array
    radius: Array
    first: Array
    last: Array


def _columns(stays: Sequence[Stay]) -> _Stays:
    return _Stays(
        np.array([each.lat for each in stays]),
        np.array([each.lon for each in stays]),
        np.array([each.radius_km for each in stays]),
        np.array([each.earliest.toordinal() - EPOCH for each in stays], np.int64),
        np.array([min(each.latest.toordinal() - EPOCH, _FAR_FUTURE) for each in stays], np.int64),
    )


def _in_group(store: Store, group: Group, stays: _Stays, reach: Reach) -> tuple[Array, Array, Array]:
    stay, cell = _cells(stays, stays.radius + reach.km + group.radius_km, group.cell_degrees)
    keys = store.column["key"][group.start : group.stop]
    # An incident may have begun as many days before the stay as the longest of the group lasts.
    lowest = np.maximum(stays.first - reach.days - group.days, 0)
    highest = np.clip(stays.last + reach.days, -1, DAYS - 1)
    begin = np.searchsorted(keys, cell * DAYS + lowest[stay])
    size = np.maximum(np.searchsorted(keys, cell * DAYS + highest[stay], side="right") - begin, 0)
    which, place = _spread(size)
    row, stay = begin[which] + place + group.start, stay[which]
    held = store.column
    in_time = held["last"][row] >= (stays.first - reach.days)[stay]
    row, stay = row[in_time], stay[in_time]
    km = distance_km(stays.lat[stay], stays.lon[stay], held["lat"][row], held["lon"][row])
    near = km - stays.radius[stay] - held["radius"][row] <= reach.km
    return stay[near], row[near], km[near]


def _cells(stays: _Stays, span: Array, degrees: float) -> tuple[Array, Array]:
    """(stay, cell) of every cell of a grid that a stay's surroundings touch."""
    high = span / KM_PER_DEGREE
    bottom = np.floor((np.maximum(stays.lat - high, -90) + 90) / degrees).astype(np.int64)
    top = np.floor((np.minimum(stays.lat + high, 90) + 90) / degrees).astype(np.int64)
    # Meridians run together towards the poles: the narrowest parallel of the surroundings decides.
    narrow = np.cos(np.radians(np.minimum(np.abs(stays.lat) + high, 89.9)))
    wide = np.minimum(high / narrow, 180.0)
    left = np.floor((stays.lon - wide + 180) / degrees).astype(np.int64)
    round_the_earth = int(columns_of_grid(degrees))
    columns = np.minimum(np.floor((stays.lon + wide + 180) / degrees).astype(np.int64) - left + 1, round_the_earth)
    stay, place = _spread((top - bottom + 1) * columns)
    row, column = place // columns[stay], place % columns[stay]
    return stay, (bottom[stay] + row) * round_the_earth + (left[stay] + column) % round_the_earth


def _spread(sizes: Array) -> tuple[Array, Array]:
    """For each of n runs its number, and places from 0 to its size."""
    which = np.repeat(np.arange(len(sizes)), sizes)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def distance_km(lat: Array, lon: Array, other_lat: Array, other_lon: Array) -> npt.NDArray[np.float64]:
    """Great-circle distance on a sphere of the mean radius (haversine); within 0.6 % of the ellipsoid."""
    one, two = np.radians(lat), np.radians(other_lat)
    half = np.sin((two - one) / 2) ** 2 + np.cos(one) * np.cos(two) * np.sin(np.radians(other_lon - lon) / 2) ** 2
    found: npt.NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return found
