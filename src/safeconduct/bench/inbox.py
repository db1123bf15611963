"""The desk's inbox as requests grow: the list from sealed cards, first in a session and later, and opening one."""

import statistics

from safeconduct.bench import Effort, Row, Say, latency, slope_row
from safeconduct.bench.client import Client
from safeconduct.bench.desks import filled
from safeconduct.bench.homes import Home, Running, served, temporary_home

_DESK = "asked"
_WARM_UP = 3


def measure(effort: Effort, say: Say) -> list[Row]:
    """The list and one request at each number of requests."""
    rows, points, made = list[Row](), dict[int, float](), 0
    with temporary_home() as home, served(home) as server:
        filled(home, _DESK)
        for size in effort.list_sizes:
            say(f"inbox: {size:,} requests")
            requests = home.ask("safeconduct.bench.request_seeding", slug=_DESK, requests=size - made)["requests"]
            found, points[size] = _of_size(home, server, requests, f"{size:,} requests", effort)
            rows, made = rows + found, size
    return [*rows, slope_row("inbox, first page", points, target=0.1)]


def _of_size(home: Home, server: Running, requests: list[str], size: str, effort: Effort) -> tuple[list[Row], float]:
    cold = [_list(filled(home, _DESK).members[0].client(server)) for _ in range(effort.rounds)]
    client = filled(home, _DESK).members[0].client(server)
    for _ in range(_WARM_UP):
        _list(client)
    warm = [_list(client) for _ in range(effort.calls)]
    kilobytes = len(client.get("/desk/inbox/").body) / 1000
    first = [client.get(f"/desk/requests/{request}/").seconds for request in requests[: effort.calls]]
    again = [client.get(f"/desk/requests/{requests[0]}/").seconds for _ in range(effort.calls)]
    client.close()
    rows = [
        latency(
            "inbox, first of a session", size, cold, note="every card is opened by the desk's private key, once for a session"
        ),
        latency("inbox, first page", size, warm, target=60),
        Row(name="inbox, weight of the page", size=size, value=kilobytes, unit="kB", target=100),
        latency("open a request for the first time", size, first, target=30),
        latency("open a request", size, again, target=30),
    ]
    return rows, statistics.median(warm)


def _list(client: Client) -> float:
    return client.get("/desk/inbox/").seconds
