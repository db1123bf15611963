"""Log lines say what failed and where in the code, never what somebody wrote."""

import logging
import sys

import pytest
from django.test import Client

from safeconduct.desk.web.logs import WordlessFormatter

SECRET = "zibeline"


def line(message: object, *arguments: object) -> str:
    """A log call inside an exception that holds the secret too, as it would be printed."""
    try:
        raise ValueError(SECRET)
    except ValueError:
        record = logging.LogRecord("django.x", logging.ERROR, "/code/place.py", 7, str(message), arguments, sys.exc_info())
    return WordlessFormatter().format(record)


@pytest.mark.parametrize(
    "said",
    [
        line(f"Could not derive a file name from {SECRET}"),
        line("Could not derive a file name from %s", SECRET),
        line(SECRET),
        line("%d%%", SECRET),
    ],
)
def test_neither_message_nor_arguments_nor_exception_are_repeated(said: str) -> None:
    assert SECRET not in said
    assert "ERROR django.x place.py:7 ValueError" in said
    assert "test_logs.py" in said


def test_a_host_that_somebody_invents_is_not_written_down(caplog: pytest.LogCaptureFixture, db: None) -> None:
    assert Client(headers={"host": f"{SECRET}.example"}).get("/").status_code == 400
    assert caplog.records
    assert not any(SECRET in WordlessFormatter().format(record) for record in caplog.records)
