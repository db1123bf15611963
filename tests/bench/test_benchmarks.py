"""Each benchmark runs, at a size that measures nothing, and gives its rows; how fast the machine is does not matter here."""

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from safeconduct import bench
from safeconduct.bench import Row
from safeconduct.cli import main

TINY = bench.Effort(rounds=1, calls=2, burst=8, list_sizes=(2, 3), search_sizes=(2, 3), file_bytes=100_000)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "server",
            {
                "first start ever",
                "cold start to the first page",
                "memory idle",
                "request filed",
                "request filed, server CPU",
                "requests that failed",
                "memory growth",
                "sign in, server part",
                "case list, first page",
                "case list, first page, growth",
                "case list, ten members beside one",
                "open a case",
                "post a message",
                "upload",
                "download",
                "others wait during an upload",
            },
        ),
        ("search", {"search, first of a session", "search, later ones", "others wait during a first search"}),
        ("inbox", {"inbox, first of a session", "inbox, first page", "inbox, first page, growth", "open a request"}),
        ("incidents", {"store built", "store opened", "overlap", "overlap, times faster", "memory at most"}),
        ("timeline", {"timeline rules", "timeline rules, growth"}),
        ("dossier", {"dossier composed", "dossier released", "dossier built", "dossier verified"}),
    ],
)
def test_a_benchmark_gives_its_rows(name: str, expected: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    rows = bench.measure(name, TINY, said.append)
    assert expected <= {row.name for row in rows}
    assert said
    require_sound(rows)
    assert not [row for row in rows if row.name == "requests that failed" and row.value]


def require_sound(rows: Sequence[Row]) -> None:
    for row in rows:
        assert row.unit
        assert row.size
        assert row.value == row.value
        assert row.p95 is None or row.p95 > 0


def test_the_command_shows_a_table_and_writes_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = Row(name="seal record", size="1 KiB", value=2.0, unit="records/s", reference=4.0, ratio=0.5, target=1.0)
    from safeconduct.bench import processes, sealing

    monkeypatch.setattr(sealing, "measure", lambda effort, say: [dataclasses.replace(row, value=float(effort.burst))])
    monkeypatch.setattr(processes, "pin", lambda: None)
    file = tmp_path / "rows.json"
    assert main.main(["bench", "sealing", "--quick", "--burst", "16", "--json", str(file)]) == 0
    shown = capsys.readouterr()
    assert "seal record" in shown.out
    assert "reached" in shown.out
    assert not shown.err
    (written,) = json.loads(file.read_text())["sealing"]
    assert written["value"] == 16
    assert written["is_met"] is True


def test_the_command_names_what_there_is_when_asked_for_something_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["bench", "speed"]) == 2
    assert "sealing, server, search, inbox, dossier" in capsys.readouterr().err


def test_names_are_measured_without_exams_and_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFECONDUCT_EXAMS", str(tmp_path))
    rows = bench.measure("names", TINY)
    assert rows[0].name == "SKIPPED: no exams"
    assert {"index built by two processes", "index opened"} <= {row.name for row in rows}
    assert any(row.name.startswith("one query, ") for row in rows)
