"""Candidates: the few entries of an index that may answer a query, found without comparing it with all of them.

1. For each token the sounds of the index near it: by coarse keys with at most one letter left out, then by distance.
2. For each entry the best that it has of each token, added up; what birth dates say, and initials.
3. The best go on to be compared in full; entries with the same day of birth take part even where no token is alike.

All numbers are whole, so that the compiled kernel (kernel.c) gives the same candidates.
"""

from functools import lru_cache
from itertools import pairwise
from math import log2
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from safeconduct.core.names import lexicon
from safeconduct.core.names.dates import Day
from safeconduct.core.names.kernel import Kernel, library
from safeconduct.core.names.parts import GIVEN, INITIAL, Name, Part, part_of
from safeconduct.core.names.segment import SKELETON_BYTES, Segment, around, digest
from safeconduct.core.names.sounds import key_of
from safeconduct.core.names.text import Token

SHORTEST_SPLIT, SHORTEST_UNKNOWN, LONGEST_PREFIX = 8, 10, 6
"""Letters of a token alone, or of one among others, that may be two; of a prefix that may belong to the next."""
MOST_SPLITS = 3
KEPT_OF_OTHERS = 15
"""Candidates of each other way to cut a name."""
MOST_OF_A_DAY = 500
MOST_INITIALS = 8
KEPT = 50
MOST_BEHIND = 20_000
"""Thousandths of a bit by which a row may stand behind the best of the rough score."""
FARTHEST = 14_000
"""Of the distance between sounds, in 1/10,000 as strains are."""
_SURELY = 3000
_INITIAL = 3000
_MOST_SCORE = 65_535
_BIT = 1000
_LEAST, _MOST_BITS = 300, 16_000
Ints = npt.NDArray[Any]


class Near(NamedTuple):
    """Sounds of the index near a token, the best first, what each gives in 1/1,000 bit, and in how many entries they stand."""

    sounds: Ints
    bits: Ints
    entries: int
    is_known: bool = True
    """Whether one of the sounds is surely that of the token."""


