"""One field at a time: from the plain JSON shape to a typed value, and back.

text, long_text, choice, country: text · yes_no: true or false · count: a number · number: its digits · date: `{"on": "2022-09",
"about": true}` · date_range: `{"from": date, "to": date}` · place: `{"country", "region", "town"}` · multi,
countries, file: a list of ids · timeline: a list of rows `{column: value}`.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from safeconduct.core.canonical import Value
from safeconduct.core.questionnaires.dates import DateRange, DateUnreadable, PartialDate
from safeconduct.core.questionnaires.model import Closeness, Part, PartType
from safeconduct.core.questionnaires.problems import ProblemCode
from safeconduct.core.questionnaires.values import CellValue, PartValue, Place

LONGEST_TEXT: Final = 500
LONGEST_LONG_TEXT: Final = 20_000
LARGEST_COUNT: Final = 1_000_000
MOST_FILES: Final = 50
MOST_ROWS: Final = 100

_COUNTRY = re.compile(r"[A-Z]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_FILE = re.compile(r"[A-Za-z0-9_-]{1,64}")


class CellRefused(Exception):
    """Why one field was not taken; caught where the problems of an answer are gathered."""

    def __init__(self, code: ProblemCode, **parameters: int | str) -> None:
        super().__init__(code.value)
        self.code = code
        self.parameters = parameters


def is_blank(value: Value) -> bool:
    """Whether nothing was put into the field; `false` and 0 are something."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        return all(is_blank(each) or each is False for each in value.values())
    if isinstance(value, list | tuple):
        return not value
    return value is None


def read_cell(part: Part, value: Value) -> CellValue:
    """The typed value of a field that is neither blank nor a timeline; CellRefused says why not."""
    return _READERS[part.type](part, value)


def cell_value(typed: PartValue) -> Value:
    """The plain JSON shape of a typed value; what `read_cell` reads back to the same."""
    if isinstance(typed, PartialDate):
        return {"on": typed.text(), "about": typed.about}
    if isinstance(typed, DateRange):
        return {name: None if end is None else cell_value(end) for name, end in _ends(typed)}
    if isinstance(typed, Place):
        return {"country": typed.country, "region": typed.region, "town": typed.town}
    if isinstance(typed, tuple):
        return [each if isinstance(each, str) else _row_value(each) for each in typed]
    return typed


def _row_value(row: Mapping[str, CellValue]) -> Value:
    return {column: cell_value(each) for column, each in row.items()}


def _ends(dates: DateRange) -> tuple[tuple[str, PartialDate | None], ...]:
    return (("from", dates.start), ("to", dates.end))


def _text(part: Part, value: Value) -> str:
    if not isinstance(value, str):
        raise CellRefused(ProblemCode.WRONG_SHAPE)
    limit = LONGEST_LONG_TEXT if part.type is PartType.LONG_TEXT else LONGEST_TEXT
    return clean_text(value, limit=limit, lines=part.type is PartType.LONG_TEXT)


def clean_text(value: str, *, limit: int, lines: bool) -> str:
    """The text in NFC, with plain line ends, without outer space; CellRefused for control characters."""
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    allowed = "\n\t" if lines else ""
    # Most texts hold nothing but printable characters and line ends; only the others are looked at one by one.
    one_line = text.replace("\n", "") if lines else text
    if not one_line.isprintable() and any(
        unicodedata.category(each) in ("Cc", "Cs", "Co", "Cn") and each not in allowed for each in text
    ):
        raise CellRefused(ProblemCode.UNPRINTABLE)
    if len(text) > limit:
        raise CellRefused(ProblemCode.TOO_LONG, limit=limit)
    return text


def _yes_no(part: Part, value: Value) -> bool:
    if not isinstance(value, bool):
        raise CellRefused(ProblemCode.WRONG_SHAPE)
    return value


def _count(part: Part, value: Value) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_COUNT:
        raise CellRefused(ProblemCode.NOT_A_NUMBER)
    return value


def _number(part: Part, value: Value) -> str:
    text = value.strip().replace(",", ".") if isinstance(value, str) else ""
    if not _NUMBER.fullmatch(text):
        raise CellRefused(ProblemCode.NOT_A_NUMBER)
    return text


