"""What a questionnaire is: sections of questions, questions of parts, parts with options or columns."""

import datetime
import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Protocol, TypeVar

from safeconduct.core.packtext import LocalText, PackStamp, Source
from safeconduct.core.questionnaires.conditions import Condition
from safeconduct.core.questionnaires.problems import Problem
from safeconduct.core.questionnaires.values import Answers


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_Identified)


class Audience(enum.Enum):
    """Who has the page in front of them."""

    CASEWORKER = "caseworker"
    APPLICANT = "applicant"


class Sealed(enum.Enum):
    """The sealed sections of a case; each has its own key."""

    CONTACT = "contact"
    IDENTITY = "identity"
    ACCOUNT = "account"
    CONDUCT = "conduct"
    HEALTH = "health"
    CONVICTIONS = "convictions"
    EVIDENCE = "evidence"
    EVALUATIONS = "evaluations"
    LEGAL = "legal"
    SUMMARY = "summary"


class PartType(enum.Enum):
    """What can be put into one field of a question."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    DATE_RANGE = "date_range"
    PLACE = "place"
    CHOICE = "choice"
    MULTI = "multi"
    YES_NO = "yes_no"
    COUNT = "count"
    NUMBER = "number"
    """Any number, whole or not, as its digits."""
    COUNTRY = "country"
    COUNTRIES = "countries"
    FILE = "file"
    """References to evidence; the files themselves are sealed elsewhere."""
    TIMELINE = "timeline"
    """Rows of columns."""


class Closeness(enum.Enum):
    """How closely a place may be told."""

    COUNTRY = "country"
    REGION = "region"
    TOWN = "town"


class Stop(enum.Enum):
    """Why the questions end early."""

    CALLBACK = "callback"
    """It is not safe to talk: agree on another time."""
    ADVICE_ONLY = "advice_only"
    """Advice may be given, but no case file is kept."""


class Flag(enum.Enum):
    """What an answer asks of the caseworker; a prompt for a person, never a finding about one."""

    CHILD_PROTOCOL = "child_protocol"
    LAWYER = "lawyer"
    EXCLUSION_REVIEW = "exclusion_review"
    SECURITY_IN_FULL = "security_in_full"
    RESPONSIBILITY_CHECK = "responsibility_check"
    URGENT = "urgent"
    ALARM = "alarm"
    CARE_PATH = "care_path"
    SAFETY_FIRST = "safety_first"


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen."""

    id: str
    label: LocalText
    exclusive: bool = False
    """Cannot stand together with other options."""


@dataclass(frozen=True)
class Part:
    """One field of a question, or one column of a timeline."""

    id: str
    type: PartType
    label: LocalText | None = None
    """None where the question itself says it all."""
    hint: LocalText | None = None
    required: bool = False
    """Must be filled when the question is answered at all."""
    options: tuple[Option, ...] = ()
    columns: tuple["Part", ...] = ()
    as_far_as: Closeness | None = None
    show_if: Condition | None = None

    @cached_property
    def option_ids(self) -> frozenset[str]:
        """The ids that can be chosen."""
        return frozenset(option.id for option in self.options)

    def column(self, id_: str) -> "Part":
        """The column of that id; KeyError when there is none."""
        return _of_id(self.columns, id_)

    def option(self, id_: str) -> Option:
        """The option of that id; KeyError when there is none."""
        return _of_id(self.options, id_)


@dataclass(frozen=True)
class Consequence:
    """What follows from an answer: an early stop, or something the caseworker must do."""

    when: Condition
    does: Stop | Flag
    say: LocalText

    @property
    def stops(self) -> bool:
        """Whether nothing after this question is asked."""
        return isinstance(self.does, Stop)


@dataclass(frozen=True)
class Question:
    """One question with its parts; it can always be answered with “prefer not to say” or “don't know”."""

    id: str
    section: str
    seals: Sealed
    ask: LocalText
    parts: tuple[Part, ...]
    """None for a text that is only shown."""
    hint: LocalText | None = None
    show_if: Condition | None = None
    may_skip: bool = False
    """May stay without any reply."""
    needed_if: Condition | None = None
    """A reply is needed after all when this holds."""
    then: tuple[Consequence, ...] = ()

    def part(self, id_: str) -> Part:
        """The part of that id; KeyError when there is none."""
        return _of_id(self.parts, id_)


@dataclass(frozen=True)
class Section:
    """A titled run of questions."""

    id: str
    title: LocalText
    questions: tuple[Question, ...]
    intro: LocalText | None = None
    warning: LocalText | None = None
    """Read out before the section begins; the section waits for the person's reply to it."""
    lawyer_offer: LocalText | None = None
    show_if: Condition | None = None


@dataclass(frozen=True)
class NeverAsked:
    """Something that must not be asked or written down, and why."""

    id: str
    what: LocalText
    why: LocalText


@dataclass(frozen=True)
class Ruled:
    """What rules make of a questionnaire with its answers so far."""

    asked: Mapping[str, Question]
    """The questions that are asked, by id, as they read now: their words filled in, their options narrowed."""
    needed: frozenset[str]
    """Which of them wait for a reply."""
    problems: tuple[Problem, ...]
    """Which answers a rule speaks against."""


class Rules(Protocol):
    """Decides what is asked where conditions as data do not suffice: in forms whose rules are expressions."""

    def ruled(self, answers: Answers, *, now: datetime.datetime | None) -> Ruled:
        """What is asked, needed and wrong. `now` is aware; without it the day counts as not known."""


@dataclass(frozen=True)
class Questionnaire:
    """A checked questionnaire pack. `stamp` goes with every set of answers given to it."""

    stamp: PackStamp
    title: LocalText
    audience: Audience
    reviewed_by: str
    """Who signed the pack off; empty while it is only proposed."""
    practice: tuple[LocalText, ...]
    never_asked: tuple[NeverAsked, ...]
    sources: tuple[Source, ...]
    sections: tuple[Section, ...]
    rules: Rules | None = field(default=None, compare=False, repr=False)
    """Where there are rules, they decide alone, and no question has conditions of its own."""
    _by_id: Mapping[str, Question] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", MappingProxyType({each.id: each for each in self.questions()}))

    def questions(self) -> Iterator[Question]:
        """Every question in its order, visible or not."""
        for section in self.sections:
            yield from section.questions

    def question(self, id_: str) -> Question:
        """The question of that id; KeyError when there is none."""
        return self._by_id[id_]

    def has(self, id_: str) -> bool:
        """Whether there is a question of that id."""
        return id_ in self._by_id


def _of_id(items: Iterable[_T], id_: str) -> _T:
    for item in items:
        if item.id == id_:
            return item
    raise KeyError(id_)
