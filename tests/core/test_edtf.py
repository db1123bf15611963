"""Dates as people know them, and what each can mean at most."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.edtf import DateUnreadable, read_interval, read_moment


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2022-09-21", "2022-09-21", "2022-09-21"),
        ("2022-09", "2022-09-01", "2022-09-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2022-09-XX", "2022-09-01", "2022-09-30"),
        ("2022-XX", "2022-01-01", "2022-12-31"),
        ("2022-21", "2022-03-01", "2022-05-31"),
        ("2022-24", "2022-12-01", "2023-02-28"),
        ("2022-34", "2022-04-01", "2022-06-30"),
        ("2022-09-21~", "2022-09-18", "2022-09-24"),
        ("2022-09~", "2022-08-17", "2022-10-15"),
        ("2022-09-21?", "2022-09-21", "2022-09-21"),
        ("{2022-09..2022-11-03}", "2022-09-01", "2022-11-03"),
    ],
)
def test_a_moment_lies_between_its_bounds(text: str, earliest: str, latest: str) -> None:
    found = read_moment(text)
    assert (found.earliest, found.latest) == (date.fromisoformat(earliest), date.fromisoformat(latest))
    assert found.is_approximate == (text[-1] in "~%")
    assert found.is_uncertain == (text[-1] in "?%")


def test_intervals_may_be_open_and_know_which_days_are_certain() -> None:
    period = read_interval("2022-09/2022-11-03")
    assert (period.earliest, period.latest) == (date(2022, 9, 1), date(2022, 11, 3))
    assert period.certain == (date(2022, 9, 30), date(2022, 11, 3))
    assert read_interval("2022-09/..").latest is None
    assert read_interval("/2022-09").earliest is None
    assert read_interval("2022-09/2022-10?").certain is None
    assert read_interval("2022").certain is None


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "2022-13", "2022-02-30", "2022-00-01", "22-09", "2022-9", "2022-09-21T10:00", "0000", "12022"),
        *("2022-09-21~~", "X022", "2022-XX-05", "2022-21-03", "{2022..2021}", "2022-10/2022-09", "/", "../..", "2022/2023/2024"),
    ],
)
def test_anything_else_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(DateUnreadable) as refused:
        read_interval(text)
    assert not text.strip("/. ") or text not in str(refused.value)


@given(st.dates(date(1, 1, 10), date(9999, 12, 20)))
def test_a_written_day_is_itself(day: date) -> None:
    moment = read_moment(day.isoformat())
    assert moment.is_exact
    assert moment.earliest == day


@given(st.text(alphabet="0123456789-X~?%./{}", max_size=24))
def test_whatever_is_typed_is_bounds_or_refused(text: str) -> None:
    try:
        found = read_interval(text)
    except DateUnreadable:
        return
    assert found.earliest is None or found.latest is None or found.earliest <= found.latest
