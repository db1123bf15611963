"""`incidents`: keep datasets of documented incidents as one store, and ask which of them may touch somebody's stays."""

import argparse
import contextlib
import csv
import json
import mmap
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TextIO

from safeconduct import packs
from safeconduct.core.edtf import DateUnreadable, read_interval
from safeconduct.core.errors import UnreadableInput
from safeconduct.core.incidents import overlap, readers, store
from safeconduct.core.incidents.model import Dataset, Incident, IncidentsRefused
from safeconduct.core.places import Gazetteer

_HEAD_CHARACTERS = 8_192
_POINT_KM = 1.0
"""Coordinates that somebody wrote down are no better than that."""
_COLUMNS = ("person", "place", "lat", "lon", "from", "to", "unit")
_CERTAINTIES = [each.value for each in (overlap.Certainty.WEAK, overlap.Certainty.POSSIBLE, overlap.Certainty.LIKELY)]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which files."""
    commands = parser.add_subparsers(dest="command", required=True, metavar="import | overlap")
    take = commands.add_parser("import", help="UCDP GED, ACLED, Bellingcat or plain files -> one store")
    take.add_argument("files", nargs="+", type=Path, metavar="FILE")
    take.add_argument("--version", default="", metavar="TEXT", help="version of the dataset, kept with every incident")
    take.add_argument("--out", type=Path, metavar="FILE", help="write the store there instead of into the desk's home")
    ask = commands.add_parser("overlap", help="incidents that may coincide with stays, as JSON lines")
    ask.add_argument(
        "--events", nargs="+", type=Path, metavar="FILE", help="a store, or files as for import (default: the home's)"
    )
    ask.add_argument("--stays", type=Path, required=True, metavar="stays.csv", help=f"columns: {','.join(_COLUMNS)}")
    ask.add_argument("--km", type=float, default=10.0, help="how near counts (default: 10)")
    ask.add_argument("--days", type=int, default=1, help="how many days apart counts (default: 1)")
    ask.add_argument(
        "--min-certainty", choices=_CERTAINTIES, default="weak", help="leave out what is less certain (default: weak)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit 0 when it was done; 2, with one line and nothing half-written, for what cannot be read."""
    today = datetime.now(UTC).date()
    if arguments.command == "import":
        return _import(arguments, today)
    with _opened(arguments.events, today) as held:
        people = _stays(arguments.stays, today)
        _say_overlaps(held, people, overlap.Reach(arguments.km, arguments.days), arguments.min_certainty)
    return 0


def _import(arguments: argparse.Namespace, today: date) -> int:
    target = arguments.out or _kept()
    content = _built(arguments.files, arguments.version, today)
    target.parent.mkdir(parents=True, exist_ok=True)
    # The old store serves until the new one is whole.
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as new:
        new.write(content)
        new.flush()
        os.fsync(new.fileno())
    Path(new.name).replace(target)
    held = store.open_store(content)
    print(f"{len(held)} incidents of {len(held.datasets)} datasets")
    return 0


def _built(files: Sequence[Path], version: str, today: date) -> bytes:
    datasets: list[Dataset] = []
    incidents: list[tuple[int, Incident]] = []
    for path in files:
        with _text(path) as stream:
            name = readers.recognise(stream.read(_HEAD_CHARACTERS))
            if name is None:
                raise UnreadableInput(f"incidents: {path.name}: no dataset of incidents that is known here")
            stream.seek(0)
            try:
                incidents += [(len(datasets), each) for each in readers.read_incidents(name, stream, today=today)]
            except IncidentsRefused as refused:
                raise UnreadableInput(f"incidents: {path.name}: {refused}") from None
        datasets.append(readers.dataset_of(name, version=version or path.stem))
    return store.build(datasets, incidents)


@contextlib.contextmanager
def _opened(events: Sequence[Path] | None, today: date) -> Iterator[store.Store]:
    paths = list(events or [_kept()])
    if len(paths) == 1 and _begins_as_store(paths[0]):
        with paths[0].open("rb") as stream:
            # Columns look into the mapped memory: it goes when they do.
            yield store.open_store(memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)))
        return
    yield store.open_store(_built(paths, "", today))


def _kept() -> Path:
    return Path(os.environ.get("SAFECONDUCT_HOME", "var")).absolute() / "incidents" / "incidents.store"


