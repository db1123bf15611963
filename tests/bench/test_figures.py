"""Figures are computed as they are named."""

import os

import pytest

from safeconduct import bench
from safeconduct.bench import Row, processes
from safeconduct.bench.attaching import stall_row
from safeconduct.cli.bench import table


def test_the_percentile_is_the_smallest_value_that_the_share_does_not_exceed() -> None:
    assert bench.percentile([3.0, 1.0, 2.0, 4.0], 0.5) == 2.0
    assert bench.percentile([float(number) for number in range(1, 101)], 0.95) == 95.0
    assert bench.percentile([7.0], 0.99) == 7.0


@pytest.mark.parametrize(("power", "expected"), [(0, 0.0), (1, 1.0), (2, 2.0)])
def test_the_slope_is_the_exponent_of_growth(power: int, expected: float) -> None:
    assert bench.slope({size: 3.0 * size**power for size in (100, 1000, 5000)}) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("unit", "value", "target", "is_met"),
    [
        ("ms", 9.0, 10.0, True),
        ("ms", 11.0, 10.0, False),
        ("MB/s", 11.0, 10.0, True),
        ("MB/s", 9.0, 10.0, False),
        ("ms", 9.0, None, None),
    ],
)
def test_a_target_is_a_floor_for_rates_and_a_ceiling_for_the_rest(
    unit: str, value: float, target: float | None, is_met: bool | None
) -> None:
    assert Row(name="x", size="y", value=value, unit=unit, target=target).is_met is is_met


def test_the_table_shows_every_row_with_its_verdict() -> None:
    rows = [
        bench.latency("open a case", "100 cases", [0.004, 0.005, 0.009], target=20),
        bench.slope_row("open a case", {100: 1.0, 1000: 10.0}, target=0.1),
        stall_row("an upload", "50 MB", [0.001, 0.2]),
    ]
    lines = table(rows).splitlines()
    assert len(lines) == 4
    assert "5" in lines[1]
    assert lines[1].endswith("reached")
    assert all(line.endswith("MISSED") for line in lines[2:])


def test_a_process_has_a_family_memory_and_processor_time() -> None:
    own = processes.family(os.getpid())
    assert own[0] == os.getpid()
    assert processes.memory_mb(own[:1]) > 1
    assert processes.processor_seconds(own[:1]) > 0


def test_neighbours_take_a_share_of_the_processor() -> None:
    neighbours = processes.Neighbours(min(os.sched_getaffinity(0)))
    assert 0 <= neighbours.share() <= 1
