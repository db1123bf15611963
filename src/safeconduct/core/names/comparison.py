"""Two names beside each other: which part answers which, and how far apart they are."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import permutations

from rapidfuzz.distance import OSA

from safeconduct.core.names.parts import GIVEN, INITIAL, PATRONYMIC, SURNAME, Name, Part
from safeconduct.core.names.sounds import settled
from safeconduct.core.names.text import Script

SCALE = 10_000
"""Strains are whole numbers of 1/10,000, so that every machine and the compiled kernel give the same."""
AKANIE = str.maketrans("oe", "ai")
"""Unstressed o is heard and, in Belarusian, written as a; e as i."""
AKANIE_COST, VOWEL_COST, KIND_COST, CONSONANT_COST, LETTER_COST = 1500, 3000, 5000, 10_000, 9000
VOICED_COST = 2500
"""Of p for b, t for d and k for g in Armenian surnames, which Western Armenian speaks the other way round."""
OTHER_READING_COST = 500
MOST_DOUBT = 5000
SOUNDS_SAME = 1200
MOST_STRAIN = 13_000
MOST_OF_KNOWN = 3000
"""Two given names that both are well known and no forms of each other answer only up to this."""
MOST_LONGER = 4
SHORTEST_JOINED = 6
MOST_OF_JOINED = 5000
EQUIVALENT_STRAIN = 1500
FATHER_STRAIN = 3000
INITIAL_STRAIN = 15_000
OTHER_ROLE = 200
FAR = 90_000
_osa = OSA.distance


class Kind(StrEnum):
    """How two parts answer each other."""

    EXACT = "exact"
    SOUND = "sound"
    NEAR = "near"
    EQUIVALENT = "equivalent"
    INITIAL = "initial"
    FATHER = "father"
    JOINED = "joined"


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Parts of ours (their places) that answer parts of theirs, with a strain from 0 (the same) to `MOST_STRAIN` (hardly)."""

    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    strain: int
    kind: Kind
    role: str


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """Every answer, and the places that found none."""

    answers: tuple[Answer, ...]
    left_ours: tuple[int, ...]
    left_theirs: tuple[int, ...]


