"""The file of an index: arrays one behind the other, read in place from a memory map; the same entries give the same bytes."""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from itertools import chain
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from safeconduct.core.names.dates import day_of
from safeconduct.core.names.model import Entry, Gender, IndexRefused
from safeconduct.core.names.parts import INITIAL, is_neutral, part_of
from safeconduct.core.names.text import tokens_of

MAGIC = b"SCNAMES1"
SKELETON_BYTES = 14
TOKENS_OF_A_PIECE = 3
FEWEST_FOR_PROCESSES = 50_000
_SAID_EVERY = 20_000
_ALIGNED = 64
_GENDERS = tuple(Gender)
Array = npt.NDArray[Any]


def write_segment(
    entries: Iterable[Entry], stream: BinaryIO, *, about: dict[str, str], jobs: int, say: Callable[[int], None] | None
) -> int:
    """Write the segment; the number of entries."""
    taken = _Taken()
    for count, entry in enumerate(entries, 1):
        taken.add(entry)
        if say and count % _SAID_EVERY == 0:
            say(count)
    arrays = taken.arrays()
    arrays.update(_sounds(list(taken.pieces), arrays["row_pieces"], arrays["row_starts"], jobs))
    _write(arrays, about, taken.countries, stream)
    return len(taken.ids)


class _Taken:
    """Entries as columns."""

    def __init__(self) -> None:
        self.ids: list[bytes] = []
        self.pieces: dict[str, int] = {}
        self.row_pieces: list[int] = []
        self.row_lengths: list[int] = []
        self.entry_rows: list[int] = []
        self.born: list[int] = []
        self.more_born: list[tuple[int, int]] = []
        self.countries: dict[tuple[str, ...], int] = {(): 0}
        self.entry_countries: list[int] = []
        self.genders: list[int] = []

    def add(self, entry: Entry) -> None:
        days = [day_of(text).number for text in entry.born]
        place = len(self.ids)
        self.ids.append(entry.id.encode())
        rows = 0
        for name in dict.fromkeys(entry.names):
            pieces = pieces_of(name)
            if pieces:
                known = self.pieces
                self.row_pieces.extend([known.setdefault(piece, len(known)) for piece in pieces])
                self.row_lengths.append(len(pieces))
                rows += 1
        self.entry_rows.append(rows)
        self.born.append(days[0] if days else 0)
        self.more_born.extend((place, day) for day in days[1:])
        where = tuple(sorted(set(entry.countries)))
        self.entry_countries.append(self.countries.setdefault(where, len(self.countries)))
        self.genders.append(_GENDERS.index(entry.gender))

    def arrays(self) -> dict[str, Array]:
        born = np.array(self.born, dtype=np.int32)
        order = np.argsort(born, kind="stable").astype(np.int32)
        more = np.array(self.more_born, dtype=np.int32).reshape(-1, 2)
        return {
            "ids": _joined(self.ids),
            "id_starts": _starts([len(i) for i in self.ids]),
            "pieces": _joined([p.encode() for p in self.pieces]),
            "piece_starts": _starts([len(p.encode()) for p in self.pieces]),
            "row_pieces": np.array(self.row_pieces, dtype=np.int32),
            "row_starts": _starts(self.row_lengths),
            "entry_starts": _starts(self.entry_rows),
            "born": born,
            "born_order": order,
            "more_born": more,
            "entry_countries": np.array(self.entry_countries, dtype=np.int32 if len(self.countries) > 60_000 else np.uint16),
            "genders": np.array(self.genders, dtype=np.uint8),
        }


def pieces_of(name: str) -> list[str]:
    """A name cut where it is written apart or hyphenated; the hyphen stays, so that the name can be put together again."""
    found: list[str] = []
    for word in name.split():
        if "-" in word:
            parts = word.split("-")
            found.extend(part + "-" for part in parts[:-1])
            if parts[-1]:
                found.append(parts[-1])
        else:
            found.append(word)
    return found[:24]


def name_of(pieces: Iterable[str]) -> str:
    """The name that was cut."""
    return "".join(piece if piece.endswith("-") else piece + " " for piece in pieces).strip()


def _joined(texts: list[bytes]) -> Array:
    return np.frombuffer(b"".join(texts), dtype=np.uint8)


def _starts(lengths: list[int]) -> Array:
    return np.concatenate([[0], np.cumsum(np.array(lengths, dtype=np.int64))]).astype(np.uint32)


Heard = tuple[tuple[tuple[str, ...], tuple[str, ...], bool], ...]
"""For each token of a piece: skeletons, keys and whether it is an initial."""


def heard(piece: str) -> Heard:
    """What a piece sounds like: at most three tokens, titles and particles left out."""
    found = []
    for token in tokens_of(piece)[:TOKENS_OF_A_PIECE]:
        if not is_neutral(token):
            part = part_of(token)
            found.append((part.skeletons, part.keys, part.role == INITIAL))
    return tuple(found)


def _heard_all(pieces: list[str]) -> list[Heard]:
    return [heard(piece) for piece in pieces]


def _hear(pieces: list[str], jobs: int) -> Iterator[Heard]:
    if jobs < 2 or len(pieces) < FEWEST_FOR_PROCESSES:
        return iter(_heard_all(pieces))
    chunks = [pieces[start : start + 5000] for start in range(0, len(pieces), 5000)]
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        return chain.from_iterable(list(pool.map(_heard_all, chunks)))


