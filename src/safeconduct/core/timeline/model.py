"""Statements: who said what, when, in what, about which time, place, unit and rank. Two statements are never merged."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from safeconduct.core.errors import SafeconductError
from safeconduct.core.places import Place, folded
from safeconduct.core.timeline.readings import ANY_DAY, ANY_TIME, Reading, every_reading, plain_reading


class StatementRefused(SafeconductError):
    """A statement cannot be as it is written; nothing of it is quoted."""


class Topic(StrEnum):
    """What kind of thing is said; their words in three languages stand in the pack (`Rules.topics`)."""

    BIRTH = "birth"
    CATEGORY = "category"
    """Conscript, contract soldier, mobilised, officer ..."""
    CALL_UP = "call-up"
    """Called up for conscript service."""
    SUMMONS = "summons"
    CONTRACT = "contract"
    SERVICE = "service"
    """In a unit."""
    RANK = "rank"
    STAY = "stay"
    FRONT = "front"
    """Whether the person was at the front, and when."""
    REFUSAL = "refusal"
    """A report, a request for discharge or for alternative service."""
    LEAVING = "leaving"
    """The last day with the unit, or of contact with the office."""
    ABSENCE = "absence"
    RETURN = "return"
    """Back in the unit."""
    REASON = "reason"
    """Why the person refused or left."""
    EXIT = "exit"
    """Leaving a country."""
    ENTRY = "entry"
    """Entering a country."""
    STATUS = "status"
    """Certificate, permit or other lawful status in a country."""
    OFFENCE = "offence"
    """Charged with an article."""
    DOCUMENT = "document"
    """A document of a form bears this date."""
    ACT = "act"
    """A public act: a post, a protest, a donation."""
    UNKNOWN = "unknown"


POINTS = frozenset(
    {
        Topic.BIRTH,
        Topic.CALL_UP,
        Topic.SUMMONS,
        Topic.CONTRACT,
        Topic.REFUSAL,
        Topic.LEAVING,
        Topic.RETURN,
        Topic.EXIT,
        Topic.ENTRY,
        Topic.OFFENCE,
        Topic.DOCUMENT,
        Topic.ACT,
    }
)
"""Topics that happen on one day: a stretch of time says between which days."""

ONCE = frozenset({Topic.BIRTH, Topic.LEAVING})
"""Topics that are taken for one and the same occasion unless somebody says otherwise."""

_BY_OCCASION = POINTS - {Topic.DOCUMENT, Topic.ACT}


class Said(StrEnum):
    """In what a statement was made."""

    INTERVIEW = "interview"
    REQUEST = "request"
    """What the person wrote when they first asked."""
    DOCUMENT = "document"
    WITNESS = "witness"
    OPEN_SOURCE = "open-source"
    """A publication, a post, a recording that anybody can find."""
    UNKNOWN = "unknown"


class Precision(StrEnum):
    """How well a place is known."""

    TOWN = "town"
    REGION = "region"
    COUNTRY = "country"
    UNKNOWN = "unknown"


REACH_KM = {Precision.TOWN: 30.0, Precision.REGION: 250.0, Precision.COUNTRY: 1500.0, Precision.UNKNOWN: 20_050.0}
"""How far from its coordinates a place of a precision may reach; conventions of ours, wide on purpose."""


@dataclass(frozen=True, repr=False)
class Whereabouts:
    """A place as it was said, and the town of the gazetteer that a person chose for it."""

    name: str
    country: str = ""
    """ISO 3166-1 alpha-2, or empty."""
    precision: Precision = Precision.UNKNOWN
    key: str = ""
    """The gazetteer's id of the town, or empty where nobody chose one."""
    lat: float | None = None
    lon: float | None = None
    radius_km: float = 0.0
    """How far the town itself reaches, as the gazetteer has it."""

    @property
    def reach_km(self) -> float:
        """How far from its coordinates the person may have been."""
        return max(self.radius_km, REACH_KM[self.precision])


