"""Name screening: which people of a list may be the person looked for, in whatever script and spelling, and why.

    with open("list.index", "wb") as stream:
        build_index(entries, stream, about={"list": "un", "version": "2026-02-27"})
    with open("list.index", "rb") as stream:
        index = open_index(memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)))
    hits = screen([index], Query(name="Олег Смирнов", born="1984"), threshold=0.1, limit=10)

Nothing here touches files, clocks or a network: a query stays in the process. The model is described in docs/screening.md.
"""

from safeconduct.core.names.engine import Index, Say, build_index, check, compare, open_index, screen
from safeconduct.core.names.evidence import Evidence
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
from safeconduct.core.names.scoring import FEATURES, probability

__all__ = [
    "FEATURES",
    "Band",
    "BirthDateRefused",
    "Entry",
    "Evidence",
    "Feature",
    "Gender",
    "Hit",
    "Index",
    "IndexRefused",
    "NameRefused",
    "Query",
    "Say",
    "build_index",
    "check",
    "compare",
    "open_index",
    "probability",
    "screen",
]
