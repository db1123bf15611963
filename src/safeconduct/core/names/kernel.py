"""The optional compiled kernel: loaded where `./run` could compile kernel.c, else nothing, and everything is done in Python.

Both give the same hits, to the last digit. SAFECONDUCT_NAMES_KERNEL=off leaves it aside. By hand:

    cc -O2 -std=c99 -shared -fPIC -ffp-contract=off kernel.c -o compiled-kernel.so -lm
"""

import ctypes
import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from safeconduct.core.names.evidence import CHANCE, OF_KERNEL, SMALLEST_LIST
from safeconduct.core.names.scoring import weights
from safeconduct.core.names.segment import Segment

VERSION = 2
BLOCK = 32
_NAMES = ("compiled-kernel.so", "compiled-kernel.dylib")
_LISTS = (
    "hashes", "hash_owners", "skeletons", "others", "posting_starts", "postings", "row_starts", "row_pieces", "piece_sounds",
    "piece_parts", "part_starts", "parts", "entry_starts", "born", "born_order", "more_born", "entry_countries", "genders",
)  # fmt: skip
"""The arrays of an index in the order of `Lists` in kernel.c."""
Array = npt.NDArray[Any]


@lru_cache(maxsize=1)
def library() -> ctypes.CDLL | None:
    """The compiled kernel of this version, or None."""
    if os.environ.get("SAFECONDUCT_NAMES_KERNEL", "") == "off":
        return None
    for name in _NAMES:
        file = resources.files(__package__).joinpath(name)
        if file.is_file():
            try:
                found = ctypes.CDLL(str(file))
                _declare(found)
            except (OSError, AttributeError):
                return None
            return found if found.sc_version() == VERSION * 1000 + OF_KERNEL else None
    return None


def _declare(found: ctypes.CDLL) -> None:
    number, address, text, people = ctypes.c_int64, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_double
    found.sc_version.restype = found.sc_scratch_bytes.restype = found.sc_near.restype = found.sc_rank.restype = number
    found.sc_compare.restype = None
    found.sc_near.argtypes = [address, address, address, number, address, number, number, number, address, address]
    found.sc_rank.argtypes = [
        *[address] * 4, number, *[address] * 4, number, number, number, number, number, address, address
    ]  # fmt: skip
    found.sc_compare.argtypes = [
        address, address, text, number, number, number, address, address, address, people, address, number, address, address
    ]  # fmt: skip


def is_compiled() -> bool:
    """Whether searches in indexes that are opened from now on use the compiled kernel."""
    return library() is not None


class _Lists(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int64) for name in ("rows", "entries", "sounds", "hash_count", "more_count")] + [
        (name, ctypes.c_void_p) for name in _LISTS
    ]


def _at(array: Array) -> int:
    address: int = array.__array_interface__["data"][0]
    return address


class Kernel:
    """The compiled kernel on one segment. Its scratch memory is each thread's own."""

    def __init__(self, segment: Segment, found: ctypes.CDLL) -> None:
        self._library = found
        self._kept = [segment[name] for name in _LISTS]
        self.entries = len(segment["born"])
        self.sounds = len(segment["skeletons"])
        numbers = (len(segment["row_starts"]) - 1, self.entries, self.sounds, len(segment["hashes"]), len(segment["more_born"]))
        self._lists = _Lists(*numbers, *(array.ctypes.data for array in self._kept))
        self._address = ctypes.addressof(self._lists)
        self._scratch = threading.local()
        self._weights = np.array([*weights().exact[:OF_KERNEL], weights().exact[-1]], dtype=np.int64)
        self._chances = np.array(list(CHANCE.values()), dtype=np.float64)
        self._people = float(max(self.entries, SMALLEST_LIST))

    def _own(self) -> threading.local:
        own = self._scratch
        if not hasattr(own, "seen"):
            own.seen = np.zeros(self.sounds + 1, dtype=np.uint8)
            own.found = np.zeros(self.sounds + 1, dtype=np.int32)
            own.apart = np.zeros(self.sounds + 1, dtype=np.int32)
            own.marks = np.zeros((self.entries + 8) // 8, dtype=np.uint8)
            own.sums = np.zeros(self.entries, dtype=np.uint16)
            own.highest = np.zeros(self.entries // BLOCK + 1, dtype=np.uint16)
            own.compared = np.zeros(int(self._library.sc_scratch_bytes()), dtype=np.uint8)
        return own

    def near(self, wanted: list[int], skeletons: list[bytes], length: int, farthest: int) -> tuple[Array, Array]:
        """As `Retrieval._near_sounds`."""
        own = self._own()
        digests = np.array(wanted, dtype=np.uint32)
        ours = np.array(skeletons, dtype=self._kept[2].dtype)
        count = self._library.sc_near(
            self._address, _at(own.seen), _at(digests), len(digests), _at(ours), len(ours), length,
            farthest, _at(own.found), _at(own.apart),
        )  # fmt: skip
        order = np.argsort(own.found[:count])
        return own.found[:count][order], own.apart[:count][order]

    def rank(
        self, near: Sequence[tuple[Array, Array, int, bool]], letters: Array, letter_sets: int, born: int, limits: tuple[int, ...]
    ) -> Array:
        """As `Retrieval._ranked`."""
        own = self._own()
        starts = np.zeros(len(near) + 1, dtype=np.int64)
        np.cumsum([len(sounds) for sounds, *_ in near], out=starts[1:])
        none = np.zeros(0, dtype=np.int32)
        sounds = np.concatenate([n[0] for n in near] or [none])
        bits = np.concatenate([n[1] for n in near] or [none])
        kept = limits[-1]
        heap = np.empty(2 * (kept + 1), dtype=np.int64)
        out = np.empty(kept, dtype=np.int32)
        count = self._library.sc_rank(
            self._address, _at(own.marks), _at(own.sums), _at(own.highest), len(near), _at(starts),
            _at(sounds), _at(bits), _at(letters), letter_sets, born, *limits, _at(heap), _at(out),
        )  # fmt: skip
        return out[:count]

    def compare(
        self, record: bytes, parts: int, born: int, gender: int, countries: Array | None, entries: Array
    ) -> tuple[list[int], list[int]]:
        """Of each entry the exact odds and the row of the name that fits best."""
        own = self._own()
        odds = np.empty(len(entries), dtype=np.int64)
        rows = np.empty(len(entries), dtype=np.int64)
        self._library.sc_compare(
            self._address, _at(own.compared), record, parts, born, gender,
            None if countries is None else _at(countries), _at(self._weights), _at(self._chances), self._people, _at(entries),
            len(entries), _at(odds), _at(rows),
        )  # fmt: skip
        return odds.tolist(), rows.tolist()
