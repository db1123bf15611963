"""The store of incidents and the positions of units of a home. What is kept serves until the new one is whole."""

import contextlib
import json
import mmap
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from safeconduct.core.errors import UnreadableInput
from safeconduct.core.incidents import readers, store, units
from safeconduct.core.incidents.model import Dataset, Incident, IncidentsRefused

_HEAD_CHARACTERS = 8_192


@dataclass(frozen=True)
class Sources:
    """What is searched: incidents, and where units were recorded."""

    store: store.Store
    units: units.Units


@dataclass(frozen=True)
class Told:
    """What is said of the files: of a coalition's own list nobody else knows its title and terms."""

    version: str = ""
    """Empty for the name of the file."""
    title: str = ""
    licence: str = ""
    attribution: str = ""


@dataclass(frozen=True)
class Imported:
    """What an import kept."""

    incidents: int
    datasets: int
    units: int


def folder() -> Path:
    """Where a home keeps them."""
    return Path(os.environ.get("SAFECONDUCT_HOME", "var")).absolute() / "incidents"


def import_files(paths: Sequence[Path], told: Told, *, today: date, target: Path | None = None) -> Imported:
    """Read files and keep them instead of what was kept before: incidents, or positions of units, or both.

    UnreadableInput names file, row and column; nothing was written then. What the files hold nothing of stays as it was.
    """
    incidents, positions = read_files(paths, told, today=today)
    target = target or folder() / "incidents.store"
    count = datasets = 0
    if incidents is not None:
        held = store.open_store(incidents)
        count, datasets = len(held), len(held.datasets)
        _write(target, incidents)
    if len(positions):
        _write(target.with_name("units.json"), _as_json(positions))
    return Imported(count, datasets, len(positions))


@contextlib.contextmanager
def opened(paths: Sequence[Path] | None, *, today: date) -> Iterator[Sources]:
    """What is kept in the home, or in these files: a store, files as for an import, or both.

    UnreadableInput where a file cannot be read.
    """
    chosen = list(paths) if paths else [folder() / "incidents.store"]
    stores = [path for path in chosen if _begins_as_store(path)]
    others = [path for path in chosen if path not in stores]
    if len(stores) > 1 or (stores and any(_is_incidents(path) for path in others)):
        raise UnreadableInput(f"incidents: {stores[-1].name}: a store is searched alone; import the other files with it")
    positions = _units_beside(stores[0]) if stores else units.Units([])
    if not stores:
        content, more = read_files(others, Told(), today=today)
        yield Sources(store.open_store(content or store.build([], [])), more)
        return
    _, more = read_files(others, Told(), today=today)
    try:
        with stores[0].open("rb") as stream:
            # Columns look into the mapped memory: it goes when they do.
            mapped = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
            yield Sources(store.open_store(mapped), more if len(more) else positions)
    except IncidentsRefused as refused:
        raise UnreadableInput(f"incidents: {stores[0].name}: {refused}") from None


def read_files(paths: Sequence[Path], told: Told, *, today: date) -> tuple[bytes | None, units.Units]:
    """The bytes of a store of every incident in these files, None where they hold none, and the units."""
    datasets: list[Dataset] = []
    incidents: list[tuple[int, Incident]] = []
    positions: list[units.Units] = []
    for path in paths:
        with text_of(path) as stream:
            head = stream.read(_HEAD_CHARACTERS)
            stream.seek(0)
            try:
                name = readers.recognise(head)
                if name is None and units.recognises(readers.columns_of(head)):
                    positions.append(units.read_units(stream))
                    continue
                if name is None:
                    raise UnreadableInput(f"incidents: {path.name}: no dataset of incidents that is known here")
                incidents += [(len(datasets), each) for each in readers.read_incidents(name, stream, today=today)]
            except IncidentsRefused as refused:
                raise UnreadableInput(f"incidents: {path.name}: {refused}") from None
            datasets.append(_described(readers.dataset_of(name, version=told.version or path.stem), told))
    return store.build(datasets, incidents) if datasets else None, units.joined(positions)


def _described(dataset: Dataset, told: Told) -> Dataset:
    if dataset.id != readers.PLAIN:
        return dataset
    said = {name: getattr(told, name) for name in ("title", "licence", "attribution") if getattr(told, name)}
    return replace(dataset, **said)


@contextlib.contextmanager
def text_of(path: Path) -> Iterator[TextIO]:
    """A file as text; UnreadableInput where there is none, or none in UTF-8."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield stream
    except OSError as problem:
        raise UnreadableInput(f"incidents: {path.name}: {problem.strerror}") from None
    except UnicodeDecodeError:
        raise UnreadableInput(f"incidents: {path.name}: not in UTF-8") from None


def _begins_as_store(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(len(store.MAGIC)) == store.MAGIC
    except OSError as problem:
        raise UnreadableInput(f"incidents: {path.name}: {problem.strerror}") from None


def _is_incidents(path: Path) -> bool:
    with text_of(path) as stream:
        return readers.recognise(stream.read(_HEAD_CHARACTERS)) is not None


def _units_beside(path: Path) -> units.Units:
    try:
        kept: list[dict[str, Any]] = json.loads(path.with_name("units.json").read_text(encoding="utf-8"))  # Any: JSON
    except FileNotFoundError:
        return units.Units([])
    except (OSError, ValueError):
        raise UnreadableInput("incidents: units.json: damaged; import the positions of units again") from None
    return units.Units(
        units.Unit(
            each["name"],
            units.Echelon(each["echelon"]),
            each["parents"],
            each["aliases"],
            [units.Position(date.fromisoformat(day), lat, lon, source) for day, lat, lon, source in each["positions"]],
        )
        for each in kept
    )


def _as_json(positions: units.Units) -> bytes:
    rows = []
    for unit in positions:
        places = [[each.day.isoformat(), each.lat, each.lon, each.source] for each in unit.positions]
        rows.append({**asdict(unit), "positions": places})
    return json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as new:
        new.write(content)
        new.flush()
        os.fsync(new.fileno())
    Path(new.name).replace(target)
