"""Partial dates: what they can mean, and what is no date at all."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.questionnaires import DateRange, DateUnreadable, PartialDate
from safeconduct.core.questionnaires.dates import full_years_at_least


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-12", "2022-12-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-09-21", "2022-09-21", "2022-09-21"),
    ],
)
def test_a_partial_date_spans_every_day_it_can_mean(text: str, first: str, last: str) -> None:
    date = PartialDate.parse(text)
    assert (date.earliest().isoformat(), date.latest().isoformat()) == (first, last)
    assert date.text() == text


@pytest.mark.parametrize(
    "text",
    ["", "22", "2022-9", "2022-13", "2023-02-29", "2022-00", "1899", "2101", "2022-09-21T00", "２０２２", " 2022", "2022-"],
)
def test_what_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(DateUnreadable):
        PartialDate.parse(text)


def test_a_day_without_a_month_is_refused() -> None:
    with pytest.raises(DateUnreadable):
        PartialDate(2022, None, 3)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)), st.sampled_from([4, 7, 10]))
def test_every_precision_of_a_day_contains_that_day(day: datetime.date, length: int) -> None:
    date = PartialDate.parse(day.isoformat()[:length])
    assert date.earliest() <= day <= date.latest()


@pytest.mark.parametrize(
    ("start", "end", "impossible"),
    [("2022", "2022", False), ("2022-06", "2022", False), ("2022-06", "2022-05", True), ("2023", "2022-12-31", True)],
)
def test_a_range_is_impossible_only_when_no_reading_puts_the_end_later(start: str, end: str, impossible: bool) -> None:
    dates = DateRange(PartialDate.parse(start), PartialDate.parse(end))
    assert dates.ends_before_it_begins() is impossible
    assert DateRange(dates.start, None).ends_before_it_begins() is False


@pytest.mark.parametrize(
    ("born", "years"), [("2008-11-22", 18), ("2008-11-23", 17), ("2008", 17), ("2008-11", 17), ("2008-10", 18), ("2007", 18)]
)
def test_the_certain_age_is_that_of_the_youngest_reading(born: str, years: int) -> None:
    assert full_years_at_least(PartialDate.parse(born), datetime.date(2026, 11, 22)) == years


def test_dates_do_not_show_themselves() -> None:
    date = PartialDate.parse("1987-03-04")
    assert "1987" not in repr(date)
    assert "1987" not in repr(DateRange(date, None))
