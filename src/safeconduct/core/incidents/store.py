"""Incidents as columns in one buffer: built once, mapped into memory by every process, searched without reading a row.

Layout: `SCINC1` and a line feed, the length of the head (8 bytes, little-endian), the head as JSON, then each column on a
multiple of 64 bytes. The same incidents give the same bytes. Incidents are grouped by how wide they reach in space and time, then
ordered by cell of a grid and first day within each group: that order is the index.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from safeconduct.core.incidents.model import RADIUS_KM, Dataset, Incident, IncidentsRefused, Precision

MAGIC = b"SCINC1\n"
DAYS = 2**17
"""Days of one cell in a key; 17 bits reach from year 1 to 358 when counted from `EPOCH`, far beyond any incident."""
EPOCH = date(1900, 1, 1).toordinal()
RADIUS_STEPS = (25.0, 150.0, 100_000.0)
"""Groups by reach in space, km."""
CELLS_DEGREES = (0.5, 2.0, 9.0)
"""The grid of each: about twice the reach, so that few cells surround a place."""
DURATION_STEPS = (7, 45, 100_000)
"""Groups by duration, days."""
_PRECISIONS = tuple(Precision)
_TEXTS = ("id", "place", "category", "actors", "source")
Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Group:
    """Incidents of similar reach: rows `start` to `stop`, in the order of `key`."""

    start: int
    stop: int
    radius_km: float
    """The widest among them."""
    days: int
    """The longest among them."""
    cell_degrees: float
    """The side of a cell of their grid."""


@dataclass(frozen=True)
class Store:
    """An open store. Columns are views of the buffer it was opened on."""

    datasets: Sequence[Dataset]
    groups: Sequence[Group]
    column: Mapping[str, Array]
    texts: Mapping[str, tuple[Array, Array]]

    def __len__(self) -> int:
        return len(self.column["first"])

    def incident(self, row: int) -> Incident:
        """One incident again, as it was read."""
        held = self.column
        return Incident(
            id=self.text("id", row),
            first=date.fromordinal(int(held["first"][row]) + EPOCH),
            last=date.fromordinal(int(held["last"][row]) + EPOCH),
            lat=float(held["lat"][row]),
            lon=float(held["lon"][row]),
            precision=_PRECISIONS[int(held["precision"][row])],
            place=self.text("place", row),
            category=self.text("category", row),
            actors=self.text("actors", row),
            civilians=(int(held["low"][row]), int(held["best"][row]), int(held["high"][row])),
            harms_civilians=bool(held["harms"][row]),
            source=self.text("source", row),
        )

    def dataset(self, row: int) -> Dataset:
        """Where one incident comes from."""
        return self.datasets[int(self.column["dataset"][row])]

    def text(self, name: str, row: int) -> str:
        """One text of one incident."""
        ends, heap = self.texts[name]
        start = int(ends[row - 1]) if row else 0
        return heap[start : int(ends[row])].tobytes().decode()


def build(datasets: Sequence[Dataset], incidents: Iterable[tuple[int, Incident]]) -> bytes:
    """The bytes of a store. Each incident comes with the number of its dataset, from 0; their order does not matter."""
    rows = [(number, each) for number, each in incidents]
    columns = _columns(rows)
    wide = np.searchsorted(RADIUS_STEPS, columns["radius"])
    keys = cells_of(columns["lat"], columns["lon"], np.array(CELLS_DEGREES)[wide]) * DAYS + columns["first"].astype(np.int64)
    reach = wide * len(DURATION_STEPS) + np.searchsorted(DURATION_STEPS, columns["last"] - columns["first"])
    names = np.array([f"{datasets[number].id} {each.id}" for number, each in rows])
    order = np.lexsort((names, keys, reach)) if rows else np.zeros(0, np.int64)
    columns = {name: values[order] for name, values in columns.items()} | {"key": keys[order]}
    reach = reach[order]
    head = {"datasets": [asdict(each) for each in datasets], "groups": _groups(columns, reach), "columns": {}}
    parts = {name: values.tobytes() for name, values in columns.items()}
    types = {name: values.dtype.str for name, values in columns.items()}
    for name in _TEXTS:
        encoded = [str(getattr(rows[place][1], name)).encode() for place in order]
        parts[f"{name}.end"] = np.cumsum([len(each) for each in encoded], dtype=np.int64).tobytes() if encoded else b""
        types[f"{name}.end"] = "<i8"
        parts[f"{name}.heap"], types[f"{name}.heap"] = b"".join(encoded), "|u1"
    return _laid_out(head, parts, types)


def open_store(buffer: bytes | memoryview) -> Store:
    """A store over a buffer, such as a file mapped into memory; nothing is copied. IncidentsRefused for other bytes."""
    view = memoryview(buffer)
    try:
        if bytes(view[: len(MAGIC)]) != MAGIC:
            raise IncidentsRefused("not a store of incidents")
        length = int.from_bytes(view[len(MAGIC) : len(MAGIC) + 8], "little")
        head = json.loads(bytes(view[len(MAGIC) + 8 : len(MAGIC) + 8 + length]))
        found = {
            name: np.frombuffer(view[place["at"] : place["at"] + place["size"]], dtype=place["type"])
            for name, place in head["columns"].items()
        }
        datasets = [Dataset(**each) for each in head["datasets"]]
        groups = [Group(**each) for each in head["groups"]]
    except (ValueError, KeyError, TypeError) as error:
        raise IncidentsRefused("the store of incidents is damaged") from error
    texts = {name: (found.pop(f"{name}.end"), found.pop(f"{name}.heap")) for name in _TEXTS}
    return Store(datasets, groups, found, texts)


def cells_of(lat: Array, lon: Array, degrees: Array | float) -> npt.NDArray[np.int64]:
    """The cell of each place, counted eastwards from the south-west corner, in a grid of so many degrees."""
    row = np.floor((lat + 90) / degrees).astype(np.int64)
    columns = columns_of_grid(degrees)
    return row * columns + np.floor((lon + 180) / degrees).astype(np.int64) % columns


def columns_of_grid(degrees: Array | float) -> npt.NDArray[np.int64]:
    """How many cells go round the earth."""
    return np.ceil(360 / np.asarray(degrees)).astype(np.int64)


def _columns(rows: Sequence[tuple[int, Incident]]) -> dict[str, Array]:
    def column(kind: str, values: Iterable[object]) -> Array:
        return np.array(list(values), dtype=kind)

    incidents = [each for _, each in rows]
    return {
        "dataset": column("<u2", (number for number, _ in rows)),
        "first": column("<i4", (each.first.toordinal() - EPOCH for each in incidents)),
        "last": column("<i4", (each.last.toordinal() - EPOCH for each in incidents)),
        "lat": column("<f8", (each.lat for each in incidents)),
        "lon": column("<f8", (each.lon for each in incidents)),
        "radius": column("<f4", (RADIUS_KM[each.precision] for each in incidents)),
        "precision": column("|u1", (_PRECISIONS.index(each.precision) for each in incidents)),
        "low": column("<i4", (each.civilians[0] for each in incidents)),
        "best": column("<i4", (each.civilians[1] for each in incidents)),
        "high": column("<i4", (each.civilians[2] for each in incidents)),
        "harms": column("|u1", (each.harms_civilians for each in incidents)),
    }


def _groups(columns: Mapping[str, Array], reach: Array) -> list[dict[str, Any]]:  # Any: JSON
    found, edges = [], [0, *(np.flatnonzero(np.diff(reach)) + 1).tolist(), len(reach)]
    for start, stop in pairwise(edges):
        if start < stop:
            radius = float(columns["radius"][start:stop].max())
            days = int((columns["last"] - columns["first"])[start:stop].max())
            cell = CELLS_DEGREES[int(reach[start]) // len(DURATION_STEPS)]
            found.append(asdict(Group(start, stop, radius, days, cell)))
    return found


def _laid_out(head: dict[str, Any], parts: Mapping[str, bytes], types: Mapping[str, str]) -> bytes:  # Any: JSON
    # The head names places that depend on its own length: it is written once with room, then again with the true ones.
    room = 0
    while True:
        at = -(-(len(MAGIC) + 8 + room) // 64) * 64
        head["columns"] = {}
        for name, content in parts.items():
            head["columns"][name] = {"at": at, "size": len(content), "type": types[name]}
            at = -(-(at + len(content)) // 64) * 64
        encoded = json.dumps(head, sort_keys=True, separators=(",", ":")).encode()
        if len(encoded) <= room:
            break
        room = len(encoded) + 64
    out = bytearray(at)
    encoded = encoded.ljust(room)
    out[: len(MAGIC) + 8 + room] = MAGIC + len(encoded).to_bytes(8, "little") + encoded
    for name, content in parts.items():
        place = head["columns"][name]["at"]
        out[place : place + len(content)] = content
    return bytes(out)
