"""One answer at a time: what fits a kind of question, and its typed value."""

import datetime
import enum
import re
from collections.abc import Mapping, Sequence

from safeconduct.core.xlsforms.coercions import Scalar, moment_of, text_of
from safeconduct.core.xlsforms.form import Kind, Question

LONGEST_ANSWER = 20_000

_INTEGER = re.compile(r"-?[0-9]{1,15}")
_DECIMAL = re.compile(r"-?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?")
_POINT = re.compile(r"\s*(-?[0-9]{1,3}(?:\.[0-9]{0,12})?)[ ,]+(-?[0-9]{1,3}(?:\.[0-9]{0,12})?)((?:[ ,]+-?[0-9.]{1,12}){0,2})\s*")


class Misfit(enum.Enum):
    """Why an answer cannot stand."""

    REQUIRED = "required"
    CONSTRAINT = "constraint"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_WHOLE_NUMBER = "not_a_whole_number"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    NOT_A_PLACE = "not_a_place"
    NOT_A_CHOICE = "not_a_choice"
    REPEATED = "repeated"
    NOT_ALL_RANKED = "not_all_ranked"
    TOO_LONG = "too_long"
    TOO_MANY_ROWS = "too_many_rows"
    ROWS_MISSING = "rows_missing"


def typed(kind: Kind, text: str) -> Scalar:
    """The value of an answer in expressions: numbers and days as such, everything else as its text."""
    if kind in (Kind.INTEGER, Kind.DECIMAL, Kind.RANGE) and _DECIMAL.fullmatch(text):
        return float(text)
    if kind in (Kind.DATE, Kind.TODAY):
        found = moment_of(text)
        return found.date() if isinstance(found, datetime.datetime) else found or text
    if kind in (Kind.DATE_TIME, Kind.START, Kind.END):
        return moment_of(text) or text
    return text


def misfit(question: Question, text: str, offered: Sequence[str]) -> Misfit | None:
    """Why the text is no answer to the question; None when it is. `offered` are the names of its choices now."""
    if len(text) > LONGEST_ANSWER:
        return Misfit.TOO_LONG
    if question.kind.chooses:
        return _choosing(question.kind, text, offered)
    match question.kind:
        case Kind.INTEGER:
            return None if _INTEGER.fullmatch(text) else Misfit.NOT_A_WHOLE_NUMBER
        case Kind.DECIMAL:
            return None if _DECIMAL.fullmatch(text) else Misfit.NOT_A_NUMBER
        case Kind.RANGE:
            return _in_range(question.parameters, text)
        case Kind.DATE:
            return None if isinstance(typed(Kind.DATE, text), datetime.date) else Misfit.NOT_A_DATE
        case Kind.DATE_TIME:
            return None if isinstance(typed(Kind.DATE_TIME, text), datetime.date) else Misfit.NOT_A_DATE
        case Kind.TIME:
            return None if _TIME.fullmatch(text) else Misfit.NOT_A_TIME
        case Kind.GEOPOINT | Kind.GEOTRACE | Kind.GEOSHAPE:
            return _places(question.kind, text)
        case _:
            return None


def _choosing(kind: Kind, text: str, offered: Sequence[str]) -> Misfit | None:
    chosen = [text] if kind is Kind.SELECT_ONE else text.split()
    if not set(chosen) <= set(offered):
        return Misfit.NOT_A_CHOICE
    if len(set(chosen)) != len(chosen):
        return Misfit.REPEATED
    return Misfit.NOT_ALL_RANKED if kind is Kind.RANK and len(chosen) != len(set(offered)) else None


def _in_range(parameters: Mapping[str, str], text: str) -> Misfit | None:
    if not _DECIMAL.fullmatch(text):
        return Misfit.NOT_A_NUMBER
    first, last = (float(parameters.get(key, otherwise)) for key, otherwise in (("start", "0"), ("end", "10")))
    least, most = min(first, last), max(first, last)
    step = abs(float(parameters.get("step", "1"))) or 1.0
    steps = (float(text) - least) / step
    if not least <= float(text) <= most or abs(steps - round(steps)) > 1e-9:
        return Misfit.OUT_OF_RANGE
    return None


def _places(kind: Kind, text: str) -> Misfit | None:
    points = [_POINT.fullmatch(each) for each in text.rstrip("; ").split(";")]
    least = {Kind.GEOPOINT: 1, Kind.GEOTRACE: 2, Kind.GEOSHAPE: 3}[kind]
    if len(points) < least or (kind is Kind.GEOPOINT and len(points) > 1):
        return Misfit.NOT_A_PLACE
    for point in points:
        if point is None or abs(float(point[1])) > 90 or abs(float(point[2])) > 180:
            return Misfit.NOT_A_PLACE
    return None


def stored(value: Scalar) -> str:
    """The text under which a computed value is kept; nothing for what is not a number."""
    text = text_of(value)
    return "" if text in ("NaN", "Infinity", "-Infinity") and not isinstance(value, str) else text
