"""Which datasets say anything of a place and a time: nothing found is told apart from nobody having looked."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from safeconduct.core.incidents.overlap import KM_PER_DEGREE, Stay
from safeconduct.core.incidents.store import EPOCH, Array, Store

COVERED_KM = 100.0
_DEGREES = 0.5
_ROWS, _COLUMNS = int(180 / _DEGREES), int(360 / _DEGREES)


def covered(store: Store, stays: Sequence[Stay]) -> list[frozenset[str]]:
    """For each stay the datasets that say anything of its surroundings and its time; none: nothing was looked at there.

    A dataset covers a stay when it has an incident within about 100 km of it at any time (by a grid of half a degree), and its
    first and last days span some of the stay's. It says that somebody was counting there, not that everything was counted.
    """
    found: list[set[str]] = [set() for _ in stays]
    if not stays:
        return []
    boxes = _boxes(stays)
    first = np.array([each.earliest.toordinal() - EPOCH for each in stays])
    last = np.array([min(each.latest, date(2200, 1, 1)).toordinal() - EPOCH for each in stays])
    number = store.column["dataset"]
    for place, dataset in enumerate(store.datasets):
        rows = number == place
        if not rows.any():
            continue
        begins, ends = int(store.column["first"][rows].min()), int(store.column["last"][rows].max())
        near = _any_within(store.column["lat"][rows], store.column["lon"][rows], boxes)
        for stay in np.flatnonzero(near & (begins <= last) & (first <= ends)).tolist():
            found[stay].add(dataset.id)
    return [frozenset(each) for each in found]


def _boxes(stays: Sequence[Stay]) -> tuple[Array, Array, Array, Array]:
    """Cells of the grid around each stay: first and last row, first column, number of columns."""
    lat, lon, radius = (np.array([getattr(each, name) for each in stays]) for name in ("lat", "lon", "radius_km"))
    high = (radius + COVERED_KM) / KM_PER_DEGREE
    wide = np.minimum(high / np.cos(np.radians(np.minimum(np.abs(lat) + high, 89.0))), 180.0)
    bottom = np.clip(np.floor((lat - high + 90) / _DEGREES), 0, _ROWS - 1).astype(np.int64)
    top = np.clip(np.floor((lat + high + 90) / _DEGREES), 0, _ROWS - 1).astype(np.int64)
    left = np.floor((lon - wide + 180) / _DEGREES).astype(np.int64)
    width = np.minimum(np.floor((lon + wide + 180) / _DEGREES).astype(np.int64) - left + 1, _COLUMNS)
    return bottom, top, left % _COLUMNS, width


def _any_within(lat: Array, lon: Array, boxes: tuple[Array, Array, Array, Array]) -> npt.NDArray[np.bool_]:
    bottom, top, left, width = boxes
    grid = np.zeros((_ROWS, 2 * _COLUMNS), np.int64)
    row = np.clip(np.floor((lat + 90) / _DEGREES), 0, _ROWS - 1).astype(np.int64)
    column = np.floor((lon + 180) / _DEGREES).astype(np.int64) % _COLUMNS
    # Twice side by side: a box over the date line is one box.
    grid[row, column] = grid[row, column + _COLUMNS] = 1
    sums = np.zeros((_ROWS + 1, 2 * _COLUMNS + 1), np.int64)
    sums[1:, 1:] = grid.cumsum(0).cumsum(1)
    right = left + width
    inside = sums[top + 1, right] - sums[bottom, right] - sums[top + 1, left] + sums[bottom, left]
    near: npt.NDArray[np.bool_] = inside > 0
    return near
