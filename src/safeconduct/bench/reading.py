"""What staff do over HTTP as cases grow: sign in, list, open, write."""

import statistics
from collections.abc import Callable

from safeconduct.bench import Effort, Row, latency, slope_row
from safeconduct.bench.client import Answer, Client
from safeconduct.bench.desks import Desk, filled
from safeconduct.bench.homes import Home, Running
from safeconduct.bench.seeding import PASSPHRASE

MESSAGE = "We have read what you wrote and can help. Please tell us until when your stay is allowed. " * 4
_WARM_UP = 3


def signing_in(server: Running, desk: Desk, effort: Effort) -> list[Row]:
    """The server's part of signing in, by members who have not used their code yet."""
    times = []
    for member in desk.members[: effort.calls]:
        client = Client(server.port)
        client.get("/account/sign-in/")
        fields = [("name", member.name), ("passphrase", PASSPHRASE), ("code", member.code()), ("next", "")]
        times.append(client.post("/account/sign-in/", fields).seconds)
        client.close()
    note = "Argon2id over 64 MiB is most of it, as it should be"
    return [latency("sign in, server part", f"{len(times)} members", times, target=250, note=note)]


def lists(home: Home, server: Running, effort: Effort) -> list[Row]:
    """The first page of the case list, opening and writing, at each number of cases, and what they grow with."""
    rows: list[Row] = []
    points: dict[str, dict[int, float]] = {"case list, first page": {}, "open a case": {}}
    made = 0
    for size in effort.list_sizes:
        desk = filled(home, "alone", cases=size - made)
        made, found = size, _of_size(server, desk, f"{size:,} cases", effort)
        for row in found:
            if row.name in points:
                points[row.name][size] = row.value
        rows += found
    rows += [slope_row("case list, first page", points["case list, first page"], target=0.1)]
    return [*rows, slope_row("open a case", points["open a case"], target=0.1)]


def shared_list(home: Home, server: Running, desk: Desk, effort: Effort) -> list[Row]:
    """The same list where ten members hold the keys of every case, beside one that its only member holds alone."""
    size = effort.list_sizes[1]
    lonely, shared = filled(home, "lonely", cases=size), filled(home, desk.slug, cases=size)
    one, ten = lonely.members[0].client(server), shared.members[-1].client(server)
    alone, together = _turns(lambda: one.get("/desk/cases/"), lambda: ten.get("/desk/cases/"), effort.calls)
    row = latency("case list, ten members on each", f"{size:,} cases", together)
    beside = statistics.median(alone) * 1000
    return [
        row,
        Row(
            name="case list, ten members beside one",
            size=f"{size:,} cases",
            value=row.value / beside,
            unit="ratio",
            reference=beside,
            target=1.1,
            note="the reference is the time of a single member's list",
        ),
    ]


def _of_size(server: Running, desk: Desk, size: str, effort: Effort) -> list[Row]:
    client = desk.members[0].client(server)
    used = server.processor_seconds()
    pages = _times(lambda: client.get("/desk/cases/"), effort.calls)
    used = (server.processor_seconds() - used) / (effort.calls + _WARM_UP)
    kilobytes = len(client.get("/desk/cases/").body) / 1000
    first = [client.get(f"/desk/cases/{case}/").seconds for case in desk.cases[: effort.calls]]
    again = _times(lambda: client.get(f"/desk/cases/{desk.cases[0]}/"), effort.calls)
    written = _messages(server, desk, effort)
    client.close()
    return [
        latency("case list, first page", size, pages, target=60),
        Row(name="case list, server CPU", size=size, value=used * 1000, unit="ms CPU"),
        Row(name="case list, weight of the page", size=size, value=kilobytes, unit="kB", target=100),
        latency("open a case for the first time", size, first, target=20),
        latency("open a case", size, again, target=20),
        latency("post a message", size, written, target=12, note="the answer is a redirect"),
    ]


def _messages(server: Running, desk: Desk, effort: Effort) -> list[float]:
    from safeconduct.bench.submitting import answers

    person, client = Client(server.port), desk.members[0].client(server)
    person.get(f"/ask/{desk.slug}/")
    person.post(f"/ask/{desk.slug}/", answers(), expected=200)
    person.close()
    page = client.get("/desk/inbox/").body.decode()
    path = page.partition('href="/desk/requests/')[2].partition('"')[0]
    client.get(f"/desk/requests/{path}")
    times = _times(lambda: client.post(f"/desk/requests/{path}", [("text", MESSAGE)]), effort.calls)
    client.close()
    return times


def _times(ask: Callable[[], Answer], calls: int) -> list[float]:
    for _ in range(_WARM_UP):
        ask()
    return [ask().seconds for _ in range(calls)]


def _turns(first: Callable[[], Answer], second: Callable[[], Answer], calls: int) -> tuple[list[float], list[float]]:
    for _ in range(_WARM_UP):
        first(), second()
    pairs = [(first().seconds, second().seconds) for _ in range(calls)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]
