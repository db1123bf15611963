"""An opened list, and the search in one or several of them."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import BinaryIO

import numpy as np

from safeconduct.core.names.dates import Day, day_of, of_number
from safeconduct.core.names.evidence import Evidence, Side, gathered
from safeconduct.core.names.model import Entry, Gender, Hit, NameRefused, Query
from safeconduct.core.names.parts import parsed
from safeconduct.core.names.retrieval import KEPT, Retrieval
from safeconduct.core.names.scoring import band, explained, log_odds, probability, weights
from safeconduct.core.names.segment import Segment, write_segment

Say = Callable[[int], None]
"""Called now and then with how many entries were taken."""
_LETTER = {Gender.MALE: "m", Gender.FEMALE: "f", Gender.UNKNOWN: ""}
_GENDERS = tuple(Gender)
COMPARED = 24
"""Candidates compared in full for a question; more where more hits are wanted."""


class Index:
    """An opened list: immutable, shared between threads, backed by the buffer it was opened on.

    `about` is what was given to `build_index`; `len(index)` the number of entries; `entry(position)` gives one back
    (0 <= position < len); `close()` lets go of the buffer.
    """

    def __init__(self, buffer: bytes | memoryview) -> None:
        self.segment = Segment(buffer)
        self.about = self.segment.about
        self._people = len(self.segment["born"])
        self._retrieval: Retrieval | None = None
        more: dict[int, list[int]] = {}
        for place, day in self.segment["more_born"].tolist():
            more.setdefault(place, []).append(day)
        self._more_born = more

    def __len__(self) -> int:
        return self._people

    @property
    def retrieval(self) -> Retrieval:
        """The candidate search, made at the first query."""
        if self._retrieval is None:
            self._retrieval = Retrieval(self.segment)
        return self._retrieval

    def entry(self, position: int) -> Entry:
        """The entry at a position, in the order in which entries were given."""
        segment = self.segment
        starts = segment["entry_starts"]
        rows = range(int(starts[position]), int(starts[position + 1]))
        return Entry(
            id=segment.text("ids", position),
            names=tuple(segment.row_name(row) for row in rows),
            born=tuple(_written(day) for day in self.born(position)),
            countries=self.countries(position),
            gender=_GENDERS[int(segment["genders"][position])],
        )

    def born(self, position: int) -> tuple[Day, ...]:
        """The birth dates of an entry."""
        first = int(self.segment["born"][position])
        return tuple(of_number(number) for number in ([first] if first else []) + self._more_born.get(position, []))

    def countries(self, position: int) -> tuple[str, ...]:
        """The countries of an entry."""
        return self.segment.countries[int(self.segment["entry_countries"][position])]

    def side(self, position: int, row: int) -> Side:
        """One name of an entry, for a comparison."""
        gender = _GENDERS[int(self.segment["genders"][position])]
        return Side(parsed(self.segment.row_name(row)), self.born(position), frozenset(self.countries(position)), _LETTER[gender])

    def close(self) -> None:
        """Let go of the buffer, so that a memory map can be closed."""
        self._retrieval = None
        self.segment.close()


def build_index(
    entries: Iterable[Entry], stream: BinaryIO, *, about: dict[str, str] | None = None, jobs: int = 1, say: Say | None = None
) -> int:
    """Write an index of the entries and give how many there were. The same entries give the same bytes.

    Raises BirthDateRefused for a date that is none, before anything is written. `jobs` processes share the work on large lists.
    """
    return write_segment(entries, stream, about=dict(about or {}), jobs=jobs, say=say)


def open_index(buffer: bytes | memoryview) -> Index:
    """The index in a buffer (bytes, or a memory map as a memoryview), in milliseconds; IndexRefused where it is none."""
    return Index(buffer)


def side_of(query: Query) -> Side:
    """A query, for a comparison; NameRefused or BirthDateRefused."""
    name = parsed(query.name)
    if not name.parts:
        raise NameRefused("the name has no letters")
    born = (day_of(query.born),) if query.born else ()
    countries = frozenset([query.country.lower()]) if query.country else frozenset()
    return Side(name, born, countries, _LETTER[query.gender])


def check(query: Query) -> None:
    """NameRefused or BirthDateRefused where a query cannot be asked."""
    side_of(query)


def compared(index: Index, query: Query, *, kept: int = KEPT) -> list[tuple[float, int, int, Side, Evidence]]:
    """Candidates compared in full, best first, each entry once: log-odds, place of the entry, row, the entry, the evidence."""
    ours = side_of(query)
    retrieval = index.retrieval
    rows = retrieval.candidates(ours.name, ours.born[0] if ours.born else None, kept)
    if not len(rows):
        return []
    positions = retrieval.entries_of(rows).tolist()
    using = weights()
    best: dict[int, tuple[float, int, int, Side, Evidence]] = {}
    for row, position in zip(rows.tolist(), positions, strict=True):
        theirs = index.side(position, row)
        evidence = gathered(ours, theirs, len(index))
        odds = log_odds(evidence.inputs, using)
        if position not in best or odds > best[position][0]:
            best[position] = odds, position, row, theirs, evidence
    return sorted(best.values(), key=lambda found: (-found[0], found[1]))


def screen(indexes: Sequence[Index], query: Query, *, threshold: float = 0.1, limit: int = 10) -> list[Hit]:
    """At most `limit` (1 to 1,000) entries that score at least `threshold` (0 to 1), best first.

    Raises NameRefused where the query's name has no letters, BirthDateRefused where its date is none.
    """
    ours = side_of(query)
    hits: list[tuple[float, int, int, Hit]] = []
    for number, index in enumerate(indexes):
        for odds, position, row, theirs, evidence in compared(index, query, kept=max(COMPARED, 2 * limit))[:limit]:
            score = probability(evidence)
            if score < threshold:
                break
            hits.append((-odds, number, position, _hit(index, position, row, score, ours, theirs, evidence)))
    hits.sort(key=lambda hit: hit[:3])
    return [hit for *_, hit in hits[:limit]]


def _hit(index: Index, position: int, row: int, score: float, ours: Side, theirs: Side, evidence: Evidence) -> Hit:
    segment = index.segment
    return Hit(
        id=segment.text("ids", position),
        name=segment.row_name(int(segment["entry_starts"][position])),
        matched_name=segment.row_name(row),
        born=tuple(_written(day) for day in index.born(position)),
        score=round(score, 4),
        band=band(score, evidence),
        features=explained(ours, theirs, evidence),
        expected_namesakes=float(np.format_float_positional(evidence.namesakes, precision=3, fractional=False)),
        about=index.about,
    )


@lru_cache(maxsize=20_000)
def _written(day: Day) -> str:
    return f"{day.year:04}" + (f"-{day.month:02}" if day.month else "") + (f"-{day.day:02}" if day.day else "")


def compare(one: Query, other: Query, *, people: int = 10_000) -> Evidence:
    """The evidence that two people are one, as if the other stood on a list of so many people."""
    ours, theirs = side_of(one), side_of(other)
    return gathered(ours, theirs, people)


__all__ = ["Index", "Say", "build_index", "check", "compare", "compared", "open_index", "screen", "side_of"]
