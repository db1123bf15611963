"""Dates as people type them, “about March 2022” or “с мая по август 2023”, turned into EDTF; EDTF itself is taken as it is.

What is not understood is refused, never guessed; day and month are never swapped: 05.03.2022 is the fifth of March.
"""

import re

from safeconduct.core.edtf import DateUnreadable, read_interval
from safeconduct.core.errors import UnreadableInput

_STEMS = (
    ("jan", "янв"),
    ("feb", "fév", "fev", "фев"),
    ("mar", "мар"),
    ("apr", "avr", "апр"),
    ("may", "mai", "мая", "май", "мае"),
    ("jun", "juin", "июн"),
    ("jul", "juil", "июл"),
    ("aug", "aoû", "aou", "авг"),
    ("sep", "сен"),
    ("oct", "окт"),
    ("nov", "ноя"),
    ("dec", "déc", "дек"),
)
_SEASONS = (
    ("spring", "printemps", "весн"),
    ("summer", "été", "ete", "лет"),
    ("autumn", "fall", "automne", "осен"),
    ("winter", "hiver", "зим"),
)
_ABOUT = r"(?:about|around|circa|c\.|approximately|vers|environ|около|примерно|приблизительно)"
_PERHAPS = r"(?:perhaps|maybe|possibly|peut-être|peut-etre|possiblement|возможно|может быть|вроде)"
_RANGE = (
    re.compile(r"^(?:from|du|de|с|со)\s+(?P<a>.+?)\s+(?:to|until|till|au|à|по|до)\s+(?P<b>.+)$"),
    re.compile(r"^(?P<a>.+?)\s+(?:–|—|-|to|à)\s+(?P<b>.+)$"),
)
_BETWEEN = re.compile(r"^(?:between|entre|между)\s+(?P<a>.+?)\s+(?:and|et|и)\s+(?P<b>.+)$")
_SINCE = re.compile(r"^(?:since|from|after|depuis|à partir de|après|с|со|после)\s+(?P<a>.+)$")
_UNTIL = re.compile(r"^(?:until|till|before|by|jusqu['’]?(?:à|en|au)?|avant|до|по)\s+(?P<a>.+)$")
_FILLERS = re.compile(r"^(?:the|in|on|at|le|la|l['’]|en|au|в|во|к)\s+")
_NUMERIC = re.compile(r"^(?:(?P<d>\d{1,2})[./])?(?P<m>\d{1,2})[./](?P<y>[12]\d{3})$")
_NAMED = re.compile(
    r"^(?:(?P<d>\d{1,2})(?:st|nd|rd|th|er|-?го|-?е)?\s+)?(?P<word>[^\W\d_]+)\.?,?\s+(?P<y>[12]\d{3})(?:\s*(?:г\.?|года|году))?$"
)
_YEAR = re.compile(r"^(?P<y>[12]\d{3})(?:\s*(?:г\.?|год|года|году))?$")


class TypedDateUnreadable(UnreadableInput):
    """No date that is understood; the text is not quoted."""


def edtf_of(text: str) -> str:
    """The EDTF of a date or a stretch of time as typed in English, French or Russian, or of EDTF itself.

    Raises TypedDateUnreadable where it is not understood, there is no such day, or it ends before it begins.
    """
    plain = " ".join(text.replace("\u00a0", " ").split())
    found = _as_it_is(plain) or _period(plain.casefold())
    if not _as_it_is(found):
        raise TypedDateUnreadable("no date that is understood")
    return found


def _as_it_is(text: str) -> str:
    try:
        read_interval(text)
    except DateUnreadable:
        return ""
    return text


def _period(text: str) -> str:
    if between := _BETWEEN.match(text):
        return "{" + f"{_moment(between['a'], between['b'])}..{_moment(between['b'])}" + "}"
    for pattern in _RANGE:
        if pair := pattern.match(text):
            return f"{_moment(pair['a'], pair['b'])}/{_moment(pair['b'])}"
    if since := _SINCE.match(text):
        return f"{_moment(since['a'])}/.."
    if until := _UNTIL.match(text):
        return f"../{_moment(until['a'])}"
    return _moment(text)


def _moment(text: str, beside: str = "") -> str:
    """One date; a year that is said only at the other end (“May to August 2023”) is taken from `beside`."""
    marks = ""
    left = text.strip()
    for _ in range(2):
        for words, mark in ((_ABOUT, "~"), (_PERHAPS, "?")):
            shorter = re.sub(rf"^{words}\s+", "", left)
            if shorter != left:
                left, marks = shorter, marks + mark
    left = _FILLERS.sub("", left)
    if beside and not re.search(r"[12]\d{3}", left) and (year := re.search(r"[12]\d{3}", beside)):
        left = f"{left} {year[0]}"
    if left[-1:] in "?~%" and left:
        left, marks = left[:-1], marks + left[-1]
    is_read = bool(_as_it_is(left)) and not set(left) & set("/{}?~%")
    return (left if is_read else _spelled(left)) + _mark(marks)


def _mark(marks: str) -> str:
    """One EDTF mark for all that was said of doubt: “about” and “perhaps” together are %."""
    said = set(marks.replace("%", "?~"))
    return "%" if len(said) == 2 else "".join(said)


def _spelled(text: str) -> str:
    if year := _YEAR.match(text):
        return year["y"]
    if numeric := _NUMERIC.match(text):
        return _joined(numeric["y"], int(numeric["m"]), numeric["d"])
    if (named := _NAMED.match(text)) and (number := _number(named["word"], _STEMS)):
        return _joined(named["y"], number, named["d"])
    if named and not named["d"] and (number := _number(named["word"], _SEASONS)):
        return f"{named['y']}-{20 + number}"
    raise TypedDateUnreadable("no date that is understood")


def _number(word: str, stems: tuple[tuple[str, ...], ...]) -> int:
    return next((number for number, each in enumerate(stems, start=1) if word.startswith(each)), 0)


def _joined(year: str, month: int, day: str | None) -> str:
    return f"{year}-{month:02d}" + (f"-{int(day):02d}" if day else "")
