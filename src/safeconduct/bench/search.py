"""Search over sealed cases: the first one of a session decrypts every card, later ones find them in memory."""

import statistics

from safeconduct.bench import Effort, Row, Say, latency, slope_row
from safeconduct.bench.attaching import stall_row, waits_during
from safeconduct.bench.client import Client
from safeconduct.bench.desks import Desk, filled
from safeconduct.bench.homes import Home, Running, served, temporary_home

_DESK = "searched"
_WORDS = [("words", "urgent sever kz")]


def measure(effort: Effort, say: Say) -> list[Row]:
    """Cold and warm search at each number of cases."""
    rows, points, made = list[Row](), dict[int, float](), 0
    with temporary_home() as home, served(home) as server:
        for size in effort.search_sizes:
            say(f"search: {size:,} cases")
            desk = filled(home, _DESK, cases=size - made)
            found, points[size] = _of_size(home, server, desk, f"{size:,} cases", effort)
            rows, made = rows + found, size
        say("search: others meanwhile")
        newcomer = _on_list(server, filled(home, _DESK))
        waits = waits_during(server, lambda: _search(newcomer), 1)
        rows.append(stall_row("a first search", f"{made:,} cases", waits))
    return [*rows, slope_row("search, later ones", points)]


def _of_size(home: Home, server: Running, desk: Desk, size: str, effort: Effort) -> tuple[list[Row], float]:
    before = server.memory_mb()
    keyless = [_search(_on_list(server, desk))]
    cold = [_search(_on_list(server, filled(home, _DESK))) for _ in range(effort.rounds)]
    client = _on_list(server, desk)
    warm = [_search(client) for _ in range(effort.calls)]
    taken = (server.memory_mb() - before) / (1 + effort.rounds)
    rows = [
        latency("search, with keys of new cases", size, keyless, note="new grants are opened by the private key, once"),
        latency("search, first of a session", size, cold),
        latency("search, later ones", size, warm, target=250),
        Row(name="memory for a session's cards", size=size, value=taken, unit="MB PSS"),
    ]
    return rows, statistics.median(warm)


def _on_list(server: Running, desk: Desk) -> Client:
    client = desk.members[0].client(server)
    client.get("/desk/cases/")
    return client


def _search(client: Client) -> float:
    return client.post("/desk/cases/", _WORDS, expected=200).seconds
