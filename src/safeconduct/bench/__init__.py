"""Measurements: what one figure is, how it is timed, and which benchmarks there are.

A benchmark is a module with `measure(effort, say) -> list[Row]`. It is listed in BENCHMARKS and imported only when asked
for, so that a missing extra does not take the others with it.
"""

import importlib
import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

BENCHMARKS = {
    "sealing": "safeconduct.bench.sealing",
    "server": "safeconduct.bench.server",
    "search": "safeconduct.bench.search",
    "inbox": "safeconduct.bench.inbox",
    "dossier": "safeconduct.bench.dossier",
    "names": "safeconduct.bench.names",
    "incidents": "safeconduct.bench.incidents",
    "timeline": "safeconduct.bench.timeline",
}
"""Name to module, in the order they are shown."""

SHARES = ("recall", "F1", "agreement")
"""Units of which more is better, from 0 to 1."""
Task = Callable[[], object]
Say = Callable[[str], None]
"""Called with what is being done now."""


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How much is done for each figure."""

    rounds: int
    """How often what is slow is repeated."""
    calls: int
    """How many requests are timed for one latency."""
    burst: int
    """How many requests eight clients send at once."""
    list_sizes: Sequence[int]
    """Numbers of cases, smallest first."""
    search_sizes: Sequence[int]
    file_bytes: int


FULL = Effort(
    rounds=5, calls=30, burst=1000, list_sizes=(100, 1000, 5000), search_sizes=(100, 1000, 10_000), file_bytes=50_000_000
)
QUICK = Effort(rounds=3, calls=10, burst=100, list_sizes=(20, 100, 300), search_sizes=(20, 100, 300), file_bytes=10_000_000)


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
    p95: float | None = None
    """The value that 95 % of the calls do not exceed, where there are calls to tell it from."""
    reference: float | None = None
    """The same figure of the raw primitive in the same run; None where nothing is compared."""
    ratio: float | None = None
    """value / reference; above 1 means faster for rates and slower for times."""
    target: float | None = None
    """What was set out to be reached: at least for rates, at most for everything else."""
    note: str = ""
    """What the reference is, or what bounds the value."""

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if self.target is None:
            return None
        return self.value >= self.target if self.unit.endswith("/s") or self.unit in SHARES else self.value <= self.target


def measure(name: str, effort: Effort = FULL, say: Say = lambda doing: None) -> list[Row]:
    """The rows of one benchmark; KeyError where there is none of that name."""
    module = importlib.import_module(BENCHMARKS[name])
    rows: list[Row] = module.measure(effort, say)
    return rows


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def slope(points: Mapping[int, float]) -> float:
    """The exponent with which values grow with their sizes, by least squares of the logarithms."""
    sizes, values = [math.log(size) for size in points], [math.log(value) for value in points.values()]
    return statistics.linear_regression(sizes, values).slope


def latency(name: str, size: str, seconds: Sequence[float], *, target: float | None = None, note: str = "") -> Row:
    """A row of times in milliseconds: their median, with the 95th percentile."""
    return Row(
        name=name,
        size=size,
        value=statistics.median(seconds) * 1000,
        unit="ms",
        p95=percentile(seconds, 0.95) * 1000,
        target=target,
        note=note,
    )


def slope_row(name: str, points: Mapping[int, float], *, target: float | None = None) -> Row:
    """How a figure grows over its sizes."""
    shown = f"{min(points):,} to {max(points):,}"
    return Row(name=f"{name}, growth", size=shown, value=slope(points), unit="log-log slope", target=target)


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
