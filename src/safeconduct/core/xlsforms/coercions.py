"""From one kind of value to another, as XPath 1.0 (section 4) has it with the dates of ODK's extension.

A day is a number where a number is wanted: days since 1970-01-01, with a fraction for the time of day (UTC). A blank
answer is the empty text: not a number, false, and equal to ''.
"""

import datetime
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Scalar: TypeAlias = bool | float | str | datetime.date | datetime.datetime
"""A datetime is aware; whatever else is told apart by its type."""


@dataclass(frozen=True)
class Nodes:
    """The answers that a reference leads to: none, one, or one for each row of a repeat."""

    values: tuple[Scalar, ...]


Value: TypeAlias = Scalar | Nodes

NOT_A_NUMBER: Final = math.nan
_EPOCH: Final = datetime.date(1970, 1, 1)
_EPOCH_MOMENT: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_NUMBER = re.compile(r"\s*-?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})\s*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?")


def scalar(value: Value) -> Scalar:
    """The first of the answers; the empty text for none."""
    if isinstance(value, Nodes):
        return value.values[0] if value.values else ""
    return value


def text_of(value: Value) -> str:
    """The value as text: numbers without a needless fraction, truth as `true` and `false`, days in ISO."""
    single = scalar(value)
    if isinstance(single, bool):
        return "true" if single else "false"
    if isinstance(single, float | int):
        return _number_text(float(single))
    if isinstance(single, datetime.datetime):
        return single.isoformat(timespec="milliseconds")
    return single.isoformat() if isinstance(single, datetime.date) else single


def number_of(value: Value) -> float:
    """The value as a number; NaN for what is none."""
    single = scalar(value)
    if isinstance(single, bool | float | int):
        return float(single)
    if isinstance(single, str):
        if _NUMBER.fullmatch(single):
            return float(single)
        found = moment_of(single) if single else None
        if found is None:
            return NOT_A_NUMBER
        single = found
    if isinstance(single, datetime.datetime):
        return (single - _EPOCH_MOMENT).total_seconds() / 86_400
    return float((single - _EPOCH).days)


def truth_of(value: Value) -> bool:
    """The value as true or false: numbers but 0 and NaN, and texts but the empty one, are true.

    The answer that a reference leads to counts by its value and not by its being there (as in ODK Collect; plain
    XPath would call every question that exists true).
    """
    single = scalar(value)
    if isinstance(single, bool):
        return single
    if isinstance(single, float | int):
        return single != 0 and not math.isnan(single)
    return single != "" if isinstance(single, str) else True


def moment_of(value: Value) -> datetime.date | None:
    """The day or the moment that the value tells, from ISO text or from a number of days; None for anything else."""
    single = scalar(value)
    if isinstance(single, bool):
        return None
    try:
        if isinstance(single, float | int):
            return _EPOCH + datetime.timedelta(days=math.floor(single))
        if isinstance(single, str):
            return _read_moment(single.strip())
    except (ValueError, OverflowError):
        return None
    return single


def equal(left: Value, right: Value) -> bool:
    """XPath's `=`: any answer of the one equals any of the other."""
    return any(_same(one, other) for one in _each(left) for other in _each(right))


def differ(left: Value, right: Value) -> bool:
    """XPath's `!=`: any answer of the one differs from any of the other."""
    return any(not _same(one, other) for one in _each(left) for other in _each(right))


def ordered(left: Value, right: Value, signs: str) -> bool:
    """`<`, `<=`, `>`, `>=` of numbers; false as soon as one side is not a number."""
    return any(_compares(number_of(one), number_of(other), signs) for one in _each(left) for other in _each(right))


def _compares(left: float, right: float, signs: str) -> bool:
    if math.isnan(left) or math.isnan(right):
        return False
    match signs:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case _:
            return left >= right


def _each(value: Value) -> Sequence[Scalar]:
    # A question that has no answer is compared as a blank one, not left out as plain XPath would.
    if isinstance(value, Nodes):
        return value.values or ("",)
    return (value,)


def _same(left: Scalar, right: Scalar) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return _same_truth(left, right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if (isinstance(left, datetime.date) and right == "") or (isinstance(right, datetime.date) and left == ""):
        return False
    return number_of(left) == number_of(right)


def _same_truth(left: Scalar, right: Scalar) -> bool:
    # A calculated truth is compared with the words that it is stored as; otherwise 'false' would count as true.
    for one, other in ((left, right), (right, left)):
        if isinstance(one, bool) and isinstance(other, str) and other in ("true", "false"):
            return text_of(one) == other
    return truth_of(left) == truth_of(right)


def _number_text(number: float) -> str:
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number) and abs(number) < 1e17:
        return str(int(number))
    text = repr(number)
    return f"{number:.20f}".rstrip("0") if "e-" in text else f"{number:.0f}" if "e" in text else text


def _read_moment(text: str) -> datetime.date | None:
    if _DAY.fullmatch(text):
        return datetime.date.fromisoformat(text)
    if _MOMENT.fullmatch(text):
        moment = datetime.datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
    return None
