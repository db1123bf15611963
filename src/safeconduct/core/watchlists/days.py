"""Days as lists write them, made into ISO dates as exact as they are."""

import re
from datetime import date

from safeconduct.core.watchlists.listed import Birth
from safeconduct.core.watchlists.source import Source

OLDEST_YEAR = 1800
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")
_SLASHED = re.compile(r"(?:(\d{1,2}|dd|DD)/)?(?:(\d{1,2}|mm|MM)/)?(\d{4})")
_WORDED = re.compile(r"(?:(\d{1,2}) )?(?:([A-Za-z]{3})[a-z]* )?(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ABOUT = re.compile(r"(?:circa|approximately|approx\.?|about|c\.|ca\.) *", re.IGNORECASE)


def iso(year: str | int, month: str | int | None = None, day: str | int | None = None) -> str:
    """YYYY, YYYY-MM or YYYY-MM-DD of numbers, zeros and empty ones left out; empty where there is no such day."""
    try:
        y, m, d = int(year), int(month or 0), int(day or 0)
        date(y, m or 1, d or 1 if m else 1)
    except (ValueError, OverflowError):
        return ""
    if y < OLDEST_YEAR:
        return ""
    return f"{y:04}" + (f"-{m:02}" if m else "") + (f"-{d:02}" if m and d else "")


def from_iso(text: str) -> str:
    """An ISO date, whole or partial, checked; empty where it is none."""
    found = _ISO.fullmatch(text)
    return iso(*found.groups()) if found else ""


def from_slashed(text: str) -> str:
    """A day written DD/MM/YYYY, unknown parts as zeros or letters or left out; empty where it is none."""
    found = _SLASHED.fullmatch(text)
    if not found:
        return ""
    day, month, year = (part if part and part.isdigit() else "" for part in found.groups())
    # MM/YYYY matches as a day without a month.
    return iso(year, day, "") if day and not found[2] else iso(year, month, day)


def from_words(text: str) -> str:
    """A day written 07 Oct 1954, Oct 1954 or 1954; empty where it is none."""
    found = _WORDED.fullmatch(text)
    if not found:
        return ""
    day, month, year = found.groups()
    if month is None:
        return iso(year) if day is None else ""
    return iso(year, _MONTHS.index(month.lower()) + 1, day) if month.lower() in _MONTHS else ""


def span_of_words(text: str) -> Birth | None:
    """What OFAC writes: `circa 1960`, `1961 to 1963`, `Dec 1960 to Jan 1961`, `circa 1979-1982`; None where it is none."""
    bare, about = _ABOUT.subn("", text.strip())
    parts = [part.strip() for part in re.split(r" to |-| - ", bare)]
    days = [from_words(part) for part in parts]
    if not all(days) or len(days) > 2 or (len(days) == 2 and days[0] > days[1]):
        return None
    return Birth(days[0], days[1] if len(days) == 2 else "", circa=about > 0)


def whole_day(text: str) -> date | None:
    """The day of a text in any of these ways, where it is whole; None else."""
    for reading in (from_iso, from_slashed, from_words):
        found = reading(text.strip().replace("-", " ") if reading is from_words else text.strip())
        if len(found) == 10:
            return date.fromisoformat(found)
    return None


def kept(source: Source, line: int, field: str, birth: Birth | None) -> tuple[Birth, ...]:
    """The birth in a tuple, or nothing and a word about it: no such day, or one that has not come."""
    if birth is None or not (birth.first or birth.last):
        source.note(line, field, "no day of birth can be read here")
        return ()
    if (birth.first or birth.last)[:10] > source.today.isoformat():
        source.note(line, field, "the day of birth has not come yet")
        return ()
    return (birth,)