def _sounds(pieces: list[str], row_pieces: Array, row_starts: Array, jobs: int) -> dict[str, Array]:
    sounds: dict[tuple[str, ...], int] = {}
    keys: list[tuple[str, ...]] = []
    piece_sounds = np.full((max(1, len(pieces)), TOKENS_OF_A_PIECE), -1, dtype=np.int32)
    for place, tokens in enumerate(_hear(pieces, jobs)):
        for column, (skeletons, token_keys, _initial) in enumerate(tokens):
            number = sounds.setdefault(skeletons[:2], len(sounds))
            if number == len(keys):
                keys.append(token_keys)
            piece_sounds[place, column] = number
    hashes, owners = _hashes(keys)
    lengths: Array = np.diff(row_starts.astype(np.int64))
    rows = np.repeat(np.arange(len(row_starts) - 1, dtype=np.int32), lengths)
    pairs = [(piece_sounds[row_pieces, column], rows) for column in range(TOKENS_OF_A_PIECE)]
    heard_there = np.concatenate([s[s >= 0] for s, _ in pairs])
    where = np.concatenate([r[s >= 0] for s, r in pairs])
    order = np.argsort(heard_there, kind="stable")
    return {
        "piece_sounds": piece_sounds,
        "skeletons": np.array(
            [names[0].encode("ascii", "replace")[:SKELETON_BYTES] for names in sounds] or [b""], dtype=f"S{SKELETON_BYTES}"
        ),
        "postings": where[order].astype(np.int32),
        "posting_starts": np.concatenate([[0], np.cumsum(np.bincount(heard_there, minlength=max(1, len(sounds))))]).astype(
            np.uint32
        ),
        "hashes": hashes,
        "hash_owners": owners,
    }


def _hashes(keys: list[tuple[str, ...]]) -> tuple[Array, Array]:
    hashes: list[int] = []
    owners: list[int] = []
    for number, token_keys in enumerate(keys):
        for place, key in enumerate(token_keys):
            # Slips are looked for from the two likeliest keys; the others are for what is spelled rightly.
            for form in around(key) if place < 2 else (key,):
                hashes.append(digest(form))
                owners.append(number)
    found = np.array(hashes, dtype=np.uint32)
    owned = np.array(owners, dtype=np.int32)
    order = np.lexsort((owned, found))
    return found[order], owned[order]


@lru_cache(maxsize=200_000)
def around(key: str) -> tuple[str, ...]:
    """A key and what it is with one letter left out: two keys one edit apart share one of these (SymSpell)."""
    if len(key) < 3:
        return (key,)
    return tuple(dict.fromkeys([key, *(key[:place] + key[place + 1 :] for place in range(len(key)))]))


def digest(key: str) -> int:
    """A key as 32 bits; a chance collision only brings a candidate that is compared in vain."""
    return zlib.crc32(key.encode())


def _write(arrays: dict[str, Array], about: dict[str, str], countries: dict[tuple[str, ...], int], stream: BinaryIO) -> None:
    places, at = {}, 0
    for name, array in arrays.items():
        places[name] = [array.dtype.str, list(array.shape), at]
        at += -(-array.nbytes // _ALIGNED) * _ALIGNED
    header = json.dumps(
        {"about": about, "countries": [list(c) for c in countries], "arrays": places, "bytes": at}, sort_keys=True
    ).encode()
    header += b" " * (-(len(header) + 16) % _ALIGNED)
    stream.write(MAGIC + len(header).to_bytes(8, "little") + header)
    for array in arrays.values():
        content = np.ascontiguousarray(array).tobytes()
        stream.write(content + bytes(-len(content) % _ALIGNED))


class Segment:
    """The arrays of an index, in place."""

    def __init__(self, buffer: bytes | memoryview) -> None:
        view = memoryview(buffer)
        if bytes(view[:8]) != MAGIC:
            raise IndexRefused("the file is not an index of names of this version")
        size = int.from_bytes(view[8:16], "little")
        try:
            header = json.loads(bytes(view[16 : 16 + size]))
            base = 16 + size
            if len(view) < base + header["bytes"]:
                raise IndexRefused("the index is cut short; make it again")
            self.about: dict[str, str] = header["about"]
            self.countries = tuple(tuple(c) for c in header["countries"])
            self._arrays = {
                name: np.frombuffer(view, dtype=np.dtype(kind), count=int(np.prod(shape)), offset=base + at).reshape(shape)
                for name, (kind, shape, at) in header["arrays"].items()
            }
        except (KeyError, ValueError, TypeError):
            raise IndexRefused("the index is damaged; make it again") from None

    def __getitem__(self, name: str) -> Array:
        return self._arrays[name]

    def close(self) -> None:
        """Let go of the buffer."""
        self._arrays.clear()

    def text(self, kind: str, place: int) -> str:
        """One of `ids` or `pieces`."""
        starts = self._arrays["id_starts" if kind == "ids" else "piece_starts"]
        return bytes(self._arrays[kind][int(starts[place]) : int(starts[place + 1])]).decode()

    def row_name(self, row: int) -> str:
        """A name as it was written."""
        starts = self._arrays["row_starts"]
        return name_of(self.text("pieces", int(p)) for p in self._arrays["row_pieces"][int(starts[row]) : int(starts[row + 1])])
