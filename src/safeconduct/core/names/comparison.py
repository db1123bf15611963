"""Two names beside each other: which part answers which, and how far apart they are."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from safeconduct.core.names.parts import GIVEN, INITIAL, PATRONYMIC, SURNAME, Name, Part
from safeconduct.core.names.sounds import settled

VOWEL_COST, KIND_COST, CONSONANT_COST = 0.3, 0.5, 1.0
MOST_STRAIN = 1.3
EQUIVALENT_STRAIN = 0.15
FATHER_STRAIN = 0.3
FAR = 9.0
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
    """Parts of ours (their places) that answer parts of theirs, with a strain from 0 (the same) to 1.3 (hardly)."""

    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    strain: float
    kind: Kind
    role: str


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """Every answer, and the places that found none."""

    answers: tuple[Answer, ...]
    left_ours: tuple[int, ...]
    left_theirs: tuple[int, ...]


@lru_cache(maxsize=300_000)
def strain(one: Part, other: Part) -> float:
    """How far apart two parts are, 0 to 9: edits of their sounds, vowels cheaply, over their length. Symmetric."""
    if one.token.plain == other.token.plain:
        return 0.0
    best = FAR
    for place, skeleton in enumerate(one.skeletons):
        weight = one.readings[place].weight
        for there, their in enumerate(other.skeletons):
            doubt = -0.07 * (weight + other.readings[there].weight)
            if skeleton == their:
                cost = 0.05
            else:
                whole = _osa(skeleton, their)
                if whole > 5:
                    continue
                bones = _osa(one.bones[place], other.bones[there])
                kinds = _osa(one.kinds[place], other.kinds[there])
                bones, kinds = min(bones, whole), min(kinds, bones)
                cost = VOWEL_COST * (whole - bones) + KIND_COST * (bones - kinds) + CONSONANT_COST * kinds
            best = min(best, cost + min(doubt, 0.5))
    if one.token.script is other.token.script:
        best = min(best, 0.9 * _osa(one.token.plain, other.token.plain))
    length = min(len(one.skeletons[0]), len(other.skeletons[0]))
    return min(FAR, best * 6 / (3 + min(length, 10)))


def align(ours: Name, theirs: Name) -> Alignment:
    """The parts that answer each other: nearest first, then joined forms, then initials."""
    options = []
    for here, our in enumerate(ours.parts):
        for there, their in enumerate(theirs.parts):
            found = _option(our, their)
            if found is not None:
                options.append((found[0] + (0.0 if our.role == their.role else 0.02), here, there, found))
    options.sort(key=lambda option: option[0])
    answers: list[Answer] = []
    left_ours, left_theirs = set(range(len(ours.parts))), set(range(len(theirs.parts)))
    for _cost, here, there, (apart, kind) in options:
        if here in left_ours and there in left_theirs:
            left_ours.discard(here)
            left_theirs.discard(there)
            answers.append(Answer((here,), (there,), apart, kind, _role(ours.parts[here], theirs.parts[there])))
    if (left_ours and left_theirs) or (len(left_ours) > 1 or len(left_theirs) > 1):
        _join(ours, theirs, left_ours, left_theirs, answers, swapped=False)
        _join(theirs, ours, left_theirs, left_ours, answers, swapped=True)
    return Alignment(tuple(answers), tuple(sorted(left_ours)), tuple(sorted(left_theirs)))


def _option(our: Part, their: Part) -> tuple[float, Kind] | None:
    if our.role == INITIAL or their.role == INITIAL:
        return (1.5, Kind.INITIAL) if _begins(our, their) else None
    apart = strain(our, their)
    if apart <= 0.12:
        return apart, Kind.EXACT if our.token.plain == their.token.plain else Kind.SOUND
    if our.classes and not our.classes.isdisjoint(their.classes):
        return min(apart, EQUIVALENT_STRAIN), Kind.EQUIVALENT
    if apart <= MOST_STRAIN:
        return apart, Kind.NEAR
    if PATRONYMIC in (our.role, their.role) and our.role != their.role and _is_father(our, their):
        return FATHER_STRAIN, Kind.FATHER
    return None


def _begins(our: Part, their: Part) -> bool:
    if our.token.plain[0] == their.token.plain[0] and our.token.script is their.token.script:
        return True
    short, long = (our, their) if our.role == INITIAL else (their, our)
    return any(
        s.skeleton[:1] == t.skeleton[:1] or (t.skeleton[:1] and s.skeleton[-1:] == t.skeleton[:1])
        for s in short.readings
        for t in long.readings
    )


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


def _join(ours: Name, theirs: Name, left: set[int], others: set[int], answers: list[Answer], *, swapped: bool) -> None:
    """One part of ours that is two of theirs written together, in either order; what answered badly may be freed for it."""
    for here in sorted(left):
        our = ours.parts[here]
        if len(our.token.plain) < 6 or our.role == INITIAL:
            continue
        best: tuple[float, int, int] | None = None
        for first, second in _neighbours(len(theirs.parts)):
            if not ({first, second} & others) or not _is_free(first, second, others, answers, swapped=swapped):
                continue
            apart = _joined_strain(our, theirs.parts[first], theirs.parts[second])
            if apart < 0.6 and (best is None or apart < best[0]):
                best = apart, first, second
        if best is not None:
            _free(best[1:], left, others, answers, swapped=swapped)
            left.discard(here)
            others.difference_update(best[1:])
            one, two = (best[1:], (here,)) if swapped else ((here,), best[1:])
            answers.append(Answer(one, two, best[0], Kind.JOINED, SURNAME))


def _neighbours(count: int) -> list[tuple[int, int]]:
    return [(a, b) for a in range(min(count, 6)) for b in range(min(count, 6)) if a != b]


def _is_free(first: int, second: int, others: set[int], answers: list[Answer], *, swapped: bool) -> bool:
    """Whether both places are left over, or taken by an answer that is worse than a joined one would be."""
    return all(
        place in others or any(a.strain > 0.5 and _of(a, swapped=swapped) == (place,) for a in answers)
        for place in (first, second)
    )


def _of(answer: Answer, *, swapped: bool) -> tuple[int, ...]:
    return answer.ours if swapped else answer.theirs


def _free(places: tuple[int, ...], left: set[int], others: set[int], answers: list[Answer], *, swapped: bool) -> None:
    for answer in list(answers):
        mine, yours = (answer.theirs, answer.ours) if swapped else (answer.ours, answer.theirs)
        if set(yours) & set(places):
            answers.remove(answer)
            left.update(mine)
            others.update(yours)


def _joined_strain(whole: Part, first: Part, second: Part) -> float:
    """How far one word is from two others written together."""
    length = len(first.skeletons[0]) + len(second.skeletons[0])
    if abs(len(whole.skeletons[0]) - length) > 2 or INITIAL in (first.role, second.role):
        return FAR
    if whole.token.plain == first.token.plain + second.token.plain:
        return 0.0
    together = settled(first.skeletons[0] + second.skeletons[0])
    edits = min(_osa(skeleton, together) for skeleton in whole.skeletons)
    return 0.05 + 0.6 * edits * 6 / (3 + min(10, length))
