"""Days, months and working days, without a clock and without a time zone."""

import datetime
from functools import lru_cache

import holidays

from safeconduct.core.procedures.rulebook import Unit

DAY = datetime.timedelta(days=1)
_SATURDAY = 5
_MONTHS_A_YEAR = 12


@lru_cache(maxsize=64)
def days_off(country: str, year: int) -> frozenset[datetime.date]:
    """Public holidays of a country in a year (the package `holidays`); nation-wide ones only. Empty for unknown countries."""
    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()


def is_working(day: datetime.date, country: str) -> bool:
    """Whether offices are open: neither Saturday, Sunday nor a public holiday."""
    return day.weekday() < _SATURDAY and day not in days_off(country, day.year)


def next_working(day: datetime.date, country: str) -> datetime.date:
    """The day itself, or the first working day after it."""
    while not is_working(day, country):
        day += DAY
    return day


def last_working(day: datetime.date, country: str) -> datetime.date:
    """The day itself, or the last working day before it."""
    while not is_working(day, country):
        day -= DAY
    return day


def after(day: datetime.date, value: int, unit: Unit, country: str) -> datetime.date:
    """So much after a day: months and years from date to date, and to the last day of a shorter month."""
    if unit is Unit.MONTHS:
        return _months_after(day, value)
    if unit is Unit.YEARS:
        return _months_after(day, value * _MONTHS_A_YEAR)
    if unit is Unit.WORKING_DAYS:
        for _ in range(value):
            day = next_working(day + DAY, country)
        return day
    if unit is Unit.HOURS:
        return day + datetime.timedelta(days=value // 24)
    return day + DAY * (value * 7 if unit is Unit.WEEKS else value)


def _months_after(day: datetime.date, months: int) -> datetime.date:
    index = day.year * _MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(index, _MONTHS_A_YEAR)
    following = datetime.date(year + (month + 1) // _MONTHS_A_YEAR, (month + 1) % _MONTHS_A_YEAR + 1, 1)
    last = following - DAY
    return last.replace(day=min(day.day, last.day))
