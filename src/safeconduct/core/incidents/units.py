"""Where military units were recorded, day by day, and which unit a person means by its name.

Two forms of file: the one of uawardata.com (`date,lat,lng,unit,unitnumber,type,strength,subordinate_to,sources_url`), and a plain
CSV (`unit,date,lat,lon`, optionally `aliases` parted by `|`, `parent`, `echelon`, `source`), in which numbers of military units
(в/ч) can stand as aliases. Positions are what somebody on the outside believed on that day: they widen or narrow a search.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain

from safeconduct.core.incidents.model import IncidentsRefused

HOLDS = timedelta(days=14)
"""How long a recorded position is taken to hold when no newer one is known; a convention of ours."""
_UAWARDATA = {"date", "lat", "lng", "unit", "subordinate_to"}
_PLAIN = {"unit", "date", "lat", "lon"}


class Echelon(StrEnum):
    """How large a unit is."""

    COMPANY = "company"
    BATTALION = "battalion"
    REGIMENT = "regiment"
    BRIGADE = "brigade"
    DIVISION = "division"
    CORPS = "corps"
    ARMY = "army"
    UNKNOWN = "unknown"


REACH_KM = {
    Echelon.COMPANY: 5.0,
    Echelon.BATTALION: 5.0,
    Echelon.REGIMENT: 10.0,
    Echelon.BRIGADE: 15.0,
    Echelon.DIVISION: 30.0,
    Echelon.CORPS: 60.0,
    Echelon.ARMY: 60.0,
    Echelon.UNKNOWN: 20.0,
}
"""How far around a recorded position its people may have been; conventions of ours (docs/incidents.md)."""

# In the order in which they are looked for: an air assault regiment is no artillery, a tank army no army of tanks alone.
_SHORT = r"\b(?:гв|ог|о|г)?(?:%s)\b"
"""Abbreviations as soldiers write them: омсбр, гвмсп, обрмп."""
_ECHELONS = (
    (Echelon.BATTALION, r"battalion|батальон|" + _SHORT % "мсб|тб|дшб|пдб"),
    (Echelon.COMPANY, r"company|\bрот[аыеу]?\b"),
    (Echelon.REGIMENT, r"regiment|полк|" + _SHORT % "мсп|тп|пдп|дшп|ап"),
    (Echelon.BRIGADE, r"brigade|бригад|" + _SHORT % "бр(?:мп|спн|бо)?|мсбр|тбр|дшбр|абр"),
    (Echelon.DIVISION, r"division|дивизи[яиюе]|" + _SHORT % "мсд|тд|вдд|дшд"),
    (Echelon.CORPS, r"corps|корпус|\bак\b"),
    (Echelon.ARMY, r"\barmy\b|\bарми|" + _SHORT % "оа|та"),
)
_ARMS = (
    ("air-assault", r"air assault|десантно[- ]?штурм|" + _SHORT % "дшп|дшбр|дшд|дшб"),
    ("airborne", r"airborne|воздушно[- ]?десант|парашют|" + _SHORT % "пдп|пдб|вдд"),
    ("marines", r"naval infantry|marine|морск\w+ пех|" + _SHORT % "брмп"),
    ("coastal", r"coastal|берегов|" + _SHORT % "брбо"),
    ("special", r"spetsnaz|special (?:purpose|forces)|спецназ|специальн\w+ назнач|" + _SHORT % "бр?спн"),
    ("motor-rifle", r"motor(?:ized|ised)? rifle|мотострел|" + _SHORT % "мсбр|мсп|мсд|мсб"),
    ("combined-arms", r"combined[- ]arms|общевойск|" + _SHORT % "оа"),
    ("tank", r"\btank|танков|" + _SHORT % "тбр|тп|тд|тб|та"),
    ("artillery", r"artillery|артилл|" + _SHORT % "абр|ап"),
    ("engineer", r"engineer|инженер|сап[её]р"),
)
_NUMBER = re.compile(r"(?<![\w.])(\d{1,6})\s*-?\s*(?:st|nd|rd|th|[йя]|ый|ая|ой|го|ей|ую)?(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Sign:
    """By what a unit is known in a text: its number, its arm and its size, as far as they are said."""

    number: str
    arm: str
    echelon: Echelon


@dataclass(frozen=True)
class Position:
    """Where a unit was recorded on a day."""

    day: date
    lat: float
    lon: float
    source: str


@dataclass(frozen=True)
class Recorded:
    """A unit was taken to be there from day to day, both inclusive."""

    unit: str
    first: date
    last: date
    lat: float
    lon: float
    radius_km: float
    source: str


@dataclass
class Unit:
    """One unit with all that is recorded of it."""

    name: str
    echelon: Echelon
    parents: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)


class Units:
    """Units by their names, with their positions."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = {unit.name: unit for unit in units}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_number: dict[str, list[tuple[Sign, str]]] = defaultdict(list)
        for unit in self._units.values():
            unit.positions.sort(key=lambda position: (position.day, position.lat, position.lon))
            for name in {_plain(each) for each in (unit.name, *unit.aliases)}:
                self._by_name[name].append(unit.name)
            for sign in {sign for each in (unit.name, *unit.aliases) for sign in signs_of(each)[:1]}:
                self._by_number[sign.number].append((sign, unit.name))

    def __len__(self) -> int:
        return len(self._units)

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._units.values())

    def named(self, text: str) -> Sequence[str]:
        """The units that a text may mean, in alphabetical order: by a name or alias as written, else by number, arm and size.

        Of “second company of the 64th brigade” the smallest part that is known counts.
        """
        if exact := self._by_name.get(_plain(text)):
            return sorted(set(exact))
        for sign in signs_of(text):
            fitting = {name for known, name in self._by_number.get(sign.number, ()) if _fits(sign, known)}
            if fitting:
                return sorted(fitting)
        return []

    def recorded(self, name: str, first: date, last: date) -> Sequence[Recorded]:
        """Where a unit was taken to be between two days; where nothing is known of it, where the unit above it was."""
        seen: set[str] = set()
        while name in self._units and name not in seen:
            seen.add(name)
            unit = self._units[name]
            if found := [each for each in _held(unit) if each.first <= last and first <= each.last]:
                return found
            name = unit.parents[-1] if unit.parents else ""
        return []


