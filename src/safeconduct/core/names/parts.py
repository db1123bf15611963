"""A name as parts that can be compared: what each token is, and how it may sound."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from safeconduct.core.names import lexicon
from safeconduct.core.names.sounds import coarse, keys_of, readings
from safeconduct.core.names.text import Token, tokens_of

MOST_COMPARED = 6
"""Readings of a token that are compared; the others only make keys."""
MOST_CLASSES = 8
LONGEST_SKELETON = 40
_MOST_DOUBT = 60_000
MOST_KNOWN_TENTHS = 145
"""Of a given name that is known for sure; among the rarer ones are slips of the pen."""
SURNAME, GIVEN, PATRONYMIC, INITIAL, NEUTRAL = "s", "g", "p", "i", "-"

_PATRONYMIC = re.compile(r"(?:ov|ev|av)(?:iC|na)$|(?<=.{3})(?:iC|iCna|iniCna)$")
_SURNAME = re.compile(r"(?:ov|ev|in|ski|cki|enko|Cuk|ian|dze|Svili|uk|ova|eva|ina|ska|cka|ko|oi|ii)$")
_FEMALE = re.compile(r"(?:.{2}(?:ov|ev|av|in)a|.ska|.cka|.{2}(?:ov|ev|iC|iniC)na)$")
_MALE = re.compile(r"(?:.{2}(?:ov|ev|in)|.ski|.cki|.{2}(?:ov|ev)iC)$")
_STEMS = (
    (re.compile(r"(?<=.{2}ov|.{2}ev|.{2}av|.{2}in)a$"), ""),
    (re.compile(r"(?<=[sc]k)a$"), "i"),
    (re.compile(r"(?<=[oea])vna$"), "viC"),
    (re.compile(r"(?<=.{2})(?:iniCna|iCna)$"), "iC"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One token that counts. `skeletons`: its readings without the ending that tells a woman from a man, best first."""

    token: Token
    role: str
    doubts: tuple[int, ...]
    """How unlikely each reading is: -100 times the natural logarithm of its weight."""
    skeletons: tuple[str, ...]
    bones: tuple[str, ...]
    kinds: tuple[str, ...]
    classes: frozenset[int]
    keys: tuple[str, ...]
    gender: str
    is_known_given: bool
    fathers: frozenset[int]
    rarity: tuple[int, int, int]
    """Tenths of a bit as a surname, a given name, a patronymic."""


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """`parts` that name somebody, and `neutral` words (titles, particles) that do not; `gender` is m, f or empty."""

    parts: tuple[Part, ...]
    neutral: tuple[Token, ...]
    gender: str


_KINDS = str.maketrans({"h": "g", "z": "s", "c": "s", "Z": "S", "C": "S", "b": "p", "d": "t", "f": "v", "k": "g"})


@lru_cache(maxsize=20_000)
def parsed(written: str) -> Name:
    """The parts of a written name. Titles and particles are left out unless nothing else stands there."""
    return named(tuple(part_of(token) for token in tokens_of(written)))


def named(tokens: tuple[Part, ...]) -> Name:
    """The name whose words are these."""
    parts = tuple(p for p in tokens if not is_neutral(p.token))
    neutral = tuple(p.token for p in tokens if is_neutral(p.token))
    if not any(len(p.token.plain) > 1 for p in parts):
        parts, neutral = tokens, ()
    parts = _settled_roles(parts)
    genders = {p.gender for p in parts if p.gender and p.role != GIVEN} or {p.gender for p in parts if p.gender}
    return Name(parts, neutral, genders.pop() if len(genders) == 1 else "")


def _settled_roles(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """A patronymic follows the given name; another word that ends like one, or one of two words, is a surname (Lukashevich)."""
    roles = [p.role for p in parts]
    if PATRONYMIC not in roles or GIVEN not in roles:
        return parts
    behind = next((place for place in range(1, len(roles)) if (roles[place - 1], roles[place]) == (GIVEN, PATRONYMIC)), -1)
    if len(parts) == 2:
        behind = -1
    elif roles.count(PATRONYMIC) == 1 or behind < 0:
        return parts
    return tuple(replace(p, role=SURNAME) if p.role == PATRONYMIC and place != behind else p for place, p in enumerate(parts))


def is_neutral(token: Token) -> bool:
    """Whether a token is a title, a particle or the like; a single letter is an initial."""
    return not token.is_initial and bool(lexicon.kind_of(token.plain))


@lru_cache(maxsize=100_000)
def part_of(token: Token) -> Part:
    """What a token is and how it may sound."""
    spoken = readings(token.plain, token.script)[:MOST_COMPARED]
    best = spoken[0].skeleton
    classes = _few(lexicon.classes_of(token.plain, best)) if not token.is_initial else frozenset()
    role = _role(token, best, classes)
    skeletons = tuple((r.skeleton if role == GIVEN else stem(r.skeleton))[:LONGEST_SKELETON] for r in spoken)
    return Part(
        token,
        role,
        tuple(min(_MOST_DOUBT, round(-100 * reading.weight)) for reading in spoken),
        skeletons,
        *consonants(skeletons),
        classes,
        keys_of(token.plain, token.script),
        _gender(best, role, classes),
        role == GIVEN and (bool(classes) or lexicon.tenths_of(best)[1] <= MOST_KNOWN_TENTHS),
        _fathers(best) if role == PATRONYMIC else frozenset(),
        lexicon.tenths_of(skeletons[0]),
    )


def consonants(skeletons: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The consonants of skeletons, and the same with kindred consonants as one."""
    bones = tuple(coarse(s)[: LONGEST_SKELETON + 1] for s in skeletons)
    return bones, tuple(b.translate(_KINDS) for b in bones)


def _few(classes: frozenset[int]) -> frozenset[int]:
    return classes if len(classes) <= MOST_CLASSES else frozenset(sorted(classes)[:MOST_CLASSES])


def stem(skeleton: str) -> str:
    """A skeleton as a man's: Ivanova as Ivanov, Petrovskaya as Petrovsky, Ivanovna as Ivanovich."""
    for pattern, replacement in _STEMS:
        skeleton = pattern.sub(replacement, skeleton)
    return skeleton


def _role(token: Token, skeleton: str, classes: frozenset[int]) -> str:
    if token.is_initial:
        return INITIAL
    if classes or lexicon.is_known_given(skeleton):
        return GIVEN
    if len(skeleton) > 5 and _PATRONYMIC.search(skeleton):
        surname = lexicon.rarity_of("s", skeleton)
        return (
            PATRONYMIC
            if lexicon.rarity_of("p", skeleton) <= surname or skeleton[-4:] in ("oviC", "eviC", "ovna", "evna", "avna", "aviC")
            else SURNAME
        )
    return SURNAME


def _fathers(skeleton: str) -> frozenset[int]:
    """The given names of which a patronymic is made: Mikalaevich and Mykolayovych are Nikolaevich."""
    stemmed = stem(skeleton)
    for ending in ("oviC", "eviC", "aviC", "iC"):
        if stemmed.endswith(ending):
            base = stemmed[: -len(ending)]
            return next(
                (found for form in (base, base + "i", base + "a") if (found := _few(lexicon.classes_of("", form)))), frozenset()
            )
    return frozenset()


def _gender(skeleton: str, role: str, classes: frozenset[int]) -> str:
    if classes:
        genders = {lexicon.gender_of_class(c) for c in classes}
        return genders.pop() if len(genders) == 1 else ""
    if role in (SURNAME, PATRONYMIC) and len(skeleton) > 4:
        return "f" if _FEMALE.search(skeleton) else "m" if _MALE.search(skeleton) else ""
    return ""
