"""What is screened against what, and what comes of it: entries, queries, hits and the features that explain them."""

from dataclasses import dataclass
from enum import StrEnum

from safeconduct.core.errors import UnreadableInput


class BirthDateRefused(UnreadableInput):
    """A birth date is not `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or no such day exists."""


class IndexRefused(UnreadableInput):
    """Bytes are not an index of this version, or not a whole one."""


class NameRefused(UnreadableInput):
    """A name to look for has no letters."""


class Gender(StrEnum):
    """As a list gives it; UNKNOWN where it says nothing."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class Band(StrEnum):
    """How a hit may be called. None of them is a verdict: a person decides each."""

    STRONG = "strong"
    POSSIBLE = "possible"
    WEAK = "weak"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One person of a list.

    `names`: the primary name first, then every alias and spelling, in any script; at least one.
    `born`: partial ISO dates (`1972`, `1972-06`, `1972-06-12`), each of which may be the right one.
    `countries`: ISO 3166-1 alpha-2 codes in lower case of nationality, birth or residence.
    `birth_places`: as the list writes them, in any script. `identifiers`: numbers of documents, as they are written.
    """

    id: str
    names: tuple[str, ...]
    born: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    gender: Gender = Gender.UNKNOWN
    birth_places: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Query:
    """The person looked for. Without repr, so that it cannot reach a log by accident.

    `name` in any script and order; `born` a partial ISO date or None; `country` an alpha-2 code or None; `birth_place` in words;
    `identifiers` numbers of passports and other documents.
    """

    name: str
    born: str | None = None
    country: str | None = None
    gender: Gender = Gender.UNKNOWN
    birth_place: str | None = None
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Feature:
    """One reason for or against, as the reviewer reads it.

    `name` is a key of `safeconduct.core.names.FEATURES`, whose text explains it. `score` is evidence in bits: +1 doubles the odds
    that both are one person, -1 halves them. `ours` and `theirs` are the two values that were compared, as they were written.
    """

    name: str
    score: float
    detail: str
    ours: str
    theirs: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One entry that may be the person looked for.

    `score`: the estimated probability, 0 to 1, at the prior of docs/screening.md. `expected_namesakes`: how many people of the
    list would fit the query this well by chance. `about` is what the index says of its list (name, version, licence, day).
    """

    id: str
    name: str
    matched_name: str
    born: tuple[str, ...]
    score: float
    band: Band
    features: tuple[Feature, ...]
    expected_namesakes: float
    about: dict[str, str]
