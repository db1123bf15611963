"""A large file in and out over HTTP, and how long others wait meanwhile."""

import hashlib
import os
import re
import statistics
import threading
from collections.abc import Callable

from safeconduct.bench import Effort, Row, percentile
from safeconduct.bench.client import Client, UnexpectedAnswer
from safeconduct.bench.desks import Desk
from safeconduct.bench.homes import Running

_PICTURE = b"\x89PNG\r\n\x1a\n"
_ITEM = re.compile(r'href="(/desk/cases/[^"]+/evidence/\w+/)"')
_FIELDS = [("title", "Scan"), ("kind", "summons"), ("source", "The person"), ("obtained", "Photographed by the person")]


def transfers(server: Running, desk: Desk, effort: Effort) -> list[Row]:
    """Upload and download, the memory they take, and the wait of other requests during an upload."""
    client, case = desk.members[0].client(server), desk.cases[0]
    content = _PICTURE + os.urandom(effort.file_bytes - len(_PICTURE))
    digest = hashlib.sha256(content).digest()
    path, size = f"/desk/cases/{case}/evidence/", f"{effort.file_bytes // 1_000_000} MB"
    before, ups, downs, peak = server.memory_mb(), list[float](), list[float](), 0.0
    client.get(path)
    body = client.multipart(_FIELDS, ("attachment", content))
    for _ in range(effort.rounds):
        ups.append(client.post_multipart(path, body).seconds)
        newest = _ITEM.findall(client.get(path).body.decode())[-1]
        answer = client.post(f"{newest}original/", [("reason", "To measure")], expected=200)
        if hashlib.sha256(answer.body).digest() != digest:
            raise UnexpectedAnswer("the file that came back is another one")
        downs.append(answer.seconds)
        peak = max(peak, server.memory_mb())
    waits = waits_during(server, lambda: client.post_multipart(path, body), effort.rounds)
    client.close()
    return [
        _speed("upload", size, effort.file_bytes, ups, 80),
        _speed("download", size, effort.file_bytes, downs, 342),
        Row(name="memory taken by transfers", size=size, value=max(0.0, peak - before), unit="MB"),
        stall_row("an upload", size, waits),
    ]


def waits_during(server: Running, long_task: Callable[[], object], rounds: int) -> list[float]:
    """How long the front page took, asked for again and again while a long task ran."""
    is_over, waits = threading.Event(), list[float]()
    client = Client(server.port)
    client.get("/")

    def ask() -> None:
        while not is_over.is_set():
            waits.append(client.get("/").seconds)
            # A person does not ask without a pause either, and the driver shares the processor.
            is_over.wait(0.01)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for _ in range(rounds):
            long_task()
    finally:
        is_over.set()
        asking.join()
        client.close()
    return waits


def stall_row(what: str, size: str, waits: list[float]) -> Row:
    """The p99 of others' waits."""
    note = f"p99 of {len(waits)} front pages; the slowest took {max(waits) * 1000:.0f} ms"
    value = percentile(waits, 0.99) * 1000
    return Row(name=f"others wait during {what}", size=size, value=value, unit="ms", target=50, note=note)


def _speed(name: str, size: str, count: int, seconds: list[float], target: float) -> Row:
    return Row(name=name, size=size, value=count / 1e6 / statistics.median(seconds), unit="MB/s", target=target)