def _begins_as_store(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(len(store.MAGIC)) == store.MAGIC
    except OSError as problem:
        raise UnreadableInput(f"incidents: {path.name}: {problem.strerror}") from None


@contextlib.contextmanager
def _text(path: Path) -> Iterator[TextIO]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield stream
    except OSError as problem:
        raise UnreadableInput(f"incidents: {path.name}: {problem.strerror}") from None
    except UnicodeDecodeError:
        raise UnreadableInput(f"incidents: {path.name}: not in UTF-8") from None


@dataclass(frozen=True, repr=False)
class _Said:
    """One row of the stays."""

    person: str
    number: int
    stay: overlap.Stay


def _stays(path: Path, today: date) -> list[_Said]:
    gazetteer, found = Gazetteer(packs.places()), list[_Said]()
    with _text(path) as stream:
        reader = csv.DictReader(stream)
        if not {"person", "from"} <= set(reader.fieldnames or ()):
            raise UnreadableInput(f"incidents: {path.name}: row 1: the columns are {', '.join(_COLUMNS)}")
        for row in reader:
            where = f"incidents: {path.name}: row {reader.line_num}"
            found.append(_Said(row["person"], len(found), _stay(row, *_at(row, gazetteer, where), today, where)))
    return found


def _at(row: dict[str, str], gazetteer: Gazetteer, where: str) -> tuple[float, float, float]:
    """Latitude, longitude and how far around them it reaches, km."""
    lat, lon, place = ((row.get(name) or "").strip() for name in ("lat", "lon", "place"))
    if lat or lon:
        try:
            at = float(lat), float(lon)
        except ValueError:
            raise UnreadableInput(f"{where}: lat and lon are degrees") from None
        if not (-90 <= at[0] <= 90 and -180 <= at[1] <= 180):
            raise UnreadableInput(f"{where}: latitude then longitude; they may be exchanged")
        return *at, _POINT_KM
    known = gazetteer.meant(place)
    if known is None:
        several = "several places have this name: add the country (“Name, UA”), or give lat and lon"
        raise UnreadableInput(f"{where}: {several if gazetteer.named(place) else 'no such place here: give lat and lon'}")
    return known.lat, known.lon, known.radius_km


def _stay(row: dict[str, str], lat: float, lon: float, km: float, today: date, where: str) -> overlap.Stay:
    first, last = (row.get("from") or "").strip(), (row.get("to") or "").strip()
    try:
        period = read_interval(f"{first}/{last}" if last else first)
    except DateUnreadable as refused:
        raise UnreadableInput(f"{where}: from and to are dates as 2022, 2022-09, 2022-09-21 or 2022-09~: {refused}") from None
    earliest = period.earliest or date(1900, 1, 1)
    return overlap.Stay(lat, lon, km, earliest, max(period.latest or today, earliest), period.certain)


def _say_overlaps(held: store.Store, people: Sequence[_Said], reach: overlap.Reach, least: str) -> None:
    stays = [each.stay for each in people]
    found = overlap.explained(held, stays, overlap.overlapping(held, stays, reach), reach)
    coverage, shown = overlap.covered(held, stays), _CERTAINTIES[_CERTAINTIES.index(least) :]
    by_stay: dict[int, list[overlap.Overlap]] = {}
    for each in found:
        by_stay.setdefault(each.stay, []).append(each)
    persons: dict[str, list[_Said]] = {}
    for said in people:
        persons.setdefault(said.person, []).append(said)
    for person, rows in persons.items():
        count = 0
        for said in rows:
            for each in by_stay.get(said.number, ()):
                if each.certainty.value in shown:
                    count += 1
                    print(json.dumps(_line(held, person, said, each), ensure_ascii=False))
        datasets = sorted(set[str]().union(*(coverage[said.number] for said in rows)))
        bare = [said.number + 1 for said in rows if not coverage[said.number]]
        closing = {"person": person, "found": count, "coverage": datasets, "stays_without_coverage": bare}
        print(json.dumps(closing, ensure_ascii=False))


def _line(held: store.Store, person: str, said: _Said, each: overlap.Overlap) -> dict[str, Any]:
    incident, dataset = held.incident(each.row), held.dataset(each.row)
    return {
        "person": person,
        "stay": said.number + 1,
        "event": incident.id,
        "source": dataset.id,
        "version": dataset.version,
        "date": [incident.first.isoformat(), incident.last.isoformat()],
        "km": list(each.km),
        "days": list(each.days),
        "civilian_deaths": list(incident.civilians),
        "category": incident.category,
        "certainty": each.certainty.value,
        "why": _why(each, incident.precision.value),
    }


def _why(each: overlap.Overlap, precision: str) -> str:
    time = "the days overlap" if each.days[0] == 0 else f"{each.days[0]} or more days lie between"
    space = "may have been at the same place" if each.km[0] == 0 else f"at least {each.km[0]} km apart"
    return f"{space}; {time}; the place of the incident is known to: {precision}"
