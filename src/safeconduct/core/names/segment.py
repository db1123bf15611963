"""The file of an index: arrays one behind the other, read in place from a memory map."""

import json
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from safeconduct.core.names.model import IndexRefused

MAGIC = b"SCNAMES2"
SKELETON_BYTES = 14
TOKENS_OF_A_PIECE = 3
LONGEST_PIECES = 24
_ALIGNED = 64
Array = npt.NDArray[Any]


def pieces_of(name: str) -> list[str]:
    """A name cut where it is written apart or hyphenated; the hyphen stays, so that the name can be put together again."""
    words = name.split()
    if "-" not in name:
        return words[:LONGEST_PIECES]
    found: list[str] = []
    for word in words:
        parts = word.split("-")
        found.extend(part + "-" for part in parts[:-1])
        if parts[-1]:
            found.append(parts[-1])
    return found[:LONGEST_PIECES]


def name_of(pieces: Iterable[str]) -> str:
    """The name that was cut."""
    return "".join(piece if piece.endswith("-") else piece + " " for piece in pieces).strip()


@lru_cache(maxsize=200_000)
def around(key: str) -> tuple[str, ...]:
    """A key and what it is with one letter left out: two keys one edit apart share one of these (SymSpell)."""
    if len(key) < 3:
        return (key,)
    return tuple(dict.fromkeys([key, *(key[:place] + key[place + 1 :] for place in range(len(key)))]))


def digest(key: str) -> int:
    """A key as 32 bits; a chance collision only brings a candidate that is compared in vain."""
    return zlib.crc32(key.encode())


def written(arrays: dict[str, Array], about: dict[str, str], countries: Iterable[tuple[str, ...]], stream: BinaryIO) -> None:
    """Write the arrays with a heading that says where each begins."""
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
        stream.write(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data)
        stream.write(bytes(-array.nbytes % _ALIGNED))


class Segment:
    """The arrays of an index, in place."""

    def __init__(self, buffer: bytes | memoryview) -> None:
        view = memoryview(buffer)
        if bytes(view[:8]) != MAGIC:
            raise IndexRefused("the file is not an index of names of this version; import the list again")
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
        return self._arrays[kind][int(starts[place]) : int(starts[place + 1])].tobytes().decode()

    def record(self, part: int) -> bytes:
        """The record of a part; see records.py."""
        starts = self._arrays["part_starts"]
        return self._arrays["parts"][int(starts[part]) : int(starts[part + 1])].tobytes()

    def pieces(self, row: int) -> list[int]:
        """The numbers of the pieces of a name."""
        starts = self._arrays["row_starts"]
        found: list[int] = self._arrays["row_pieces"][int(starts[row]) : int(starts[row + 1])].tolist()
        return found

    def row_name(self, row: int) -> str:
        """A name as it was written."""
        return name_of(self.text("pieces", piece) for piece in self.pieces(row))

    def beside(self, entry: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Birth places and numbers of documents of an entry."""
        entries = self._arrays["beside_entries"]
        place = int(np.searchsorted(entries, entry))
        if place == len(entries) or int(entries[place]) != entry:
            return (), ()
        starts = self._arrays["beside_starts"]
        places, numbers = json.loads(self._arrays["beside"][int(starts[place]) : int(starts[place + 1])].tobytes())
        return tuple(places), tuple(numbers)
