"""Every entry of one import, in a file of SQLite: found by its id, compared with the import before."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from safeconduct.core.watchlists import Listed, ListRefused, Place, decoded, encoded, joined

_BATCH = 5_000


class Change(StrEnum):
    """What became of an entry."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """One entry that differs between two imports."""

    change: Change
    id: str
    name: str
    """The primary name; of a changed entry the new one."""


class Hanging:
    """Sanctions, documents and addresses of a flat dump, in a file of SQLite beside the entries until they are joined."""

    def __init__(self, path: Path) -> None:
        self._store = sqlite3.connect(path)
        self._store.execute("PRAGMA journal_mode = OFF")
        self._store.execute("PRAGMA synchronous = OFF")
        self._store.execute("CREATE TABLE hanging (holder TEXT NOT NULL, body TEXT NOT NULL)")
        self._store.execute("CREATE TABLE refers (entry TEXT NOT NULL, other TEXT NOT NULL)")

    def hang(self, holder: str, body: str) -> None:
        """Keep what is said beside an entry."""
        self._store.execute("INSERT INTO hanging VALUES (?, ?)", (holder, body))

    def refer(self, entry: str, other: str) -> None:
        """Note what an entry refers to."""
        self._store.execute("INSERT INTO refers VALUES (?, ?)", (entry, other))

    def by_entry(self) -> Iterator[tuple[str, list[dict[str, object]]]]:
        """What hangs at each id, the ids in order."""
        self._store.commit()
        self._store.execute("CREATE INDEX by_holder ON hanging (holder)")
        query = (
            "SELECT holder, body, rowid FROM hanging UNION ALL "
            "SELECT entry, body, hanging.rowid FROM refers JOIN hanging ON holder = other ORDER BY 1, 3"
        )
        for holder, rows in groupby(self._store.execute(query), key=lambda row: str(row[0])):
            yield holder, [json.loads(body) for _, body, _ in rows]

    def close(self) -> None:
        """Close the file; whoever gave the path removes it."""
        self._store.close()


def kept(path: Path, entries: Iterable[Listed], file: str, hanging: Hanging | None = None) -> Iterator[Listed]:
    """Give entries on, and write each into a new file; what hangs beside them is joined there after the last one.

    After the last one the ids are looked at: ListRefused, naming both lines, where one stands twice.
    """
    with closing(sqlite3.connect(path)) as store:
        # Nothing of a file that is not whole is ever used, so no journal is needed.
        store.execute("PRAGMA journal_mode = OFF")
        store.execute("PRAGMA synchronous = OFF")
        store.execute("CREATE TABLE entries (id TEXT NOT NULL, line INTEGER NOT NULL, body TEXT NOT NULL)")
        batch: list[tuple[str, int, str]] = []
        for entry in entries:
            batch.append((entry.id, entry.line, encoded(entry)))
            if len(batch) == _BATCH:
                _insert(store, batch)
                batch = []
            yield entry
        _insert(store, batch)
        try:
            store.execute("CREATE UNIQUE INDEX by_id ON entries (id)")
        except sqlite3.IntegrityError:
            rows = "SELECT min(line), max(line) FROM entries GROUP BY id HAVING count(*) > 1 ORDER BY max(line) LIMIT 1"
            first, second = store.execute(rows).fetchone()
            raise ListRefused(Place(file, second, "id"), f"this id stands in line {first} already") from None
        if hanging is not None:
            _join(store, hanging)
        store.commit()


def _join(store: sqlite3.Connection, hanging: Hanging) -> None:
    for id_, beside in hanging.by_entry():
        row = store.execute("SELECT body FROM entries WHERE id = ?", (id_,)).fetchone()
        if row is not None:
            body = encoded(joined(decoded(row[0], ""), beside))
            store.execute("UPDATE entries SET body = ? WHERE id = ?", (body, id_))


def every(path: Path, list_id: str) -> Iterator[Listed]:
    """All entries, in the order of the list."""
    with closing(_read(path)) as store:
        for (body,) in store.execute("SELECT body FROM entries ORDER BY rowid"):
            yield decoded(body, list_id)


def found(path: Path, list_id: str, id_: str) -> Listed | None:
    """One entry; None where there is none of this id."""
    with closing(_read(path)) as store:
        row = store.execute("SELECT body FROM entries WHERE id = ?", (id_,)).fetchone()
    return decoded(row[0], list_id) if row else None


def differences(new: Path, old: Path) -> Iterator[Difference]:
    """Entries added, removed and changed from one import to another: each kind by id."""
    with closing(_read(new)) as store:
        store.execute("ATTACH DATABASE ? AS old", (_address(old),))
        both = "entries AS new JOIN old.entries AS old USING (id) WHERE new.body <> old.body"
        queries = {
            Change.ADDED: "SELECT id, body FROM entries WHERE id NOT IN (SELECT id FROM old.entries) ORDER BY id",
            Change.REMOVED: "SELECT id, body FROM old.entries WHERE id NOT IN (SELECT id FROM main.entries) ORDER BY id",
            Change.CHANGED: f"SELECT id, new.body FROM {both} ORDER BY id",  # noqa: S608  # no value stands in it
        }
        for change, query in queries.items():
            for id_, body in store.execute(query):
                yield Difference(change, id_, decoded(body, "").names[0].text)


def _insert(store: sqlite3.Connection, batch: list[tuple[str, int, str]]) -> None:
    store.executemany("INSERT INTO entries VALUES (?, ?, ?)", batch)
    store.commit()


def _read(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(_address(path), uri=True)


def _address(path: Path) -> str:
    return f"{path.absolute().as_uri()}?mode=ro"