def _choice(part: Part, value: Value) -> str:
    if not isinstance(value, str) or value not in part.option_ids:
        raise CellRefused(ProblemCode.NOT_AN_OPTION)
    return value


def _multi(part: Part, value: Value) -> tuple[str, ...]:
    chosen = _texts(value, most=len(part.options))
    if not part.option_ids.issuperset(chosen):
        raise CellRefused(ProblemCode.NOT_AN_OPTION)
    if len(chosen) > 1 and any(part.option(each).exclusive for each in chosen):
        raise CellRefused(ProblemCode.EXCLUSIVE_WITH_OTHERS)
    return tuple(option.id for option in part.options if option.id in chosen)


def _country(part: Part, value: Value) -> str:
    if not isinstance(value, str) or not _COUNTRY.fullmatch(value):
        raise CellRefused(ProblemCode.NOT_A_COUNTRY)
    return value


def _countries(part: Part, value: Value) -> tuple[str, ...]:
    return tuple(_country(part, each) for each in _texts(value, most=MOST_FILES))


def _files(part: Part, value: Value) -> tuple[str, ...]:
    chosen = _texts(value, most=MOST_FILES)
    if not all(_FILE.fullmatch(each) for each in chosen):
        raise CellRefused(ProblemCode.WRONG_SHAPE)
    return chosen


def _date(part: Part, value: Value) -> PartialDate:
    match value:
        case {"on": str(on), **more} if set(more) <= {"about"} and isinstance(more.get("about", False), bool):
            try:
                return PartialDate.parse(on.strip(), about=more.get("about") is True)
            except DateUnreadable:
                raise CellRefused(ProblemCode.NO_SUCH_DATE) from None
    raise CellRefused(ProblemCode.WRONG_SHAPE)


def _date_range(part: Part, value: Value) -> DateRange:
    if not isinstance(value, Mapping) or not set(value) <= {"from", "to"}:
        raise CellRefused(ProblemCode.WRONG_SHAPE)
    start, end = (None if is_blank(value.get(name)) else _date(part, value.get(name)) for name in ("from", "to"))
    dates = DateRange(start, end)
    if dates.ends_before_it_begins():
        raise CellRefused(ProblemCode.ENDS_BEFORE_IT_BEGINS)
    return dates


def _place(part: Part, value: Value) -> Place:
    if not isinstance(value, Mapping) or not set(value) <= {"country", "region", "town"}:
        raise CellRefused(ProblemCode.WRONG_SHAPE)
    more = {name: value.get(name) or "" for name in ("region", "town")}
    texts = {name: clean_text(each, limit=LONGEST_TEXT, lines=False) for name, each in more.items() if isinstance(each, str)}
    if len(texts) != len(more):
        raise CellRefused(ProblemCode.WRONG_SHAPE)
    place = Place(_country(part, value.get("country")), **texts)
    _require_coarse(place, part)
    return place


def _require_coarse(place: Place, part: Part) -> None:
    told_too_much = {
        Closeness.COUNTRY: bool(place.region or place.town),
        Closeness.REGION: bool(place.town),
        Closeness.TOWN: False,
        None: False,
    }
    if told_too_much[part.as_far_as]:
        raise CellRefused(ProblemCode.TOO_CLOSE, as_far_as=part.as_far_as.value if part.as_far_as else "")


def _texts(value: Value, *, most: int) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise CellRefused(ProblemCode.WRONG_SHAPE)
    chosen = tuple(str(each) for each in value)
    if len(chosen) > most:
        raise CellRefused(ProblemCode.TOO_MANY, limit=most)
    if len(set(chosen)) != len(chosen):
        raise CellRefused(ProblemCode.REPEATED)
    return chosen


_READERS: Mapping[PartType, Callable[[Part, Value], CellValue]] = {
    PartType.TEXT: _text,
    PartType.LONG_TEXT: _text,
    PartType.DATE: _date,
    PartType.DATE_RANGE: _date_range,
    PartType.PLACE: _place,
    PartType.CHOICE: _choice,
    PartType.MULTI: _multi,
    PartType.YES_NO: _yes_no,
    PartType.COUNT: _count,
    PartType.NUMBER: _number,
    PartType.COUNTRY: _country,
    PartType.COUNTRIES: _countries,
    PartType.FILE: _files,
}