@lru_cache(maxsize=100_000)
def strain(one: Part, other: Part) -> int:
    """How far apart two parts are, 0 to `FAR`: edits of their sounds, vowels cheaply, over their length. Symmetric."""
    if one.token.plain == other.token.plain:
        return 0
    if abs(len(one.skeletons[0]) - len(other.skeletons[0])) > MOST_LONGER:
        return FAR
    # Arabic script leaves short vowels out.
    vowel = VOWEL_COST if Script.ARABIC not in (one.token.script, other.token.script) else VOWEL_COST // 10
    best = FAR
    for place, skeleton in enumerate(one.skeletons):
        for there, their in enumerate(other.skeletons):
            doubt = min(7 * (one.doubts[place] + other.doubts[there]), MOST_DOUBT)
            if doubt >= best:
                continue
            cost = OTHER_READING_COST
            if skeleton != their:
                whole = _osa(skeleton, their)
                if whole > 5 or min(vowel, AKANIE_COST) * whole + doubt >= best:
                    continue
                bones = min(whole, _osa(one.bones[place], other.bones[there]))
                kinds = min(bones, _osa(one.kinds[place], other.kinds[there]))
                merged = min(whole, max(bones, _osa(skeleton.translate(AKANIE), their.translate(AKANIE))))
                cost = AKANIE_COST * (whole - merged) + vowel * (merged - bones)
                kind = VOICED_COST if _is_armenian(skeleton) and _is_armenian(their) else KIND_COST
                cost += kind * (bones - kinds) + CONSONANT_COST * kinds
            best = min(best, cost + doubt)
    if one.token.script is other.token.script:
        best = min(best, LETTER_COST * _osa(one.token.plain, other.token.plain))
    length = min(len(one.skeletons[0]), len(other.skeletons[0]))
    return min(FAR, best * 6 // (3 + min(length, 10)))


def _is_armenian(skeleton: str) -> bool:
    return len(skeleton) >= 6 and skeleton.endswith("an")


def align(ours: Name, theirs: Name) -> Alignment:
    """The parts that answer each other: joined forms first, then the nearest, then initials."""
    answers: list[Answer] = []
    left_ours, left_theirs = set(range(len(ours.parts))), set(range(len(theirs.parts)))
    _join(ours, theirs, left_ours, left_theirs, answers, swapped=False)
    _join(theirs, ours, left_theirs, left_ours, answers, swapped=True)
    options = []
    for here, our in enumerate(ours.parts):
        for there, their in enumerate(theirs.parts):
            found = _option(our, their)
            if found is not None:
                options.append((found[0] + (0 if our.role == their.role else OTHER_ROLE), here, there, found))
    options.sort(key=lambda option: option[0])
    for _cost, here, there, (apart, kind) in options:
        if here in left_ours and there in left_theirs:
            left_ours.discard(here)
            left_theirs.discard(there)
            answers.append(Answer((here,), (there,), apart, kind, _role(ours.parts[here], theirs.parts[there])))
    _disown(answers, left_ours, left_theirs)
    return Alignment(tuple(answers), tuple(sorted(left_ours)), tuple(sorted(left_theirs)))


def _option(our: Part, their: Part) -> tuple[int, Kind] | None:
    if our.role == INITIAL or their.role == INITIAL:
        return (INITIAL_STRAIN, Kind.INITIAL) if _begins(our, their) else None
    apart = strain(our, their)
    if apart <= SOUNDS_SAME:
        return apart, Kind.EXACT if our.token.plain == their.token.plain else Kind.SOUND
    if not our.fathers.isdisjoint(their.fathers):
        return min(apart, EQUIVALENT_STRAIN), Kind.EQUIVALENT
    if our.classes and not our.classes.isdisjoint(their.classes):
        return min(apart, EQUIVALENT_STRAIN), Kind.EQUIVALENT
    if apart > MOST_OF_KNOWN and our.is_known_given and their.is_known_given:
        return None
    if apart <= MOST_STRAIN:
        return apart, Kind.NEAR
    if PATRONYMIC in (our.role, their.role) and our.role != their.role and _is_father(our, their):
        return FATHER_STRAIN, Kind.FATHER
    return None


def _begins(our: Part, their: Part) -> bool:
    if our.token.plain[0] == their.token.plain[0] and our.token.script is their.token.script:
        return True
    short, long = (our, their) if our.role == INITIAL else (their, our)
    return any(s[0] == t[0] or s[-1] == t[0] for s in short.skeletons for t in long.skeletons)


def _is_father(our: Part, their: Part) -> bool:
    patronymic, name = (our, their) if our.role == PATRONYMIC else (their, our)
    if name.role != GIVEN:
        return False
    stemmed = patronymic.skeletons[0]
    for ending in ("oviC", "eviC", "iC"):
        if stemmed.endswith(ending):
            base = stemmed[: -len(ending)]
            return len(base) > 1 and _osa(base, name.skeletons[0][: len(base) + 1]) <= 1
    return False


def _role(our: Part, their: Part) -> str:
    roles = {our.role, their.role}
    if PATRONYMIC in roles:
        return PATRONYMIC
    if roles == {GIVEN} or (GIVEN in roles and INITIAL in roles):
        return GIVEN
    return GIVEN if GIVEN in roles and (our.classes or their.classes) else SURNAME


def _disown(answers: list[Answer], left_ours: set[int], left_theirs: set[int]) -> None:
    """A father's name is one only where the given names answer each other; else Sergei is no son of Sergei."""
    if any(answer.role == GIVEN or answer.kind is Kind.INITIAL for answer in answers):
        return
    for answer in [answer for answer in answers if answer.kind is Kind.FATHER]:
        answers.remove(answer)
        left_ours.update(answer.ours)
        left_theirs.update(answer.theirs)


def _join(ours: Name, theirs: Name, left: set[int], others: set[int], answers: list[Answer], *, swapped: bool) -> None:
    """One part of ours that is two of theirs written together, in either order."""
    if len(theirs.parts) < 2:
        return
    for here in sorted(left):
        our = ours.parts[here]
        if len(our.token.plain) < SHORTEST_JOINED or our.role == INITIAL:
            continue
        options = [
            (_joined_strain(our, theirs.parts[first], theirs.parts[second]), first, second)
            for first, second in permutations(sorted(others)[:6], 2)
        ]
        best = min(options, default=(FAR, 0, 0))
        if best[0] < MOST_OF_JOINED:
            left.discard(here)
            others.difference_update(best[1:])
            one, two = (best[1:], (here,)) if swapped else ((here,), best[1:])
            answers.append(Answer(one, two, best[0], Kind.JOINED, SURNAME))


def _joined_strain(whole: Part, first: Part, second: Part) -> int:
    """How far one word is from two others written together."""
    length = len(first.skeletons[0]) + len(second.skeletons[0])
    if abs(len(whole.skeletons[0]) - length) > 2 or INITIAL in (first.role, second.role):
        return FAR
    if whole.token.plain == first.token.plain + second.token.plain:
        return 0
    together = settled(first.skeletons[0] + second.skeletons[0])
    edits = min(_osa(skeleton, together) for skeleton in whole.skeletons)
    return 500 + 6000 * edits * 6 // (3 + min(10, length))
