"""Candidates: the few rows of an index that may answer a query, found without comparing it with all of them.

1. For each token the sounds of the index near it: by coarse keys with at most one letter left out, then by distance.
2. Rows in which the rarest tokens stand, as many as the budget allows; rows of people born on the same day.
3. A rough score of those rows for all tokens at once, in arrays; the best go on to be compared in full.
"""

import threading
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from safeconduct.core.names import lexicon
from safeconduct.core.names.dates import Day
from safeconduct.core.names.parts import GIVEN, INITIAL, Name, Part, part_of
from safeconduct.core.names.segment import Segment, around, digest
from safeconduct.core.names.sounds import key_of
from safeconduct.core.names.text import Token

BUDGET = 6000
"""Rows that are scored roughly."""
MOST_OF_ONE_TOKEN = 15_000
MOST_SOUNDS = 6000
KEPT = 50
MOST_BEHIND = 20.0
"""Bits by which a row may stand behind the best of the rough score."""
_BITS_PER_STRAIN = 5.0
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[Any]


class Retrieval:
    """Candidate search in one segment. Keeps what it learned of tokens in memory, nothing else of a query."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.counts = np.diff(segment["posting_starts"].astype(np.int64))
        self.rows = len(segment["row_starts"]) - 1
        self._starts = segment["row_starts"].astype(np.int64)
        self._row_entry: Ints | None = None
        self._scratch = threading.local()
        self.near = lru_cache(maxsize=20_000)(self._near)

    def entries_of(self, rows: Ints) -> Ints:
        """The entries to which rows belong."""
        places: Ints = np.searchsorted(self.segment["entry_starts"], rows.astype(np.uint32), side="right") - 1
        return places

    def _near(self, part: Part) -> tuple[Ints, Floats, int]:
        """Sounds near a part, how many bits of agreement each gives, and in how many rows they stand."""
        wanted = [digest(form) for place, key in enumerate(part.keys) for form in (around(key) if place < 2 else (key,))]
        found = [self._owners(np.array(wanted, dtype=np.uint32))]
        distance = self._distances(found[0], part) if len(found[0]) else np.zeros(0, dtype=np.float32)
        length = 3 + min(10, len(part.skeletons[0]))
        apart = distance * 6 / length
        close = apart <= 1.4
        sounds, apart = found[0][close], apart[close]
        if part.classes:
            alike = self._equivalent(part)
            alike = alike[~np.isin(alike, sounds[apart < 0.2])]
            keep = ~np.isin(sounds, alike)
            sounds, apart = (
                np.concatenate([sounds[keep], alike]),
                np.concatenate([apart[keep], np.full(len(alike), 0.15, np.float32)]),
            )
        rows = int(self.counts[sounds].sum())
        if rows > MOST_OF_ONE_TOKEN:
            order = np.argsort(apart, kind="stable")
            sounds, apart = sounds[order], apart[order]
        exact = int(self.counts[sounds[apart < 0.3]].sum())
        bits = min(16.0, float(np.log2((self.rows + 1000) / (exact + 1))), _rarity(part))
        weights = np.maximum(0.3, max(bits, 1.0) - _BITS_PER_STRAIN * apart).astype(np.float32)
        return sounds, weights, rows

    def _owners(self, wanted: Ints) -> Ints:
        hashes = self.segment["hashes"]
        wanted = np.unique(wanted)
        left, right = np.searchsorted(hashes, wanted, "left"), np.searchsorted(hashes, wanted, "right")
        owners = [self.segment["hash_owners"][a:b] for a, b in zip(left.tolist(), right.tolist(), strict=True) if a < b]
        return np.unique(np.concatenate(owners)) if owners else np.zeros(0, dtype=np.int32)

    def _distances(self, sounds: Ints, part: Part) -> Floats:
        known = self.segment["skeletons"][sounds].tolist()
        ours = list(dict.fromkeys(s.encode("ascii", "replace")[:14] for s in part.skeletons))[:3]
        whole = process.cdist(ours, known, scorer=OSA.distance, dtype=np.uint8).min(axis=0).astype(np.float32)
        if len(known) > MOST_SOUNDS:
            rough: Floats = whole * 0.6
            return rough
        bones = [k.translate(None, b"aeiou") for k in known]
        our_bones = list(dict.fromkeys(s.translate(None, b"aeiou") for s in ours))
        hard = process.cdist(our_bones, bones, scorer=OSA.distance, dtype=np.uint8).min(axis=0).astype(np.float32)
        hard = np.minimum(hard, whole)
        mixed: Floats = 0.3 * (whole - hard) + 0.8 * hard
        return mixed

    def _equivalent(self, part: Part) -> Ints:
        forms = {form for number in part.classes for form in lexicon.forms_by_class()[number]}
        found = self._owners(np.array([digest(key_of(form)) for form in forms], dtype=np.uint32))
        wanted = np.array(sorted(form.encode("ascii", "replace")[:14] for form in forms), dtype=self.segment["skeletons"].dtype)
        return found[np.isin(self.segment["skeletons"][found], wanted)] if len(found) else found

    def candidates(self, name: Name, born: Day | None, kept: int = KEPT) -> Ints:
        """The rows that may answer, best first."""
        parts = [part for part in name.parts if part.role != INITIAL]
        near = [(part, *self.near(part)) for part in parts]
        near += self._splits(parts, near)
        rows = self._pooled(near, born)
        if not len(rows):
            return rows
        scores = self._rough(rows, near, [p for p in name.parts if p.role == INITIAL])
        if born is not None:
            scores = scores + self._born_bits(self.entries_of(rows), born)
        if len(rows) > kept:
            best = np.argpartition(-scores, kept - 1)[:kept]
            rows, scores = rows[best], scores[best]
        order = np.lexsort((rows, -scores))
        order = order[scores[order] >= scores[order[0]] - MOST_BEHIND]
        chosen: Ints = rows[order]
        return chosen

    def _pooled(self, near: list[tuple[Part, Ints, Floats, int]], born: Day | None) -> Ints:
        pooled: list[Ints] = []
        total = 0
        for _part, sounds, _weights, count in sorted(near, key=lambda n: n[3]):
            if not len(sounds):
                continue
            if pooled and total + count > BUDGET:
                break
            if count > MOST_OF_ONE_TOKEN:
                sounds = sounds[np.cumsum(self.counts[sounds]) <= MOST_OF_ONE_TOKEN]
            pooled.append(self._postings(sounds))
            total += count
        common = [n for n in sorted(near, key=lambda n: n[3]) if len(n[1])]
        if total < BUDGET * 20 and len(common) > 1:
            pooled.append(self._together(common))
        if born is not None and born.day:
            pooled.append(self._born_rows(born))
        return self._distinct(pooled)

    def _distinct(self, pooled: list[Ints]) -> Ints:
        """Rows of several arrays once, in their order."""
        if not pooled:
            return np.zeros(0, dtype=np.int32)
        if sum(map(len, pooled)) < 2000:
            return np.unique(np.concatenate(pooled))
        marks = np.zeros(self.rows, dtype=bool)
        for rows in pooled:
            marks[rows] = True
        return np.flatnonzero(marks)

    def _together(self, near: list[tuple[Part, Ints, Floats, int]]) -> Ints:
        """Rows in which the two commonest tokens stand together, for when the rare one was garbled."""
        (_, one, _, few), (_, other, _, many) = near[-2], near[-1]
        if few + many > 150_000 or not few:
            return np.zeros(0, dtype=np.int32)
        first, second = self._postings(one[:200]), self._postings(other[:200])
        marks = np.zeros(self.rows, dtype=bool) if len(first) > 2000 else None
        if marks is None:
            return np.intersect1d(first, second)
        marks[first] = True
        both: Ints = second[marks[second]]
        return both

    def _postings(self, sounds: Ints) -> Ints:
        starts, postings = self.segment["posting_starts"], self.segment["postings"]
        if len(sounds) < 24:
            return np.concatenate([postings[int(starts[s]) : int(starts[s + 1])] for s in sounds.tolist()] or [postings[:0]])
        begins, lengths = starts[sounds].astype(np.int64), self.counts[sounds]
        return postings[_ranges(begins, lengths)]

    def _born_rows(self, born: Day) -> Ints:
        order, days = self.segment["born_order"], self.segment["born"]
        wanted = [born.number]
        if born.day <= 12 and born.day != born.month:
            wanted.append(born.year * 10_000 + born.day * 100 + born.month)
        found = []
        for number in wanted:
            left = _bisect(days, order, number)
            right = _bisect(days, order, number + 1)
            found.append(order[left : min(right, left + 500)])
        entries = np.concatenate(found)
        starts = self.segment["entry_starts"]
        begins = starts[entries].astype(np.int64)
        return _ranges(begins, starts[entries + 1].astype(np.int64) - begins).astype(np.int32)

    def _rough(self, rows: Ints, near: list[tuple[Part, Ints, Floats, int]], initials: list[Part]) -> Floats:
        begins = self._starts[rows]
        lengths = self._starts[rows + 1] - begins
        pieces = self.segment["row_pieces"][_ranges(begins, lengths)]
        sounds = self.segment["piece_sounds"][pieces]
        firsts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        first, second, third = (np.ascontiguousarray(sounds[:, column]) for column in range(3))
        several = int(second.max()) >= 0
        scores = np.zeros(len(rows), dtype=np.float32)
        if not hasattr(self._scratch, "weights"):
            self._scratch.weights = np.zeros(len(self.segment["skeletons"]) + 1, dtype=np.float32)
        weights = self._scratch.weights
        for _part, ours, bits, _count in near:
            weights[ours] = bits
            each = weights[first]
            if several:
                each = np.maximum(each, np.maximum(weights[second], weights[third]))
            weights[ours] = 0
            scores += np.maximum.reduceat(each, firsts)
        if initials:
            letters = self.segment["skeletons"][sounds[:, 0]].view(np.uint8).reshape(len(sounds), -1)[:, 0]
            for part in initials:
                wanted = [ord(r.skeleton[0]) for r in part.readings if r.skeleton]
                scores += 3 * np.maximum.reduceat(np.isin(letters, wanted).astype(np.float32), firsts)
        less: Floats = scores - 0.4 * np.maximum(0, lengths - 3).astype(np.float32)
        return less

    def _born_bits(self, entries: Ints, born: Day) -> Floats:
        days = self.segment["born"][entries]
        years = days // 10_000
        bits = np.where(years == born.year, 5.0, np.where(np.abs(years - born.year) <= 1, 1.0, -5.0)).astype(np.float32)
        if born.day:
            month, day = days // 100 % 100, days % 100
            swapped = (month == born.day) & (day == born.month)
            bits += np.where((years == born.year) & (((month == born.month) & (day == born.day)) | swapped), 7.0, 0.0).astype(
                np.float32
            )
            bits = np.where((years != born.year) & (month == born.month) & (day == born.day) & (day > 0), 4.0, bits)
            bits = np.where((years == born.year) & (day > 0) & (month != born.month) & (day != born.day) & ~swapped, -2.0, bits)
        result: Floats = np.where(days == 0, 0.0, bits).astype(np.float32)
        return result

    def _splits(self, parts: list[Part], near: list[tuple[Part, Ints, Floats, int]]) -> list[tuple[Part, Ints, Floats, int]]:
        """The halves of a long token that nothing answers, where both halves are names of the index; neighbours as one."""
        found: list[tuple[Part, Ints, Floats, int]] = []
        for part, _sounds, weights, _ in near:
            if len(part.token.plain) >= 8 and (len(parts) == 1 or not len(weights) or weights.max() < 4):
                found += self._split(part)
        if 1 < len(parts) <= 4 and any(len(p.token.plain) <= 6 for p in parts):
            for one, other in pairwise(parts):
                if one.role != GIVEN or len(one.token.plain) <= 4:
                    whole = _part(one.token.plain + other.token.plain, one.token)
                    sounds, weights, count = self.near(whole)
                    if len(sounds) and count < 2000:
                        found.append((whole, sounds, weights * 1.2, count))
        return found

    def _split(self, part: Part) -> list[tuple[Part, Ints, Floats, int]]:
        options = []
        plain = part.token.plain
        for place in range(3, len(plain) - 2):
            halves = [(half, *self._exact(half)) for half in (_part(plain[:place], part.token), _part(plain[place:], part.token))]
            if all(len(sounds) for _, sounds, _, _ in halves):
                bits = sum(min(_rarity(half), 12) for half, *_ in halves)
                options.append((bits + 4 * sum(h.role == GIVEN for h, *_ in halves), place, halves))
        options.sort(key=lambda option: (-option[0], option[1]))
        return [half for _, _, halves in options[:3] for half in halves]

    def _exact(self, part: Part) -> tuple[Ints, Floats, int]:
        """Sounds that a part may be, without slips: cheap enough for every place at which a token may be cut."""
        found = self._owners(np.array([digest(key) for key in part.keys[:2]], dtype=np.uint32))
        if not len(found):
            return found, np.zeros(0, dtype=np.float32), 0
        apart = self._distances(found[:400], part)
        found = found[:400][apart <= 0.9]
        apart = apart[apart <= 0.9]
        bits = np.maximum(0.5, min(14.0, _rarity(part)) - 3 * apart).astype(np.float32)
        return found, bits, int(self.counts[found].sum())


@lru_cache(maxsize=20_000)
def _part(plain: str, like: Token) -> Part:
    return part_of(Token(plain, plain, like.script))


def _rarity(part: Part) -> float:
    return (
        min(9.0, lexicon.rarity_of(part.role, part.skeletons[0]))
        if part.role == GIVEN
        else lexicon.rarity_of("s" if part.role not in "sgp" else part.role, part.skeletons[0])
    )


def _ranges(begins: Ints, lengths: Ints) -> Ints:
    """All whole numbers of the ranges, one range behind the other."""
    total = int(lengths.sum())
    offsets = np.cumsum(lengths) - lengths
    return np.repeat(begins - offsets, lengths) + np.arange(total)


def _bisect(days: Ints, order: Ints, number: int) -> int:
    low, high = 0, len(order)
    while low < high:
        middle = (low + high) // 2
        if days[order[middle]] < number:
            low = middle + 1
        else:
            high = middle
    return low
