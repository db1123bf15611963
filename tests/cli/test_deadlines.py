"""`deadlines`: a table, JSON lines or a calendar; one clear line for what cannot be read."""

import json
from pathlib import Path

import pytest

from safeconduct.cli.main import main

CONTRACT = ("procedure", "step", "status", "due_safe", "due_legal", "rule", "source", "counting", "advice")
ASKED = ["deadlines", "--procedure", "fr-asylum", "--on", "2025-02-01"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without values of its own."""
    monkeypatch.setenv("SAFECONDUCT_HOME", str(tmp_path))
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, object]]:
    assert main([*ASKED, "--json", *more]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_step_is_a_line_with_its_rule_source_and_counting(capsys: pytest.CaptureFixture[str]) -> None:
    lines = {
        str(line["step"]): line for line in said(capsys, "--event", "decision-notified=2025-01-30", "attestation=2024-12-02")
    }
    appeal = lines["cnda-appeal"]
    assert tuple(appeal)[: len(CONTRACT)] == CONTRACT
    assert (appeal["status"], appeal["due_safe"], appeal["due_legal"], appeal["rule"]) == (
        "known",
        "2025-02-28",
        "2025-02-28",
        "FR-16",
    )
    assert appeal["counting"] == [
        "2025-01-30 Refusal notified",
        "2025-01-31 first day that counts",
        "2025-02-28 1 month, cautious reading",
    ]
    assert lines["ofpra-form"]["overdue"] is True
    assert lines["registration"]["status"] == "not-triggered"


def test_events_may_be_given_one_by_one_and_known_roughly(capsys: pytest.CaptureFixture[str]) -> None:
    lines = {
        str(line["step"]): line for line in said(capsys, "--event", "decision-notified=2025-01", "--event", "spada=2025-01-07")
    }
    assert (lines["legal-aid"]["due_safe"], lines["legal-aid"]["due_safe_latest"]) == ("2025-01-16", "2025-02-15")
    assert "earliest day" in str(lines["legal-aid"]["advice"])
    assert lines["appointment"]["due_safe"] == "2025-01-10"


def test_a_table_speaks_the_language_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED, "--event", "decision-notified=2026-07-01", "--language", "ru", "--day-by-day"]) == 0
    told = capsys.readouterr().out
    assert "Жалоба в CNDA" in told
    assert "обратитесь к адвокату сейчас" in told


def test_every_procedure_is_listed_with_its_events_and_steps(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadlines", "--list", "--json"]) == 0
    found = {each["procedure"]: each for each in map(json.loads, capsys.readouterr().out.splitlines())}
    assert {"fr-asylum", "de-asylum", "kz-stay", "kz-asylum", "kg-stay", "am-stay", "ge-stay", "rs-stay", "tr-stay"} <= set(found)
    assert {"ofpra-form", "legal-aid", "cnda-appeal"} <= set(found["fr-asylum"]["steps"])
    events = {
        "attestation",
        "decision-notified",
        "decision-deposited",
        "decision-opened",
        "legal-aid-requested",
        "legal-aid-decided",
    }
    assert events <= set(found["fr-asylum"]["events"])
    assert main(["deadlines", "--list"]) == 0
    assert "cnda-appeal" in capsys.readouterr().out


def test_the_calendar_holds_days_and_steps_and_folds_long_lines(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = home / "days.ics"
    assert main([*ASKED, "--event", "decision-notified=2025-01-30", "--ics", str(target), "--language", "fr"]) == 0
    lines = target.read_bytes().split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert b"DTSTART;VALUE=DATE:20250228" in lines
    assert all(len(line) <= 75 for line in lines)
    assert target.read_bytes().count(b"BEGIN:VEVENT") == target.read_bytes().count(b"END:VEVENT") == 2


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (["--procedure", "xx"], "no procedure of that name; there are: "),
        (["--procedure", "fr-asylum", "--event", "foo=2025-01-01"], "--event foo: no event of fr-asylum"),
        (["--procedure", "fr-asylum", "--event", "attestation=3.3.2025"], "--event attestation=: a date as"),
        (["--procedure", "fr-asylum", "--event", "attestation"], "--event attestation: a date as"),
        (
            ["--procedure", "kz-stay", "--event", "entry=2025-01-01", "entry=2025-02-01"],
            "--event exit: each exit follows an entry",
        ),
        (["--procedure", "fr-asylum", "--event", "spada=2025-01-01", "spada=2025-01-02"], "--event spada: happens once"),
        (["--procedure", "fr-asylum", "--event", "spada=2025-01-01", "--ics", "/no/such/folder/x.ics"], "x.ics: "),
    ],
)
def test_what_cannot_be_read_is_one_line(capsys: pytest.CaptureFixture[str], given: list[str], line: str) -> None:
    assert main(["deadlines", *given]) == 2
    told = capsys.readouterr()
    assert line in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""
