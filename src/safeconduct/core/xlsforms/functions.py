"""The functions of expressions that need nothing but their arguments, and how many each takes.

Source: ODK XForms specification, “XPath Functions” (read 2026-11-22); XPath 1.0, section 4.
"""

import datetime
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from safeconduct.core.xlsforms.coercions import (
    NOT_A_NUMBER,
    Nodes,
    Scalar,
    Value,
    moment_of,
    number_of,
    scalar,
    text_of,
    truth_of,
)
from safeconduct.core.xlsforms.patterns import matches

LONGEST_RESULT: Final = 100_000
"""Characters: joining cannot make texts without end."""

MANY: Final = 1_000


@dataclass(frozen=True)
class Function:
    """What a function gives for its values, and how many it takes."""

    least: int
    most: int
    give: Callable[[Sequence[Value]], Value]


def _texts(give: Callable[..., Value]) -> Callable[[Sequence[Value]], Value]:
    return lambda values: give(*(text_of(each) for each in values))


def _numbers(give: Callable[..., float]) -> Callable[[Sequence[Value]], Value]:
    def giving(values: Sequence[Value]) -> Value:
        try:
            return float(give(*(number_of(each) for each in values)))
        except (ValueError, OverflowError, ZeroDivisionError):
            return NOT_A_NUMBER

    return giving


def _spread(values: Sequence[Value]) -> list[Scalar]:
    spread: list[Scalar] = []
    for value in values:
        spread.extend(value.values if isinstance(value, Nodes) else (value,))
    return spread


def _filled_numbers(values: Sequence[Value]) -> list[float]:
    """The numbers among the answers; blank ones are passed over (as in ODK Collect), others that are none give NaN."""
    return [number_of(each) for each in _spread(values) if each != ""]


def _sum(values: Sequence[Value]) -> Value:
    return math.fsum(_filled_numbers(values)) if not _has_nan(values) else NOT_A_NUMBER


def _has_nan(values: Sequence[Value]) -> bool:
    numbers = _filled_numbers(values)
    return any(math.isnan(each) or math.isinf(each) for each in numbers)


def _largest(values: Sequence[Value]) -> Value:
    return NOT_A_NUMBER if _has_nan(values) else max(_filled_numbers(values), default=NOT_A_NUMBER)


def _smallest(values: Sequence[Value]) -> Value:
    return NOT_A_NUMBER if _has_nan(values) else min(_filled_numbers(values), default=NOT_A_NUMBER)


def _joined(separator: str, texts: Sequence[str]) -> str:
    return separator.join(texts)[:LONGEST_RESULT]


def _join(values: Sequence[Value]) -> Value:
    return _joined(text_of(values[0]), [text_of(each) for each in _spread(values[1:])])


def _concat(values: Sequence[Value]) -> Value:
    return _joined("", [text_of(each) for each in _spread(values)])


def _part(text: str, start: float, end: float) -> str:
    """Between two places counted from 0; negative ones count from the end."""
    if math.isnan(start) or math.isnan(end):
        return ""
    first, last = (int(max(min(each, len(text)), -len(text))) for each in (start, end))
    return text[first + len(text) if first < 0 else first : last + len(text) if last < 0 else last]


def _substr(values: Sequence[Value]) -> Value:
    return _part(text_of(values[0]), number_of(values[1]), number_of(values[2]) if len(values) > 2 else math.inf)


def _substring(values: Sequence[Value]) -> Value:
    """XPath 1.0, 4.2: places counted from 1, rounded, with a length."""
    text, start = text_of(values[0]), _round_half_up(number_of(values[1]))
    end = start + _round_half_up(number_of(values[2])) if len(values) > 2 else math.inf
    return "".join(each for place, each in enumerate(text, 1) if place >= start and place < end)


def _round_half_up(number: float) -> float:
    return number if math.isnan(number) or math.isinf(number) else float(math.floor(number + 0.5))


def _round(values: Sequence[Value]) -> Value:
    number, places = number_of(values[0]), number_of(values[1]) if len(values) > 1 else 0.0
    if math.isnan(number) or math.isinf(number) or not abs(places) <= 30:
        return number
    if int(places) == 0:
        return _round_half_up(number)
    return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP))


def _whole(number: float) -> float:
    return number if math.isnan(number) or math.isinf(number) else float(math.trunc(number))


def _power(base: float, exponent: float) -> float:
    found = base**exponent
    return found if isinstance(found, float) else NOT_A_NUMBER


def _chosen(text: str) -> list[str]:
    return text.split()


def _selected_at(values: Sequence[Value]) -> Value:
    chosen, at = _chosen(text_of(values[0])), number_of(values[1])
    return chosen[int(at)] if not math.isnan(at) and 0 <= at < len(chosen) else ""


def _translate(text: str, of: str, to: str) -> str:
    table: dict[int, str | None] = {}
    for place, letter in enumerate(of):
        table.setdefault(ord(letter), to[place] if place < len(to) else None)
    return text.translate(table)


def _date(values: Sequence[Value]) -> Value:
    found = moment_of(values[0])
    return "" if found is None else found.date() if isinstance(found, datetime.datetime) else found


def _date_time(values: Sequence[Value]) -> Value:
    found = moment_of(values[0])
    if found is None:
        return ""
    if isinstance(found, datetime.datetime):
        return found
    return datetime.datetime(found.year, found.month, found.day, tzinfo=datetime.UTC)


def _days(values: Sequence[Value]) -> Value:
    return NOT_A_NUMBER if scalar(values[0]) == "" else number_of(values[0])


def _day_part(values: Sequence[Value]) -> Value:
    found = re.fullmatch(r"(?:.*T)?([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}(?:\.[0-9]*)?))?.*", text_of(values[0]))
    if found is None:
        return NOT_A_NUMBER
    return (int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3] or 0)) / 86_400


