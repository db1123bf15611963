"""Name screening: which people of a list may be the person looked for, in whatever script and spelling, and why.

    with open("list.index", "wb") as stream:
        build_index(entries, stream, about={"list": "un", "version": "2026-02-27"})
    with open("list.index", "rb") as stream:
        index = open_index(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
    hits = screen([index], Query(name="Олег Смирнов", born="1984"), threshold=0.1, limit=10)

Nothing here touches files, clocks or a network: a query stays in the process. The model is described in docs/screening.md.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO

from safeconduct.core.names.model import (
    Band,
    BirthDateRefused,
    Entry,
    Feature,
    Gender,
    Hit,
    IndexRefused,
    NameRefused,
    Query,
)

__all__ = [
    "Band",
    "BirthDateRefused",
    "Entry",
    "Feature",
    "Gender",
    "Hit",
    "Index",
    "IndexRefused",
    "NameRefused",
    "Query",
    "build_index",
    "open_index",
    "screen",
]

Say = Callable[[int], None]
"""Called now and then with how many entries were taken."""


class Index:
    """An opened list: immutable, shared between threads, backed by the buffer it was opened on.

    `about` is what was given to `build_index`; `len(index)` the number of entries; `entry(position)` gives one back
    (0 <= position < len); `close()` lets go of the buffer.
    """

    about: dict[str, str]

    def __len__(self) -> int:
        raise NotImplementedError

    def entry(self, position: int) -> Entry:
        """The entry at a position, in the order in which entries were given."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the buffer, so that a memory map can be closed."""
        raise NotImplementedError


def build_index(
    entries: Iterable[Entry], stream: BinaryIO, *, about: dict[str, str] | None = None, jobs: int = 1, say: Say | None = None
) -> int:
    """Write an index of the entries and give how many there were. The same entries give the same bytes.

    Raises BirthDateRefused for a date that is none; what was written to the stream before is then not an index.
    `jobs` processes share the work above 50,000 entries.
    """
    raise NotImplementedError


def open_index(buffer: bytes | memoryview) -> Index:
    """The index in a buffer (bytes, or a memory map as a memoryview), in milliseconds; IndexRefused where it is none."""
    raise NotImplementedError


def screen(indexes: Sequence[Index], query: Query, *, threshold: float = 0.1, limit: int = 10) -> list[Hit]:
    """At most `limit` (1 to 1,000) entries that score at least `threshold` (0 to 1), best first.

    Raises NameRefused where the query's name has no letters, BirthDateRefused where its date is none.
    """
    raise NotImplementedError
