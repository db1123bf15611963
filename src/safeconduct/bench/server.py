"""The desk as a whole: the real server on loopback, driven over HTTP, sharing one processor with the driver."""

import statistics

from safeconduct.bench import Effort, Row, Say, attaching, reading, submitting
from safeconduct.bench.desks import Desk, filled
from safeconduct.bench.homes import Home, Running, served, temporary_home

MEMBERS = 10


def measure(effort: Effort, say: Say) -> list[Row]:
    """Every figure of the server; takes a few minutes."""
    with temporary_home() as home:
        say("server: starting")
        rows = _starts(home, effort)
        small, large = filled(home, "small"), filled(home, "large", members=MEMBERS)
        with served(home) as server:
            rows += _load(server, small, large, effort, say)
            say("server: signing in")
            rows += reading.signing_in(server, large, effort)
            say("server: lists and cases")
            rows += reading.lists(home, server, effort)
            rows += reading.shared_list(home, server, large, effort)
            say("server: files")
            rows += attaching.transfers(server, filled(home, "files", cases=1), effort)
            rows.append(_memory("memory at the end", server, "after lists and files", 220))
    return rows


def _starts(home: Home, effort: Effort) -> list[Row]:
    with served(home) as server:
        ever = server.started_in_s
    times, idle = [], 0.0
    for _ in range(effort.rounds):
        with served(home) as server:
            times.append(server.started_in_s)
            idle = server.memory_mb()
    return [
        Row(name="first start ever", size=home.database, value=ever, unit="s", note="makes tables, static files, keys"),
        Row(
            name="cold start to the first page",
            size="prepared home",
            value=statistics.median(times),
            unit="s",
            p95=max(times),
            target=1.5,
        ),
        Row(name="memory idle", size="after one page", value=idle, unit="MB PSS", target=150),
    ]


def _load(server: Running, small: Desk, large: Desk, effort: Effort, say: Say) -> list[Row]:
    say("server: requests one by one")
    rows = submitting.one_by_one(server, small.slug, "1 member", effort, is_many=False)
    rows += submitting.one_by_one(server, large.slug, f"{MEMBERS} members", effort, is_many=True)
    say(f"server: {effort.burst:,} requests from {submitting.CLIENTS} clients")
    rows += submitting.at_once(server, small.slug, effort.burst)
    first = server.memory_mb()
    rows.append(_memory("memory after requests", server, "first pass", 220))
    say("server: the same load again")
    submitting.at_once(server, small.slug, effort.burst)
    second = server.memory_mb()
    growth = (second / first - 1) * 100
    return [*rows, Row(name="memory growth", size="first to second pass", value=growth, unit="%", target=5)]


def _memory(name: str, server: Running, size: str, target: float) -> Row:
    return Row(name=name, size=size, value=server.memory_mb(), unit="MB PSS", target=target)
