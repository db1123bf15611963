"""Every entry of one import, in a file of SQLite: found by its id, compared with the import before."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from safeconduct.core.watchlists import Listed, ListRefused, Place, decoded, encoded

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


def kept(path: Path, entries: Iterable[Listed], file: str) -> Iterator[Listed]:
    """Give entries on, and write each into a new file.

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
        store.commit()


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