class Retrieval:
    """Candidate search in one segment. Keeps what it learned of tokens in memory, nothing else of a query."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.counts: Ints = np.diff(segment["posting_starts"].astype(np.int64))
        self.entries = len(segment["born"])
        compiled = library()
        self.kernel = Kernel(segment, compiled) if compiled is not None and self.entries else None
        self.near = lru_cache(maxsize=20_000)(self._near)
        self._equivalent = lru_cache(maxsize=2_000)(self._forms)

    def _near(self, part: Part) -> Near:
        forms = [form for place, key in enumerate(part.keys) for form in (around(key) if place < 2 else (key,))]
        sounds, apart = self._near_sounds([digest(form) for form in dict.fromkeys(forms)], part, FARTHEST)
        if part.classes:
            alike = self._equivalent(part.classes)
            if len(alike):
                alike = alike[~np.isin(alike, sounds[apart < 2000])]
                keep = ~np.isin(sounds, alike)
                sounds = np.concatenate([sounds[keep], alike])
                apart = np.concatenate([apart[keep], np.full(len(alike), 1500, dtype=np.int32)])
        order = np.argsort(apart, kind="stable")
        sounds, apart = sounds[order], apart[order]
        exact = int(self.counts[sounds[: int(np.searchsorted(apart, _SURELY))]].sum())
        bits = min(_MOST_BITS, int(_BIT * log2((self.entries + 1000) / (exact + 1))), _rarity(part))
        gives = (max(bits, _BIT) - apart // 2).astype(np.int32)
        much = int(np.searchsorted(-gives, -_LEAST))
        return Near(sounds[:much], gives[:much], int(self.counts[sounds[:much]].sum()), exact > 0)

    def _near_sounds(self, wanted: list[int], part: Part, farthest: int) -> tuple[Ints, Ints]:
        """Sounds that share a digest with a part and are not too far from it, and how far they are."""
        ours = list(dict.fromkeys(s.encode("ascii", "replace")[:SKELETON_BYTES] for s in part.skeletons))[:3]
        length = 3 + min(10, len(part.skeletons[0]))
        if self.kernel is not None:
            return self.kernel.near(wanted, ours, length, farthest)
        sounds = self._owners(np.array(wanted, dtype=np.uint32))
        if not len(sounds):
            return sounds, sounds
        first = _distances(ours, self.segment["skeletons"][sounds].tolist())
        others = self.segment["others"][sounds].tolist()
        second = np.where([bool(other) for other in others], _distances(ours, others) + 500, 90_000)
        apart = (np.minimum(first, second) * 6 // length).astype(np.int32)
        close = apart <= farthest
        return sounds[close], apart[close]

    def _owners(self, wanted: Ints) -> Ints:
        hashes = self.segment["hashes"]
        wanted = np.unique(wanted)
        left, right = np.searchsorted(hashes, wanted, "left"), np.searchsorted(hashes, wanted, "right")
        owners = [self.segment["hash_owners"][a:b] for a, b in zip(left.tolist(), right.tolist(), strict=True) if a < b]
        return np.unique(np.concatenate(owners)) if owners else np.zeros(0, dtype=np.int32)

    def _forms(self, classes: frozenset[int]) -> Ints:
        """The sounds of the index that are forms of one of these given names."""
        forms = {form for number in classes for form in lexicon.forms_by_class()[number]}
        found = self._owners(np.array([digest(key_of(form)) for form in forms], dtype=np.uint32))
        wanted = np.array(
            sorted(form.encode("ascii", "replace")[:SKELETON_BYTES] for form in forms), dtype=self.segment["skeletons"].dtype
        )
        return found[np.isin(self.segment["skeletons"][found], wanted)] if len(found) else found

    def candidates(self, name: Name, born: Day | None, kept: int = KEPT) -> Ints:
        """The entries that may answer, best first."""
        parts = [part for part in name.parts if part.role != INITIAL]
        near = [self.near(part) for part in parts]
        initials = [part for part in name.parts if part.role == INITIAL][:MOST_INITIALS]
        letters = np.zeros(256, dtype=np.uint8)
        for place, part in enumerate(initials):
            for skeleton in part.skeletons:
                letters[ord(skeleton[0]) % 256] |= 1 << place
        found = self._best(near, letters, len(initials), born, kept)
        others = [
            self._best(other, letters, len(initials), born, KEPT_OF_OTHERS)
            for other in self._otherwise(parts, near, is_alone=len(name.parts) == 1)
        ]
        if not others:
            return found
        together: Ints = np.array(list(dict.fromkeys(np.concatenate([found, *others]).tolist())), dtype=np.int32)
        return together

    def _best(self, near: list[Near], letters: Ints, initials: int, born: Day | None, kept: int) -> Ints:
        near = [each for each in near if len(each.sounds)]
        if self.kernel is not None:
            return self.kernel.rank(near, letters, initials, born.number if born else 0, (MOST_OF_A_DAY, MOST_BEHIND, kept))
        return self._ranked(near, letters, initials, born, kept)

    def _ranked(self, near: list[Near], letters: Ints, initials: int, born: Day | None, kept: int) -> Ints:
        sums = self._sums(near)
        entries = np.flatnonzero(sums)
        if born is not None and born.day:
            entries = np.union1d(entries, self._born_entries(born))
        if not len(entries):
            return entries.astype(np.int32)
        scores = sums[entries]
        if born is not None:
            scores += _born_bits(self.segment["born"][entries].astype(np.int64), born)
        if initials:
            least = np.partition(scores, -kept)[-kept] if len(scores) > kept else scores.min()
            close = scores + _INITIAL * initials >= least
            entries, scores = entries[close], scores[close]
            scores += self._initials(entries, letters)
        # One number for score and entry, so that no two are alike.
        keys = (scores << 32) - entries
        if len(entries) > kept:
            best = np.argpartition(-keys, kept - 1)[:kept]
            entries, scores, keys = entries[best], scores[best], keys[best]
        best = np.argsort(-keys)
        best = best[scores[best] >= scores[best[0]] - MOST_BEHIND]
        chosen: Ints = entries[best].astype(np.int32)
        return chosen

    def _sums(self, near: list[Near]) -> Ints:
        """For each entry the best that it has of each token, added up."""
        sums = np.zeros(self.entries, dtype=np.int64)
        bits = np.zeros(self.entries, dtype=np.int64)
        for each in near:
            # The best come last, so that they stay.
            sounds = each.sounds[::-1]
            bits[self._postings(sounds)] = np.repeat(each.bits[::-1], self.counts[sounds])
            sums += bits
            bits[:] = 0
        found: Ints = np.minimum(sums, _MOST_SCORE)
        return found

    def _initials(self, entries: Ints, letters: Ints) -> Ints:
        """What initials add to rough scores."""
        begins = self.segment["row_starts"][self.segment["entry_starts"][entries]].astype(np.int64)
        lengths = self.segment["row_starts"][self.segment["entry_starts"][entries + 1]].astype(np.int64) - begins
        sounds = self.segment["piece_sounds"][self.segment["row_pieces"][_ranges(begins, lengths)], 0]
        # Where a piece has no sound, a letter is looked up at a place that holds none.
        first = np.append(self.segment["skeletons"].view(np.uint8).reshape(-1, SKELETON_BYTES)[:, 0], 0)
        begun = np.append(np.where(sounds < 0, 0, letters[first[sounds]]), 0)
        together = np.bitwise_or.reduceat(begun, np.cumsum(lengths) - lengths)
        found: Ints = np.where(lengths > 0, _INITIAL * np.bitwise_count(together).astype(np.int64), 0)
        return found

    def _postings(self, sounds: Ints) -> Ints:
        begins = self.segment["posting_starts"][sounds].astype(np.int64)
        found: Ints = self.segment["postings"][_ranges(begins, self.counts[sounds])]
        return found

    def _born_entries(self, born: Day) -> Ints:
        order, days = self.segment["born_order"], self.segment["born"]
        wanted = [born.number]
        if born.day <= 12 and born.day != born.month:
            wanted.append(born.year * 10_000 + born.day * 100 + born.month)
        found = []
        for number in wanted:
            left = _bisect(days, order, number)
            right = _bisect(days, order, number + 1)
            found.append(order[left : min(right, left + MOST_OF_A_DAY)])
        return np.concatenate(found)

    def _otherwise(self, parts: list[Part], near: list[Near], *, is_alone: bool) -> list[list[Near]]:
        """Other ways to cut a name: a long token that nothing answers as two, two neighbours as one."""
        found: list[list[Near]] = []
        for place, part in enumerate(parts):
            length = len(part.token.plain)
            if length >= SHORTEST_SPLIT and (is_alone or (length >= SHORTEST_UNKNOWN and not near[place].is_known)):
                found += [[*near[:place], *halves, *near[place + 1 :]] for halves in self._split(part)]
        if 1 < len(parts) <= 4 and any(len(p.token.plain) <= LONGEST_PREFIX for p in parts):
            for place, (one, other) in enumerate(pairwise(parts)):
                if one.role != GIVEN or len(one.token.plain) <= 4:
                    whole = self.near(_part(one.token.plain + other.token.plain, one.token))
                    if whole.is_known:
                        found.append([*near[:place], whole, *near[place + 2 :]])
        return found

    def _split(self, part: Part) -> list[list[Near]]:
        """The likeliest pairs of names of the index that a token is, written together."""
        options = []
        plain = part.token.plain
        for place in range(3, len(plain) - 2):
            halves = []
            for half in (_part(plain[:place], part.token), _part(plain[place:], part.token)):
                near = self._exact(half)
                if not len(near.sounds):
                    break
                halves.append((half, near))
            else:
                # The commoner both halves are, the likelier is the cut.
                options.append((sum(_unlikely(half, near) for half, near in halves), place, halves))
        options.sort(key=lambda option: option[:2])
        return [[near for _, near in halves] for _, _, halves in options[:MOST_SPLITS]]

    def _exact(self, part: Part) -> Near:
        """Sounds that a part may be, without slips: cheap enough for every place at which a token may be cut."""
        found, apart = self._near_sounds([digest(key) for key in dict.fromkeys(part.keys[:2])], part, 9000)
        order = np.argsort(apart, kind="stable")
        found, apart = found[order], apart[order]
        bits = np.maximum(500, min(14 * _BIT, _rarity(part)) - 3 * apart // 10).astype(np.int32)
        return Near(found, bits, int(self.counts[found].sum()))


def _distances(ours: list[bytes], known: list[bytes]) -> Ints:
    """Edits of the nearest of ours, consonants twice and a half as dear as vowels, in 1/10,000."""
    whole = process.cdist(ours, known, scorer=OSA.distance, dtype=np.int32).min(axis=0)
    our_bones = [s.translate(None, b"aeiou") for s in ours]
    bones = [k.translate(None, b"aeiou") for k in known]
    hard = process.cdist(our_bones, bones, scorer=OSA.distance, dtype=np.int32).min(axis=0)
    mixed: Ints = 3000 * whole + 5000 * np.minimum(hard, whole)
    return mixed


def _born_bits(days: Ints, born: Day) -> Ints:
    """What birth dates add to rough scores, in thousandths of a bit."""
    years = days // 10_000
    bits = np.where(years == born.year, 5000, np.where(np.abs(years - born.year) <= 1, 1000, -5000))
    if born.day:
        month, day = days // 100 % 100, days % 100
        same_day = (month == born.month) & (day == born.day)
        swapped = (month == born.day) & (day == born.month)
        of_year = years == born.year
        bits = np.where(of_year & (same_day | swapped), bits + 7000, bits)
        bits = np.where(~of_year & same_day, 4000, bits)
        bits = np.where(of_year & (day > 0) & (month != born.month) & (day != born.day) & ~swapped, -2000, bits)
    result: Ints = np.where(days == 0, 0, bits)
    return result


@lru_cache(maxsize=20_000)
def _part(plain: str, like: Token) -> Part:
    return part_of(Token(plain, plain, like.script))


def _unlikely(half: Part, near: Near) -> int:
    """How unlikely a half of a token is, in 1/1,000 bit: how rare, and how far from what the index has."""
    bits = min(14 * _BIT, _rarity(half))
    return 2 * bits - min(bits, int(near.bits[0])) - 3 * _BIT * (half.role == GIVEN)


def _rarity(part: Part) -> int:
    surname, given, patronymic = part.rarity
    tenths = min(90, given) if part.role == GIVEN else patronymic if part.role == "p" else surname
    return tenths * (_BIT // 10)


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