def signs_of(text: str) -> Sequence[Sign]:
    """Every numbered unit that a text names, as written from left to right."""
    plain = _plain(text)
    marks = list(_NUMBER.finditer(plain))
    found = []
    for place, mark in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else len(plain)
        rest = plain[mark.end() : end]
        before = plain[: mark.start()] if place == 0 else ""
        found.append(Sign(mark[1], _first(_ARMS, rest, before), Echelon(_first(_ECHELONS, rest, before) or Echelon.UNKNOWN)))
    return found


def recognises(columns: Iterable[str]) -> bool:
    """Whether a file with these columns holds positions of units."""
    known = set(columns)
    return known >= _UAWARDATA or (known >= _PLAIN and "id" not in known)


def read_units(lines: Iterable[str]) -> Units:
    """Units of a CSV file in either form. IncidentsRefused names the row and column that cannot be read."""
    reader = csv.DictReader(lines)
    columns = set(reader.fieldnames or ())
    if not recognises(columns):
        raise IncidentsRefused("positions of units have the columns unit, date, lat, lon", row=1)
    lon, parent = ("lng", "subordinate_to") if columns >= _UAWARDATA else ("lon", "parent")
    source = "sources_url" if columns >= _UAWARDATA else "source"
    units: dict[str, Unit] = {}
    for row in reader:
        name = (row.get("unit") or "").strip()
        if (row.get("country") or "").strip().casefold() == "ua":
            # Both sides number their brigades; those asked here served on the other one.
            continue
        if not name:
            raise IncidentsRefused("no name of a unit", row=reader.line_num, column="unit")
        position = _position(row, lon, source, reader.line_num)
        unit = units.setdefault(name, Unit(name, _echelon(row, name)))
        unit.positions.append(position)
        _add(unit.parents, row.get(parent))
        for alias in (row.get("aliases") or "").split("|"):
            _add(unit.aliases, alias)
    return Units(units.values())


def joined(several: Sequence[Units]) -> Units:
    """The units of several files as one."""
    found: dict[str, Unit] = {}
    for unit in chain.from_iterable(several):
        kept = found.setdefault(unit.name, Unit(unit.name, unit.echelon))
        kept.positions += unit.positions
        for name in unit.parents:
            _add(kept.parents, name)
        for name in unit.aliases:
            _add(kept.aliases, name)
    return Units(found.values())


def _held(unit: Unit) -> Sequence[Recorded]:
    """Its positions as periods; a position that is recorded again and again is one."""
    days = sorted({position.day for position in unit.positions})
    until = dict(zip(days, [*(day - timedelta(days=1) for day in days[1:]), date.max], strict=True)) if days else {}
    found: dict[tuple[float, float], list[Recorded]] = defaultdict(list)
    for each in unit.positions:
        last, before = min(until[each.day], each.day + HOLDS), found[each.lat, each.lon]
        begun = before.pop().first if before and before[-1].last >= each.day - timedelta(days=1) else each.day
        before.append(Recorded(unit.name, begun, last, each.lat, each.lon, REACH_KM[unit.echelon], each.source))
    return sorted(chain.from_iterable(found.values()), key=lambda each: (each.first, each.lat, each.lon))


def _position(row: Mapping[str, str], lon: str, source: str, number: int) -> Position:
    try:
        day = date.fromisoformat((row["date"] or "").strip())
    except ValueError:
        raise IncidentsRefused("a day as 2022-03-31", row=number, column="date") from None
    at = []
    for column, most in (("lat", 90.0), (lon, 180.0)):
        try:
            at.append(float(row[column] or ""))
        except ValueError:
            raise IncidentsRefused("degrees", row=number, column=column) from None
        if not -most <= at[-1] <= most:
            raise IncidentsRefused("latitude then longitude, in degrees; they may be exchanged", row=number, column=column)
    return Position(day, at[0], at[1], (row.get(source) or "").strip())


def _echelon(row: Mapping[str, str], name: str) -> Echelon:
    said = (row.get("echelon") or row.get("strength") or "").strip().casefold()
    if said in {each.value for each in Echelon}:
        return Echelon(said)
    return Echelon(_first(_ECHELONS, _plain(name), "") or Echelon.UNKNOWN)


def _add(names: list[str], name: str | None) -> None:
    if name and name.strip() and name.strip() not in names:
        names.append(name.strip())


def _fits(said: Sign, known: Sign) -> bool:
    """Whether what both say agrees; a bare number fits nothing but a number of five figures, which is one of its own."""
    if said.arm and known.arm and said.arm != known.arm:
        return False
    if Echelon.UNKNOWN not in (said.echelon, known.echelon) and said.echelon != known.echelon:
        return False
    return bool(said.arm or said.echelon is not Echelon.UNKNOWN or len(said.number) >= 5)


def _first(patterns: Iterable[tuple[str, str]], rest: str, before: str) -> str:
    for text in (rest, before):
        for value, pattern in patterns:
            if re.search(pattern, text):
                return str(value)
    return ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())
