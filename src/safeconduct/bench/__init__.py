"""Measurements: what one figure is, how it is timed, and which benchmarks there are.

A benchmark is a module with `measure() -> list[Row]`. It is listed in BENCHMARKS and imported only when asked for,
so that a missing extra does not take the others with it.
"""

import importlib
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

BENCHMARKS = {
    "sealing": "safeconduct.bench.sealing",
}
"""Name to module, in the order they are shown."""

Task = Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure of a benchmark, beside what it is compared with."""

    name: str
    """What was done, such as "seal record"."""
    size: str
    """How much of it, such as "1 MiB" or "5,000 cases"."""
    value: float
    unit: str
    """Such as "records/s", "MB/s" or "ms"."""
    reference: float | None = None
    """The same figure of the raw primitive, the peer or the target; None where nothing is compared."""
    ratio: float | None = None
    """value / reference; above 1 means faster for rates and slower for times."""
    note: str = ""
    """What the reference is, or what bounds the value."""


def measure(name: str) -> list[Row]:
    """The rows of one benchmark; KeyError where there is none of that name."""
    module = importlib.import_module(BENCHMARKS[name])
    rows: list[Row] = module.measure()
    return rows


def interleaved_medians(tasks: Mapping[str, Task], *, rounds: int, at_least_s: float) -> dict[str, float]:
    """The median time of one run of each task, in seconds.

    Tasks take turns, so that whatever else the machine does falls on all of them; in each turn a task runs until
    `at_least_s` have passed, so that the clock's steps do not count.
    """
    repeats = {name: _repeats(task, at_least_s) for name, task in tasks.items()}
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            times[name].append(_time(task, repeats[name]))
    return {name: statistics.median(each) for name, each in times.items()}


def _repeats(task: Task, at_least_s: float) -> int:
    repeats = 1
    while (taken := _time(task, repeats) * repeats) < at_least_s:
        repeats = max(2 * repeats, int(repeats * at_least_s / max(taken, 1e-9)))
    return repeats


def _time(task: Task, repeats: int) -> float:
    start = time.perf_counter()
    for _ in range(repeats):
        task()
    return (time.perf_counter() - start) / repeats
