"""Stays of people as a CSV file: `person,place,lat,lon,from,to,unit`; a place or coordinates, or a unit alone; EDTF dates."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from safeconduct import packs
from safeconduct.core.edtf import DateUnreadable, read_interval
from safeconduct.core.errors import UnreadableInput
from safeconduct.core.incidents.overlap import Stay
from safeconduct.core.incidents.search import Whereabouts
from safeconduct.core.places import Gazetteer
from safeconduct.incidents.kept import text_of

COLUMNS = ("person", "place", "lat", "lon", "from", "to", "unit")
POINT_KM = 1.0
"""Coordinates that somebody wrote down are no better than that."""
_LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True, repr=False)
class Row:
    """One stay of one person; its number is its place in the file, from 1."""

    person: str
    number: int
    whereabouts: Whereabouts


def read_stays(path: Path, *, today: date) -> Sequence[Row]:
    """Every row. UnreadableInput names the row that cannot be read; an open end means until `today`."""
    found = list[Row]()
    with text_of(path) as stream:
        reader = csv.DictReader(stream)
        if not {"person", "from"} <= set(reader.fieldnames or ()):
            raise UnreadableInput(f"incidents: {path.name}: row 1: the columns are {', '.join(COLUMNS)}")
        for row in reader:
            where = f"incidents: {path.name}: row {reader.line_num}"
            found.append(Row(row["person"] or "", len(found) + 1, _whereabouts(row, today, where)))
    return found


def _whereabouts(row: dict[str, str], today: date, where: str) -> Whereabouts:
    first, last, unit = ((row.get(name) or "").strip() for name in ("from", "to", "unit"))
    try:
        period = read_interval(f"{first}/{last}" if last else first)
    except DateUnreadable as refused:
        raise UnreadableInput(f"{where}: from and to are dates as 2022, 2022-09, 2022-09-21 or 2022-09~: {refused}") from None
    earliest = period.earliest or _LONG_AGO
    latest = max(period.latest or today, earliest)
    at = _at(row, where, needed=not unit)
    return Whereabouts(Stay(*at, earliest, latest, period.certain) if at else None, unit, earliest, latest)


def _at(row: dict[str, str], where: str, *, needed: bool) -> tuple[float, float, float] | None:
    """Latitude, longitude and how far around them it reaches, km; None where no place is said and none is needed."""
    lat, lon, place = ((row.get(name) or "").strip() for name in ("lat", "lon", "place"))
    if lat or lon:
        try:
            at = float(lat), float(lon)
        except ValueError:
            raise UnreadableInput(f"{where}: lat and lon are degrees") from None
        if not (-90 <= at[0] <= 90 and -180 <= at[1] <= 180):
            raise UnreadableInput(f"{where}: latitude then longitude; they may be exchanged")
        return *at, POINT_KM
    if not place and not needed:
        return None
    gazetteer = _gazetteer()
    known = gazetteer.meant(place)
    if known is None:
        several = "several places have this name: add the country (“Name, UA”), or give lat and lon"
        raise UnreadableInput(f"{where}: {several if gazetteer.named(place) else 'no such place here: give lat and lon'}")
    return known.lat, known.lon, known.radius_km


@cache
def _gazetteer() -> Gazetteer:
    # Read when the first place is named: files with coordinates alone do without.
    return Gazetteer(packs.places())
