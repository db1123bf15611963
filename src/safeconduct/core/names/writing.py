"""Making the file of an index: entries are cut into pieces as they come, pieces are heard beside, in several processes if wished.

The same entries give the same bytes, however many processes share the work. Memory holds each written word once and four bytes
for each place at which it stands, not the entries.
"""

import json
from array import array
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from typing import BinaryIO

import numpy as np

from safeconduct.core.names.dates import day_of
from safeconduct.core.names.model import Entry, Gender
from safeconduct.core.names.parts import is_neutral, part_of
from safeconduct.core.names.records import packed
from safeconduct.core.names.segment import SKELETON_BYTES, TOKENS_OF_A_PIECE, Array, around, digest, pieces_of, written
from safeconduct.core.names.text import tokens_of

CHUNK = 20_000
"""Pieces that are heard at once."""
_SAID_EVERY = 20_000
_GENDERS = {gender: place for place, gender in enumerate(Gender)}
_NONE = -1

_Sound = tuple[bytes, bytes, bytes]
"""First and second skeleton, and digests of keys as uint32."""
_Word = tuple[bytes, _Sound | None]
"""The record of a part and its sound; none for titles and particles."""
_Heard = tuple[list[_Word], "array[int]"]
"""Words, and for each piece the numbers of up to three of them."""


def write_segment(
    entries: Iterable[Entry], stream: BinaryIO, *, about: dict[str, str], jobs: int, say: Callable[[int], None] | None
) -> int:
    """Write the segment; the number of entries."""
    with _Words(jobs) as words:
        taken = _Taken(words)
        for count, entry in enumerate(entries, 1):
            taken.add(entry)
            if say and count % _SAID_EVERY == 0:
                say(count)
        arrays = taken.arrays()
        arrays.update(words.arrays())
    arrays.update(_postings(arrays))
    written(arrays, about, taken.countries, stream)
    return taken.count


class _Taken:
    """Entries as columns."""

    def __init__(self, words: "_Words") -> None:
        self.words = words
        self.count = 0
        self.ids = bytearray()
        self.id_starts = array("I", [0])
        self.row_pieces = array("i")
        self.row_starts = array("I", [0])
        self.entry_starts = array("I", [0])
        self.born = array("i")
        self.more_born = array("i")
        self.countries: dict[tuple[str, ...], int] = {(): 0}
        self.entry_countries = array("i")
        self.genders = bytearray()
        self.beside = bytearray()
        self.beside_entries = array("i")
        self.beside_starts = array("I", [0])

    def add(self, entry: Entry) -> None:
        days = [day_of(text).number for text in entry.born]
        number_of = self.words.number_of
        for name in dict.fromkeys(entry.names):
            pieces = pieces_of(name)
            if pieces:
                self.row_pieces.extend([number_of(piece) for piece in pieces])
                self.row_starts.append(len(self.row_pieces))
        self.entry_starts.append(len(self.row_starts) - 1)
        self.ids += entry.id.encode()
        self.id_starts.append(len(self.ids))
        self.born.append(days[0] if days else 0)
        for day in days[1:]:
            self.more_born.extend((self.count, day))
        where = tuple(sorted(set(entry.countries))) if entry.countries else ()
        self.entry_countries.append(self.countries.setdefault(where, len(self.countries)))
        self.genders.append(_GENDERS[entry.gender])
        if entry.birth_places or entry.identifiers:
            self.beside += json.dumps([entry.birth_places, entry.identifiers], ensure_ascii=False).encode()
            self.beside_entries.append(self.count)
            self.beside_starts.append(len(self.beside))
        self.count += 1

    def arrays(self) -> dict[str, Array]:
        born = np.frombuffer(self.born, dtype=np.int32) if self.born else np.zeros(0, dtype=np.int32)
        return {
            "ids": np.frombuffer(self.ids, dtype=np.uint8),
            "id_starts": np.array(self.id_starts, dtype=np.uint32),
            "row_pieces": np.array(self.row_pieces, dtype=np.int32),
            "row_starts": np.array(self.row_starts, dtype=np.uint32),
            "entry_starts": np.array(self.entry_starts, dtype=np.uint32),
            "born": born,
            "born_order": np.argsort(born, kind="stable").astype(np.int32),
            "more_born": np.array(self.more_born, dtype=np.int32).reshape(-1, 2),
            "entry_countries": np.array(self.entry_countries, dtype=np.int32),
            "genders": np.frombuffer(self.genders, dtype=np.uint8),
            "beside": np.frombuffer(self.beside, dtype=np.uint8),
            "beside_entries": np.array(self.beside_entries, dtype=np.int32),
            "beside_starts": np.array(self.beside_starts, dtype=np.uint32),
        }


