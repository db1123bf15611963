"""An opened list, and the search in one or several of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt

from safeconduct.core.names.dates import Day, day_of, of_number
from safeconduct.core.names.evidence import Evidence, Side, gathered
from safeconduct.core.names.model import Entry, Gender, Hit, NameRefused, Query
from safeconduct.core.names.parts import Part, named, parsed
from safeconduct.core.names.records import GENDERS, packed, unpacked
from safeconduct.core.names.retrieval import KEPT, Retrieval
from safeconduct.core.names.scoring import band, exact_odds, explained, probability_of
from safeconduct.core.names.segment import Segment
from safeconduct.core.names.text import LONGEST_TOKENS, tokens_of
from safeconduct.core.names.writing import write_segment

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
        self._parts_of = lru_cache(maxsize=50_000)(self._heard)
        self._part_of = lru_cache(maxsize=50_000)(lambda number: unpacked(self.segment.record(number)))
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
        tokens = tuple(part for piece in self.segment.pieces(row) for part in self._parts_of(piece))[:LONGEST_TOKENS]
        places, numbers = self.segment.beside(position)
        countries = frozenset(self.countries(position))
        return Side(named(tokens), self.born(position), countries, _LETTER[gender], places, numbers)

    def _heard(self, piece: int) -> tuple[Part, ...]:
        """The parts of a piece as the index keeps them, with what was written."""
        tokens = tokens_of(self.segment.text("pieces", piece))
        numbers = [number for number in self.segment["piece_parts"][piece].tolist() if number >= 0]
        return tuple(replace(self._part_of(n), token=token) for n, token in zip(numbers, tokens, strict=False))

    def agreeing(self, countries: frozenset[str]) -> npt.NDArray[np.uint8]:
        """For each combination of countries in the list: 0 where it is empty, 1 where it shares one of these, 2 else."""
        return np.array([0 if not c else 1 if countries.intersection(c) else 2 for c in self.segment.countries], dtype=np.uint8)

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
    places = (query.birth_place,) if query.birth_place else ()
    return Side(name, born, countries, _LETTER[query.gender], places, query.identifiers)


def check(query: Query) -> None:
    """NameRefused or BirthDateRefused where a query cannot be asked."""
    side_of(query)


class Found(NamedTuple):
    """A candidate that was compared: exact odds (see scoring.py), the place of the entry in the index, the row of the name."""

    odds: int
    position: int
    row: int


def compared(index: Index, query: Query, *, kept: int = KEPT) -> list[Found]:
    """Candidates compared in full, best first, each entry once, with the name that fits best."""
    return _compared(index, side_of(query), kept)


def _compared(index: Index, ours: Side, kept: int) -> list[Found]:
    entries = index.retrieval.candidates(ours.name, ours.born[0] if ours.born else None, kept)
    found = [
        Found(odds, position, row)
        for position, odds, row in zip(entries.tolist(), *_odds(index, ours, entries), strict=True)
        if row >= 0
    ]
    found.sort(key=lambda each: (-each.odds, each.position))
    return found


def _odds(index: Index, ours: Side, entries: npt.NDArray[np.int32]) -> tuple[list[int], list[int]]:
    """Of each entry the exact odds and the row of the name that fits best; -1 where it has no name."""
    kernel = index.retrieval.kernel
    if kernel is not None and not ours.places and not ours.identifiers:
        record = b"".join(map(packed, ours.name.parts))
        born = ours.born[0].number if ours.born else 0
        countries = index.agreeing(ours.countries) if ours.countries else None
        return kernel.compare(record, len(ours.name.parts), born, GENDERS.index(ours.gender), countries, entries)
    best = [_best_name(index, ours, position) for position in entries.tolist()]
    return [odds for odds, _ in best], [row for _, row in best]


def _best_name(index: Index, ours: Side, position: int) -> tuple[int, int]:
    starts = index.segment["entry_starts"]
    best, found = 0, -1
    for row in range(int(starts[position]), int(starts[position + 1])):
        odds = exact_odds(gathered(ours, index.side(position, row), len(index)).inputs)
        if found < 0 or odds > best:
            best, found = odds, row
    return best, found


def screen(indexes: Sequence[Index], query: Query, *, threshold: float = 0.1, limit: int = 10) -> list[Hit]:
    """At most `limit` (1 to 1,000) entries that score at least `threshold` (0 to 1), best first.

    Raises NameRefused where the query's name has no letters, BirthDateRefused where its date is none.
    """
    ours = side_of(query)
    best: list[tuple[int, int, int, int]] = []
    for number, index in enumerate(indexes):
        for odds, position, row in _compared(index, ours, max(COMPARED, 2 * limit))[:limit]:
            if probability_of(odds) < threshold:
                break
            best.append((-odds, number, position, row))
    best.sort()
    return [_hit(indexes[number], position, row, probability_of(-less), ours) for less, number, position, row in best[:limit]]


def _hit(index: Index, position: int, row: int, score: float, ours: Side) -> Hit:
    segment = index.segment
    theirs = index.side(position, row)
    evidence = gathered(ours, theirs, len(index))
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
