"""Anonymous requests over HTTP: one after the other, and eight clients at once."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from safeconduct.bench import Effort, Row, latency, percentile
from safeconduct.bench.client import Client
from safeconduct.bench.homes import Running
from safeconduct.bench.seeding import story
from safeconduct.core.errors import SafeconductError

CLIENTS = 8
_WARM_UP = 5


def answers() -> list[tuple[str, str]]:
    """What one person answers: about 2.3 KB in eight questions."""
    return [
        ("safe_now.how_safe", "unsure"),
        ("where.place.country", "KZ"),
        ("where.place.region", "Almaty region, for two months, with a friend of the family"),
        ("need.needs", "advice"),
        ("need.needs", "protection"),
        ("situation.kind", "left_service"),
        ("account.story", story()),
        ("who_reads.readers", "this_desk"),
        ("who_reads.not_to", "Anybody who works for a consulate, and my former employer"),
        ("contact.way", "here"),
        ("contact.hours", "Evenings after seven, never on weekends"),
        ("language.tongue", "russian"),
        ("consent.purposes", "case_handling"),
    ]


def one_by_one(server: Running, slug: str, size: str, effort: Effort, *, is_many: bool) -> list[Row]:
    """Latency, rate and the server's processor time of requests that follow one another."""
    client, path, form = Client(server.port), f"/ask/{slug}/", answers()
    pages = [client.get(path).seconds for _ in range(effort.calls)]
    for _ in range(_WARM_UP):
        client.post(path, form, expected=200)
    count = effort.calls * effort.rounds
    used, start = server.processor_seconds(), time.perf_counter()
    times = [client.post(path, form, expected=200).seconds for _ in range(count)]
    taken, used = time.perf_counter() - start, server.processor_seconds() - used
    rows = [
        latency("request form shown", size, pages),
        latency("request filed", size, times),
        _p95("request filed, p95", size, times, 40),
        Row(name="requests filed, one client", size=size, value=count / taken, unit="requests/s", target=45 if is_many else 60),
        Row(name="request filed, server CPU", size=size, value=used / count * 1000, unit="ms CPU", target=20 if is_many else 15),
    ]
    client.close()
    return rows


@dataclass
class _Burst:
    times: list[float] = field(default_factory=list)
    failures: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def at_once(server: Running, slug: str, count: int) -> list[Row]:
    """Eight clients who file requests as fast as they can."""
    burst = _Burst()
    clients = [Client(server.port) for _ in range(CLIENTS)]
    for client in clients:
        client.get(f"/ask/{slug}/")
    shares = [count // CLIENTS + (number < count % CLIENTS) for number in range(CLIENTS)]
    threads = [
        threading.Thread(target=_file, args=(client, slug, share, burst)) for client, share in zip(clients, shares, strict=True)
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _burst_rows(burst, count, time.perf_counter() - start)


def _burst_rows(burst: _Burst, count: int, taken: float) -> list[Row]:
    size = f"{CLIENTS} clients, {count:,} requests"
    times: Sequence[float] = burst.times or [taken]
    return [
        Row(name="requests that failed", size=size, value=burst.failures, unit="failures", target=0),
        Row(name="requests filed at once", size=size, value=len(burst.times) / taken, unit="requests/s"),
        latency("request filed at once", size, times),
        _p95("request filed at once, p95", size, times, 200),
        Row(name="request filed at once, slowest", size=size, value=percentile(times, 1) * 1000, unit="ms"),
    ]


def _p95(name: str, size: str, times: Sequence[float], target: float) -> Row:
    return Row(name=name, size=size, value=percentile(times, 0.95) * 1000, unit="ms", target=target)


def _file(client: Client, slug: str, count: int, burst: _Burst) -> None:
    form = answers()
    for _ in range(count):
        try:
            taken = client.post(f"/ask/{slug}/", form, expected=200).seconds
        except (SafeconductError, OSError):
            with burst.lock:
                burst.failures += 1
        else:
            with burst.lock:
                burst.times.append(taken)
    client.close()
