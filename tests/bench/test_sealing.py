"""The sealing benchmark measures what it says; how fast the machine is does not matter here."""

import dataclasses

import pytest

from safeconduct import bench
from safeconduct.bench import sealing


def test_every_benchmark_gives_rows_with_comparable_figures() -> None:
    rows = sealing.measure(dataclasses.replace(bench.QUICK, rounds=1), lambda doing: None, at_least_s=0.0)
    assert {row.name for row in rows} >= {"seal record", "open record", "seal file", "open file"}
    assert {row.size for row in rows if "file" in row.name} == {"1 MiB", "16 MiB", "64 MiB"}
    for row in rows:
        assert row.value > 0
        if row.reference is not None:
            assert row.ratio == pytest.approx(row.value / row.reference)


def test_a_benchmark_is_found_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    row = bench.Row(name="seal record", size="1 KiB", value=1.0, unit="records/s")
    monkeypatch.setattr(sealing, "measure", lambda effort, say: [row])
    assert bench.measure("sealing") == [row]
    with pytest.raises(KeyError):
        bench.measure("no such benchmark")


def test_tasks_take_turns_and_each_has_a_time() -> None:
    calls: list[str] = []
    times = bench.interleaved_medians(
        {"one": lambda: calls.append("one"), "two": lambda: calls.append("two")}, rounds=3, at_least_s=0.0
    )
    assert set(times) == {"one", "two"}
    assert all(taken >= 0 for taken in times.values())
    assert calls[-6:] == ["one", "two"] * 3
