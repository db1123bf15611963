"""What a form is: rows of questions in groups and repeats, lists of choices, texts in the form's own languages."""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from safeconduct.core.xlsforms.expressions import Expression

Texts: TypeAlias = Mapping[str, str]
"""One text by language, named as the form names it; the empty name where the column has no language."""


class Kind(enum.Enum):
    """What a question is answered with. The values are the words of the type column."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RANGE = "range"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "dateTime"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANK = "rank"
    ACKNOWLEDGE = "acknowledge"
    GEOPOINT = "geopoint"
    GEOTRACE = "geotrace"
    GEOSHAPE = "geoshape"
    BARCODE = "barcode"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"
    NOTE = "note"
    """Only shown."""
    CALCULATE = "calculate"
    """Never shown, always computed."""
    HIDDEN = "hidden"
    """Never shown; holds its default."""
    START = "start"
    END = "end"
    TODAY = "today"
    WITHHELD = "deviceid"
    """What would be read from the person's device or account without asking: kept blank, on purpose."""

    @property
    def chooses(self) -> bool:
        """Whether it is answered from a list."""
        return self in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK)

    @property
    def takes_file(self) -> bool:
        """Whether it is answered with a file."""
        return self in (Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.FILE)

    @property
    def is_asked(self) -> bool:
        """Whether a person answers it."""
        return self not in _SILENT and self is not Kind.NOTE

    @property
    def is_shown(self) -> bool:
        """Whether it stands on the page at all."""
        return self not in _SILENT


_SILENT = frozenset({Kind.CALCULATE, Kind.HIDDEN, Kind.START, Kind.END, Kind.TODAY, Kind.WITHHELD})


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen, with the further columns of its row, by which choices are filtered."""

    name: str
    label: Texts
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One row that holds an answer."""

    name: str
    kind: Kind
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    choices: str = ""
    """The list's name, where it is answered from a list."""
    relevant: Expression | None = None
    required: Expression | None = None
    required_message: Texts = field(default_factory=dict)
    constraint: Expression | None = None
    constraint_message: Texts = field(default_factory=dict)
    calculation: Expression | None = None
    default: str = ""
    first_value: Expression | None = None
    """A default that is an expression: evaluated while there is no answer."""
    read_only: Expression | None = None
    choice_filter: Expression | None = None
    trigger: str = ""
    """The question without whose answer nothing is calculated."""
    appearance: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    seals: str = ""
    """The sealed section of a case that keeps the answer, from a column `seals` of our own; empty for the usual one."""


@dataclass(frozen=True)
class Group:
    """Rows that stand together; in a repeat, as often as there is something to tell."""

    name: str
    items: tuple["Item", ...]
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    relevant: Expression | None = None
    appearance: str = ""
    repeats: bool = False
    count: Expression | None = None
    """How many rows a repeat has, where the form says so."""


Item: TypeAlias = Question | Group


@dataclass(frozen=True)
class Form:
    """A form that has been read, checked and can be run."""

    title: Texts
    form_id: str
    version: str
    """As the form names its own version; any text."""
    default_language: str
    languages: tuple[str, ...]
    """As the form names them, in the order of its columns; without the one that has no name."""
    items: tuple[Item, ...]
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)

    def questions(self) -> Iterator[Question]:
        """Every question in its order, silent ones among them."""
        for item in _all_items(self.items):
            if isinstance(item, Question):
                yield item


def language_code(name: str) -> str:
    """The code of a language as forms name it: `fr` for “French (fr)”, “fr”, “Français (FR)” and “french”."""
    inner = name.rpartition("(")[2].rstrip(") ") if "(" in name else name
    code = inner.strip().casefold().replace("_", "-").partition("-")[0]
    return _NAMED.get(name.strip().casefold(), _NAMED.get(code, code))


def in_language(texts: Texts, language: str, default: str) -> str:
    """The text in a language by its code; else in the form's own default; else in whichever there is."""
    if not texts:
        return ""
    for wanted in (language, language_code(default)):
        for name, text in texts.items():
            if name and language_code(name) == wanted:
                return text
    return texts.get("") or next(iter(texts.values()))


_NAMED = {
    "english": "en", "french": "fr", "français": "fr", "francais": "fr", "russian": "ru", "русский": "ru",
    "ukrainian": "uk", "українська": "uk", "spanish": "es", "español": "es", "espanol": "es", "arabic": "ar",
    "german": "de", "deutsch": "de", "polish": "pl", "polski": "pl", "portuguese": "pt", "turkish": "tr",
    "armenian": "hy", "georgian": "ka", "kazakh": "kk", "farsi": "fa", "persian": "fa", "dari": "prs",
    "eng": "en", "fra": "fr", "fre": "fr", "rus": "ru",
}  # fmt: skip


def _all_items(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        if isinstance(item, Group):
            yield from _all_items(item.items)