class _Words:
    """Every written word once; heard in chunks, by other processes while entries are still being read where there are several."""

    def __init__(self, jobs: int) -> None:
        self.numbers: dict[str, int] = {}
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._waiting: deque[Future[_Heard]] = deque()
        self._fresh: list[str] = []
        self._text = bytearray()
        self._starts = array("I", [0])
        self._records: dict[bytes, int] = {}
        self._part_sounds = array("i")
        self._sounds: dict[tuple[bytes, bytes], int] = {}
        self._digests: list[bytes] = []
        self._piece_parts = array("i")

    def __enter__(self) -> "_Words":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def number_of(self, piece: str) -> int:
        """The number of a piece, from 0 in the order in which they came."""
        number = self.numbers.get(piece)
        if number is None:
            number = self.numbers[piece] = len(self.numbers)
            self._text += piece.encode()
            self._starts.append(len(self._text))
            self._fresh.append(piece)
            if len(self._fresh) == CHUNK:
                self._hear()
        return number

    def _hear(self) -> None:
        fresh, self._fresh = self._fresh, []
        if self._jobs < 2:
            self._take(_heard(fresh))
            return
        if self._pool is None:
            self._pool = ProcessPoolExecutor(max_workers=self._jobs)
        self._waiting.append(self._pool.submit(_heard, fresh))
        while self._waiting and (len(self._waiting) > 2 * self._jobs or self._waiting[0].done()):
            self._take(self._waiting.popleft().result())

    def _take(self, heard: _Heard) -> None:
        words, places = heard
        numbers = array("i")
        for record, sound in words:
            number = self._records.setdefault(record, len(self._records))
            if number == len(self._part_sounds):
                self._part_sounds.append(_NONE if sound is None else self._sound(sound))
            numbers.append(number)
        numbers.append(_NONE)
        self._piece_parts.extend([numbers[place] for place in places])

    def _sound(self, sound: _Sound) -> int:
        first, second, digests = sound
        number = self._sounds.setdefault((first, second), len(self._sounds))
        if number == len(self._digests):
            self._digests.append(digests)
        return number

    def arrays(self) -> dict[str, Array]:
        while self._waiting:
            self._take(self._waiting.popleft().result())
        self._take(_heard(self._fresh))
        self.numbers.clear()
        parts = np.array(self._piece_parts, dtype=np.int32).reshape(-1, TOKENS_OF_A_PIECE)
        heard = np.append(np.array(self._part_sounds, dtype=np.int32), np.int32(_NONE))[parts]
        # Sounds first, titles and particles away.
        heard = np.take_along_axis(heard, np.argsort(heard < 0, axis=1, kind="stable"), axis=1)
        names = list(self._sounds) or [(b"", b"")]
        kind = f"S{SKELETON_BYTES}"
        hashes, owners = self._hashes()
        return {
            "pieces": np.frombuffer(self._text, dtype=np.uint8),
            "piece_starts": np.array(self._starts, dtype=np.uint32),
            "piece_parts": parts,
            "piece_sounds": heard,
            "parts": np.frombuffer(b"".join(self._records), dtype=np.uint8),
            "part_starts": np.concatenate([[0], np.cumsum([len(r) for r in self._records])]).astype(np.uint32),
            "skeletons": np.array([first for first, _ in names], dtype=kind),
            "others": np.array([second for _, second in names], dtype=kind),
            "hashes": hashes,
            "hash_owners": owners,
        }

    def _hashes(self) -> tuple[Array, Array]:
        found = np.frombuffer(b"".join(self._digests), dtype=np.uint32)
        owned = np.repeat(np.arange(len(self._digests), dtype=np.int32), [len(d) // 4 for d in self._digests])
        order = np.argsort(found, kind="stable")
        return found[order], owned[order]


def _heard(pieces: list[str]) -> _Heard:
    """What pieces sound like: at most three tokens each."""
    known: dict[bytes, int] = {}
    words: list[_Word] = []
    places = array("i")
    for piece in pieces:
        tokens = tokens_of(piece)[:TOKENS_OF_A_PIECE]
        for token in tokens:
            part = part_of(token)
            record = packed(part)
            place = known.setdefault(record, len(known))
            if place == len(words):
                words.append((record, None if is_neutral(token) else _sound_of(part.skeletons, part.keys)))
            places.append(place)
        places.extend([_NONE] * (TOKENS_OF_A_PIECE - len(tokens)))
    return words, places


def _sound_of(skeletons: tuple[str, ...], keys: tuple[str, ...]) -> _Sound:
    # Slips are looked for from the two likeliest keys; the others are for what is spelled rightly.
    digests = [digest(form) for place, key in enumerate(keys) for form in (around(key) if place < 2 else (key,))]
    first, second = (*(s.encode("ascii", "replace")[:SKELETON_BYTES] for s in skeletons[:2]), b"")[:2]
    return first, second, np.unique(np.array(digests, dtype=np.uint32)).tobytes()


def _postings(arrays: dict[str, Array]) -> dict[str, Array]:
    """For each sound the entries in whose names it stands."""
    entry_starts, row_pieces, sounds = arrays["entry_starts"], arrays["row_pieces"], arrays["piece_sounds"]
    entries = np.repeat(np.arange(len(entry_starts) - 1, dtype=np.int64), np.diff(arrays["row_starts"][entry_starts]))
    width = max(1, len(entry_starts) - 1)
    found = []
    for column in range(TOKENS_OF_A_PIECE):
        heard = sounds[row_pieces, column] if len(sounds) else np.zeros(0, dtype=np.int32)
        there = heard >= 0
        found.append(heard[there].astype(np.int64) * width + entries[there])
    pairs = np.concatenate(found)
    pairs.sort()
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    counts = np.bincount(pairs // width, minlength=len(arrays["skeletons"]))
    return {
        "postings": (pairs % width).astype(np.int32),
        "posting_starts": np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32),
    }
