"""Asking the datasets of this home which incidents may touch some stays, inside this process.

Engine, gazetteer and outlines are loaded when somebody searches, so that other pages start without them.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from safeconduct import packs
from safeconduct.core.edtf import DateUnreadable, read_interval
from safeconduct.core.places import Place
from safeconduct.desk.incidents.errors import NoIncidents, StayUnclear

if TYPE_CHECKING:
    from safeconduct.core.incidents.drawing import Line, Town
    from safeconduct.core.incidents.search import Found, Searched, Whereabouts
    from safeconduct.incidents.kept import Sources

MOST_STAYS = 20
MOST_FOUND = 150
"""Of one search; what is less certain and farther is counted, not kept."""
LONGEST = 200
_MICRO = 1_000_000
_LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True, kw_only=True, repr=False)
class Said:
    """One stay as somebody wrote it."""

    place: str = ""
    dates: str = ""
    """EDTF: 2022-09, 2022-09-21/2022-11, 2022-10~."""
    unit: str = ""
    place_id: str = ""
    """The place that a person chose among several of one name; empty where none was chosen."""
    statement: str = ""
    """The recorded statement it was taken from, or empty."""

    @property
    def key(self) -> str:
        """The stay in one text: decisions are about what was said."""
        return " | ".join((self.place, self.dates, self.unit))


@dataclass(frozen=True)
class DatasetLine:
    """One dataset as a page names it."""

    id: str
    title: str
    version: str
    licence: str
    attribution: str


@dataclass(frozen=True)
class Reached:
    """What counts as touching."""

    km: int
    days: int


@dataclass(frozen=True, repr=False)
class Answer:
    """What a search gives: what is sealed in the case."""

    stays: Sequence[dict[str, object]]
    hits: Sequence[dict[str, object]]
    """The most certain first, at most `MOST_FOUND`."""
    left_out: int


def datasets() -> Sequence[DatasetLine]:
    """What is searched; empty where nothing was imported."""
    try:
        with _opened(date.max) as sources:
            return [DatasetLine(**asdict(each)) for each in sources.store.datasets]
    except NoIncidents:
        return []


def sources_key() -> str:
    """Changes whenever another version of a dataset is kept; empty where there is none."""
    found = datasets()
    told = "\n".join(f"{each.id} {each.version}" for each in found)
    return hashlib.sha256(told.encode()).hexdigest() if found else ""


def place_meant(name: str) -> Place | None:
    """The one place that a name clearly means; None where it is not clear."""
    return packs.gazetteer().meant(name)


def places_named(name: str) -> Sequence[Place]:
    """Places of that name, the largest first."""
    return packs.gazetteer().named(name)


def look_up(said: Sequence[Said], reached: Reached, *, today: date) -> Answer:
    """The incidents that may touch these stays. NoIncidents where nothing was imported, StayUnclear for a stay."""
    from safeconduct.core.incidents.overlap import Reach
    from safeconduct.core.incidents.search import search

    whereabouts, places = [], []
    for row, each in enumerate(said):
        place = _place(row, each)
        places.append(place)
        whereabouts.append(_whereabouts(row, each, place, today))
    with _opened(today) as sources:
        searched = search(sources.store, whereabouts, Reach(float(reached.km), reached.days), sources.units)
        hits = [_hit(sources, each, found) for each, one in zip(said, searched, strict=True) for found in one.found]
    ranked = sorted(hits, key=_rank)
    stays = [_stay(*told) for told in zip(said, places, searched, strict=True)]
    return Answer(stays, ranked[:MOST_FOUND], max(0, len(ranked) - MOST_FOUND))


def background() -> "tuple[Sequence[Line], Sequence[Town]]":
    """Coasts, borders and towns for a map."""
    return _background()


def _place(row: int, said: Said) -> Place | None:
    if not said.place:
        if said.unit:
            return None
        raise StayUnclear(row, "place")
    known = packs.gazetteer().of_id(said.place_id) if said.place_id else packs.gazetteer().meant(said.place)
    if known is None:
        raise StayUnclear(row, "place")
    return known


def _whereabouts(row: int, said: Said, place: Place | None, today: date) -> "Whereabouts":
    from safeconduct.core.incidents.overlap import Stay
    from safeconduct.core.incidents.search import Whereabouts

    try:
        period = read_interval(said.dates)
    except DateUnreadable:
        raise StayUnclear(row, "dates") from None
    earliest = period.earliest or _LONG_AGO
    latest = max(period.latest or today, earliest)
    stay = Stay(place.lat, place.lon, place.radius_km, earliest, latest, period.certain) if place else None
    return Whereabouts(stay, said.unit, earliest, latest)


def _stay(said: Said, place: Place | None, searched: "Searched") -> dict[str, object]:
    at: dict[str, object] = {}
    if place:
        at = {
            "name": f"{place.name}, {place.country}",
            "lat": round(place.lat * _MICRO),
            "lon": round(place.lon * _MICRO),
            "metres": round(place.radius_km * 1_000),
        }
    recorded = [
        {
            "unit": each.unit,
            "first": each.first.isoformat(),
            "last": each.last.isoformat(),
            "lat": round(each.lat * _MICRO),
            "lon": round(each.lon * _MICRO),
            "metres": round(each.radius_km * 1_000),
        }
        for each in searched.recorded
    ]
    return {
        "key": said.key,
        "statement": said.statement,
        "place": said.place,
        "place_id": said.place_id,
        "dates": said.dates,
        "unit": said.unit,
        "at": at,
        "coverage": sorted(searched.coverage),
        "units": list(searched.units),
        "recorded": recorded,
    }


def _hit(sources: "Sources", said: Said, found: "Found") -> dict[str, object]:
    overlap = found.overlap
    incident, dataset = sources.store.incident(overlap.row), sources.store.dataset(overlap.row)
    content: dict[str, object] = {
        "dataset": dataset.id,
        "title": dataset.title,
        "version": dataset.version,
        "licence": dataset.licence,
        "attribution": dataset.attribution,
        "event": incident.id,
        "first": incident.first.isoformat(),
        "last": incident.last.isoformat(),
        "lat": round(incident.lat * _MICRO),
        "lon": round(incident.lon * _MICRO),
        "place": incident.place,
        "precision": incident.precision.value,
        "category": incident.category,
        "actors": incident.actors,
        "deaths": list(incident.civilians),
        "harms": incident.harms_civilians,
        "source": incident.source,
        "stay": said.key,
        "metres": [round(each * 1_000) for each in overlap.km],
        "days": list(overlap.days),
        "certainty": overlap.certainty.value,
        "by": found.by.value,
        "unit": found.unit,
        "unit_metres": -1 if found.unit_km is None else round(found.unit_km * 1_000),
    }
    told = {name: content[name] for name in ("first", "last", "category", "actors", "deaths", "harms", "certainty")}
    return {**content, "basis": hashlib.sha256(repr(sorted(told.items())).encode()).hexdigest()}


def _rank(hit: dict[str, object]) -> tuple[int, bool, str, str]:
    order = ("likely", "possible", "weak")
    return order.index(str(hit["certainty"])), not hit["harms"], str(hit["first"]), str(hit["event"])


@contextmanager
def _opened(today: date) -> "Iterator[Sources]":
    from safeconduct.incidents import kept

    if not (kept.folder() / "incidents.store").exists():
        raise NoIncidents("no dataset of incidents was imported")
    with kept.opened(None, today=today) as sources:
        yield sources


@cache
def _background() -> "tuple[Sequence[Line], Sequence[Town]]":
    from safeconduct.core.incidents.drawing import Town, read_outlines

    towns = [Town(each.name, each.lat, each.lon) for each in packs.gazetteer().best_known]
    return read_outlines(packs.outlines()), towns
