"""`incidents`: keep datasets of documented incidents as one store, and ask which of them may touch somebody's stays."""

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from safeconduct.core.incidents.overlap import CERTAINTIES, Certainty, Reach
from safeconduct.core.incidents.search import By, Found, Searched, search
from safeconduct.incidents import kept
from safeconduct.incidents.stays import COLUMNS, Row, read_stays

_CERTAINTIES = [each.value for each in CERTAINTIES]
_AT_ONCE = 300


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which files."""
    commands = parser.add_subparsers(dest="command", required=True, metavar="import | overlap")
    take = commands.add_parser("import", help="UCDP GED, ACLED, Bellingcat or plain files, and positions of units -> one store")
    take.add_argument("files", nargs="+", type=Path, metavar="FILE")
    take.add_argument("--version", default="", metavar="TEXT", help="version of the dataset, kept with every incident")
    for name, what in (("title", "its title"), ("licence", "its licence"), ("attribution", "whom to name")):
        take.add_argument(f"--{name}", default="", metavar="TEXT", help=f"of a plain file: {what}, kept with every incident")
    take.add_argument("--out", type=Path, metavar="FILE", help="write the store there instead of into the desk's home")
    ask = commands.add_parser("overlap", help="incidents that may coincide with stays, as JSON lines")
    ask.add_argument(
        "--events", nargs="+", type=Path, metavar="FILE", help="a store, or files as for import (default: the home's)"
    )
    ask.add_argument("--units", type=Path, metavar="FILE", help="positions of units (default: the home's)")
    ask.add_argument("--stays", type=Path, required=True, metavar="stays.csv", help=f"columns: {','.join(COLUMNS)}")
    ask.add_argument("--km", type=_number, default=10.0, help="how near counts (default: 10)")
    ask.add_argument("--days", type=_days, default=1, help="how many days apart counts (default: 1)")
    ask.add_argument(
        "--min-certainty", choices=_CERTAINTIES, default="weak", help="leave out what is less certain (default: weak)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit 0 when it was done; 2, with one line and nothing half-written, for what cannot be read."""
    today = datetime.now(UTC).date()
    if arguments.command == "import":
        told = kept.Told(arguments.version, arguments.title, arguments.licence, arguments.attribution)
        done = kept.import_files(arguments.files, told, today=today, target=arguments.out)
        units = f", positions of {done.units} units" if done.units else ""
        print(f"{done.incidents} incidents of {done.datasets} datasets{units}")
        return 0
    people = read_stays(arguments.stays, today=today)
    chosen = [*(arguments.events or [kept.folder() / "incidents.store"]), *([arguments.units] if arguments.units else [])]
    reach, least = Reach(arguments.km, arguments.days), Certainty(arguments.min_certainty)
    with kept.opened(chosen, today=today) as sources:
        for some in _by_person(people):
            found = search(sources.store, [each.whereabouts for each in some], reach, sources.units, least=least)
            _say(sources, some, found)
    return 0


def _by_person(people: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Rows of whole persons, some hundreds at a time: what was found for all at once may not fit into the memory."""
    persons: dict[str, list[Row]] = {}
    for row in people:
        persons.setdefault(row.person, []).append(row)
    some: list[Row] = []
    for rows in persons.values():
        some += rows
        if len(some) >= _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _number(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1_000:
        raise argparse.ArgumentTypeError("0 to 1000")
    return value


def _days(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 3_660:
        raise argparse.ArgumentTypeError("0 to 3660")
    return value


def _say(sources: kept.Sources, people: Sequence[Row], found: Sequence[Searched]) -> None:
    persons: dict[str, list[tuple[Row, Searched]]] = {}
    for row, searched in zip(people, found, strict=True):
        persons.setdefault(row.person, []).append((row, searched))
    for person, rows in persons.items():
        for row, searched in rows:
            for each in searched.found:
                print(json.dumps(_line(sources, person, row, each), ensure_ascii=False))
        count = sum(len(searched.found) for _, searched in rows)
        print(json.dumps(_closing(person, rows, count), ensure_ascii=False))


def _closing(person: str, rows: Sequence[tuple[Row, Searched]], count: int) -> dict[str, Any]:
    return {
        "person": person,
        "found": count,
        "coverage": sorted(set[str]().union(*(searched.coverage for _, searched in rows))),
        "stays_without_coverage": [row.number for row, searched in rows if not searched.coverage],
        "units": [
            {"stay": row.number, "may_mean": list(searched.units), "recorded_periods": len(searched.recorded)}
            for row, searched in rows
            if row.whereabouts.unit
        ],
    }


def _line(sources: kept.Sources, person: str, row: Row, each: Found) -> dict[str, Any]:
    overlap = each.overlap
    incident, dataset = sources.store.incident(overlap.row), sources.store.dataset(overlap.row)
    return {
        "person": person,
        "stay": row.number,
        "event": incident.id,
        "source": dataset.id,
        "version": dataset.version,
        "licence": dataset.licence,
        "attribution": dataset.attribution,
        "date": [incident.first.isoformat(), incident.last.isoformat()],
        "km": list(overlap.km),
        "days": list(overlap.days),
        "civilian_deaths": list(incident.civilians),
        "harms_civilians": incident.harms_civilians,
        "category": incident.category,
        "actors": incident.actors,
        "certainty": overlap.certainty.value,
        "by": each.by.value,
        "why": _why(each, incident.precision.value),
    }


def _why(each: Found, precision: str) -> str:
    overlap = each.overlap
    time = "the days overlap" if overlap.days[0] == 0 else f"{overlap.days[0]} or more days lie between"
    space = "may have been at the same place" if overlap.km[0] == 0 else f"at least {overlap.km[0]} km apart"
    said = [f"{space}; {time}; the place of the incident is known to: {precision}"]
    if each.by is By.UNIT:
        said.append(f"by where {each.unit} was recorded, not by the place that is said")
    elif each.unit_km is not None:
        said.append(f"{each.unit} was recorded {f'{each.unit_km} km away or more' if each.unit_km else 'there'} then")
    return "; ".join(said)