def whereabouts_of(place: Place, *, said: str = "") -> Whereabouts:
    """A town of the gazetteer as a place, under the name that was said where it is another one."""
    return Whereabouts(
        said or place.name, place.country, Precision.TOWN, place.id, place.lat, place.lon, radius_km=place.radius_km
    )


@dataclass(frozen=True, repr=False)
class Alias:
    """A name that a unit had, and when; an empty `when` is any time."""

    name: str
    when: str = ""


class Same(Enum):
    """Whether two things are one."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, repr=False)
class Unit:
    """A unit as it was said: name, number, what it belonged to, and other names over time."""

    name: str = ""
    number: str = ""
    """The number on its letters, digits alone count."""
    parent: str = ""
    aliases: Sequence[Alias] = ()

    def same_as(self, other: "Unit") -> Same:
        """Whether two units are one: by number where both have one, else by a name that both had at the same time."""
        ours, theirs = _digits(self.number), _digits(other.number)
        if ours and theirs:
            return Same.YES if ours == theirs else Same.NO
        for mine in (Alias(self.name), *self.aliases):
            for yours in (Alias(other.name), *other.aliases):
                if folded(mine.name) and folded(mine.name) == folded(yours.name) and _meet(mine.when, yours.when):
                    return Same.YES
        return Same.UNKNOWN


class Order(StrEnum):
    """How one statement's time stands to that of another, as somebody said it."""

    BEFORE = "before"
    AFTER = "after"
    DURING = "during"
    SAME = "same"
    """The same occasion."""
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Relation:
    """The statement that carries it happened before, after, during or with another one."""

    order: Order
    other: str
    """The id of the other statement."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Statement:
    """One statement, as it was made. DateUnreadable where `when` is not EDTF; StatementRefused where it has no id."""

    id: str
    person: str = ""
    """Whom it is about; statements about different people are never compared."""
    speaker: str = ""
    """Who said it."""
    said: Said = Said.UNKNOWN
    source: str = ""
    """The document, interview or publication in which it was said."""
    said_on: str = ""
    """When it was said, in EDTF, or empty."""
    topic: Topic
    when: str = ""
    """The time it is about, in EDTF; empty where nothing was said about it."""
    occasion: int = 0
    """Which occasion of its topic, from 1; 0 where nobody said."""
    value: str = ""
    """A word of the topic's values in the pack, or empty."""
    manner: str = ""
    """A word of the topic's manners in the pack, or empty."""
    place: Whereabouts | None = None
    unit: Unit | None = None
    relations: Sequence[Relation] = ()
    every: Reading = field(init=False)
    """All days that its dates can mean: a doubted or missing bound can be any day."""
    plain: Reading = field(init=False)
    """The days that its dates mean when they are taken at their word, without “about” and “perhaps”."""

    def __post_init__(self) -> None:
        if not self.id:
            raise StatementRefused("a statement needs an id")
        is_point = self.topic in POINTS
        undated = ANY_DAY if is_point else ANY_TIME
        object.__setattr__(self, "every", every_reading(self.when, is_point) if self.when else undated)
        object.__setattr__(self, "plain", plain_reading(self.when, is_point) if self.when else undated)

    @property
    def event(self) -> str:
        """The occasion that it is about; empty where no other statement is about the same for certain."""
        if self.topic not in _BY_OCCASION:
            return ""
        number = self.occasion or (1 if self.topic in ONCE else 0)
        return f"{self.person}/{self.topic}/{number}" if number else ""


def _digits(number: str) -> str:
    return "".join(each for each in number if each.isdigit())


def _meet(first: str, second: str) -> bool:
    if not first or not second:
        return True
    mine, yours = every_reading(first, False), every_reading(second, False)
    return mine.first_lo <= yours.last_hi and yours.first_lo <= mine.last_hi