# English, so that what is calculated does not change with the language of the page on which it was calculated.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _format_date(values: Sequence[Value]) -> Value:
    found = moment_of(values[0])
    if found is None:
        return ""
    clock = found.time() if isinstance(found, datetime.datetime) else datetime.time()
    letters = {
        "Y": f"{found.year:04}",
        "y": f"{found.year % 100:02}",
        "m": f"{found.month:02}",
        "n": str(found.month),
        "b": _MONTHS[found.month - 1],
        "d": f"{found.day:02}",
        "e": str(found.day),
        "a": _WEEKDAYS[found.weekday()],
        "H": f"{clock.hour:02}",
        "h": str(clock.hour),
        "M": f"{clock.minute:02}",
        "S": f"{clock.second:02}",
        "3": f"{clock.microsecond // 1000:03}",
        "%": "%",
    }
    return re.sub(r"%(.)", lambda place: letters.get(place[1], place[0]), text_of(values[1]))[:LONGEST_RESULT]


def _between(count: float, least: float, most: float) -> bool:
    return (least < 0 or count >= least) and (most < 0 or count <= most)


def _checklist(values: Sequence[Value]) -> Value:
    true = sum(truth_of(each) for each in _spread(values[2:]))
    return _between(true, number_of(values[0]), number_of(values[1]))


def _weighted_checklist(values: Sequence[Value]) -> Value:
    rest = _spread(values[2:])
    weight = math.fsum(number_of(by) for one, by in zip(rest[::2], rest[1::2], strict=False) if truth_of(one))
    return _between(weight, number_of(values[0]), number_of(values[1]))


def _count(values: Sequence[Value]) -> Value:
    return float(len(_spread(values)))


def _count_filled(values: Sequence[Value]) -> Value:
    return float(sum(each != "" for each in _spread(values)))


FUNCTIONS: Final[Mapping[str, Function]] = {
    "not": Function(1, 1, lambda values: not truth_of(values[0])),
    "true": Function(0, 0, lambda values: True),
    "false": Function(0, 0, lambda values: False),
    "boolean": Function(1, 1, lambda values: truth_of(values[0])),
    "boolean-from-string": Function(1, 1, lambda values: text_of(values[0]).lower() in ("true", "1")),
    "checklist": Function(3, MANY, _checklist),
    "weighted-checklist": Function(4, MANY, _weighted_checklist),
    "string": Function(1, 1, lambda values: text_of(values[0])),
    "concat": Function(1, MANY, _concat),
    "join": Function(2, MANY, _join),
    "string-length": Function(1, 1, lambda values: float(len(text_of(values[0])))),
    "normalize-space": Function(1, 1, lambda values: " ".join(text_of(values[0]).split())),
    "substr": Function(2, 3, _substr),
    "substring": Function(2, 3, _substring),
    "substring-before": Function(2, 2, _texts(lambda text, mark: text.partition(mark)[0] if mark and mark in text else "")),
    "substring-after": Function(2, 2, _texts(lambda text, mark: text.partition(mark)[2] if mark else text)),
    "contains": Function(2, 2, _texts(lambda text, part: part in text)),
    "starts-with": Function(2, 2, _texts(lambda text, part: text.startswith(part))),
    "ends-with": Function(2, 2, _texts(lambda text, part: text.endswith(part))),
    "translate": Function(3, 3, _texts(_translate)),
    "upper-case": Function(1, 1, _texts(lambda text: text.upper())),
    "lower-case": Function(1, 1, _texts(lambda text: text.lower())),
    "regex": Function(2, 2, _texts(matches)),
    "selected": Function(2, 2, _texts(lambda text, one: one.strip() in _chosen(text) if one.strip() else not text.strip())),
    "selected-at": Function(2, 2, _selected_at),
    "count-selected": Function(1, 1, lambda values: float(len(_chosen(text_of(values[0]))))),
    "number": Function(1, 1, lambda values: number_of(values[0])),
    "int": Function(1, 1, _numbers(_whole)),
    "round": Function(1, 2, _round),
    "floor": Function(1, 1, _numbers(math.floor)),
    "ceiling": Function(1, 1, _numbers(math.ceil)),
    "abs": Function(1, 1, _numbers(abs)),
    "pow": Function(2, 2, _numbers(_power)),
    "sqrt": Function(1, 1, _numbers(math.sqrt)),
    "exp": Function(1, 1, _numbers(math.exp)),
    "exp10": Function(1, 1, _numbers(lambda number: _power(10.0, number))),
    "log": Function(1, 1, _numbers(math.log)),
    "log10": Function(1, 1, _numbers(math.log10)),
    "pi": Function(0, 0, lambda values: math.pi),
    "sin": Function(1, 1, _numbers(math.sin)),
    "cos": Function(1, 1, _numbers(math.cos)),
    "tan": Function(1, 1, _numbers(math.tan)),
    "asin": Function(1, 1, _numbers(math.asin)),
    "acos": Function(1, 1, _numbers(math.acos)),
    "atan": Function(1, 1, _numbers(math.atan)),
    "atan2": Function(2, 2, _numbers(math.atan2)),
    "sum": Function(1, MANY, _sum),
    "max": Function(1, MANY, _largest),
    "min": Function(1, MANY, _smallest),
    "count": Function(1, 1, _count),
    "count-non-empty": Function(1, 1, _count_filled),
    "date": Function(1, 1, _date),
    "date-time": Function(1, 1, _date_time),
    "decimal-date-time": Function(1, 1, _days),
    "decimal-time": Function(1, 1, _day_part),
    "format-date": Function(2, 2, _format_date),
    "format-date-time": Function(2, 2, _format_date),
}
