"""What the kernel says of a process and its children: processor time, memory; and which processor this one may use."""

import contextlib
import os
from pathlib import Path

_PROC = Path("/proc")


def pin() -> int | None:
    """Bind this process and what it will start to one processor; its number, or None where that cannot be done."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    chosen = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {chosen})
    return chosen


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                children.setdefault(int(_stat(int(folder.name))[1]), []).append(int(folder.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def processor_seconds(pids: list[int]) -> float:
    """Processor time that these processes have used so far."""
    ticks = 0
    for pid in pids:
        fields = _stat(pid)
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_mb(pids: list[int]) -> float:
    """Memory of these processes in MB, shared pages divided among their users (PSS)."""
    kib = 0
    for pid in pids:
        for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                kib += int(line.split()[1])
    return kib * 1024 / 1e6


class Neighbours:
    """How much of this run's processor went to programs that are not part of it: wall times suffer from them."""

    def __init__(self, processor: int) -> None:
        self._processor = processor
        self._start = self._now()

    def share(self) -> float:
        """From 0 to 1, since the beginning; what has ended of ours counts as ours, a database server does not."""
        busy, own, passed = (now - before for now, before in zip(self._now(), self._start, strict=True))
        return min(1.0, max(0.0, (busy - own) / passed)) if passed else 0.0

    def _now(self) -> tuple[float, float, float]:
        times = os.times()
        own = times.user + times.system + times.children_user + times.children_system
        name = f"cpu{self._processor} "
        line = next(line for line in (_PROC / "stat").read_text().splitlines() if line.startswith(name))
        user, nice, system, _, _, *interrupts = (int(field) for field in line.split()[1:8])
        return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK"), own, times.elapsed


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on (man 5 proc_pid_stat); the name before may hold anything."""
    return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
