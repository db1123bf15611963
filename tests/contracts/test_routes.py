"""Every route × every member of the cast × every method, against a table that was written by people (routes.txt)."""

import copy
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from safeconduct.desk.intake.middleware import CONVERSATION_COOKIE
from safeconduct.desk.intake.sessions import come_back
from safeconduct.desk.web import clock
from tests.cast import Cast
from tests.walked import World, pictured_request, world

CAST = ("owner", "granted", "other", "admin", "auditor", "applicant", "stranger")
NAMES = {"owner": "amal", "granted": "bea", "other": "chidi", "admin": "dana", "auditor": "gita"}
METHODS = ("GET", "POST")
NEVER_ANSWERED = ("PUT", "PATCH", "DELETE", "TRACE")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    method: str
    route: str
    answers: dict[str, str]


def table() -> list[Row]:
    """The reviewed table."""
    rows = []
    for line in (Path(__file__).parent / "routes.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            method, route, *answers = line.split()
            rows.append(Row(method, "" if route == "''" else route, dict(zip(CAST, answers, strict=True))))
    return rows


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Every route of the desk, as it is written in the urls."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern)


@pytest.fixture
def everything(cast: Cast) -> tuple[World, dict[str, Client]]:
    """One object of every kind, and a browser for each member of the cast."""
    receipt, request = pictured_request(cast)
    clients = {role: cast.client(name) for role, name in NAMES.items()} | {
        "stranger": cast.stranger(),
        "applicant": cast.stranger(),
    }
    clients["applicant"].cookies[CONVERSATION_COOKIE] = come_back(receipt.digits(), now=clock.now())
    return world(cast, request.id), clients


def test_every_route_stands_in_the_table() -> None:
    assert {(row.method, row.route) for row in table()} == {(method, route) for route in routes() for method in METHODS}


def test_everybody_gets_just_what_the_table_says(everything: tuple[World, dict[str, Client]]) -> None:
    here, clients = everything
    wrong = []
    for row in table():
        for role, expected in row.answers.items():
            found = kind_of(ask(clients[role], row.method, address(row.route, here)))
            if found != expected:
                wrong.append(f"{row.method} {row.route} {role}: {found} instead of {expected}")
    assert not wrong, "\n".join(wrong)


def test_hidden_and_absent_are_the_same_answer(everything: tuple[World, dict[str, Client]]) -> None:
    """Whoever may not see an object gets, byte for byte, what they get for one that never was."""
    here, clients = everything
    nothing = World(**{name: nowhere(name, value) for name, value in asdict(here).items()})
    differing = []
    for row in table():
        if "_id>" not in row.route:
            continue
        for role, expected in row.answers.items():
            if expected in ("absent", "sign-in"):
                hidden = ask(clients[role], row.method, address(row.route, here))
                absent = ask(clients[role], row.method, address(row.route, nothing))
                if seen(hidden, here) != seen(absent, nothing):
                    differing.append(f"{row.method} {row.route} {role}")
    assert not differing, "\n".join(differing)


def test_other_methods_are_never_answered(everything: tuple[World, dict[str, Client]]) -> None:
    here, clients = everything
    answered = []
    for route in routes():
        for method in NEVER_ANSWERED:
            response = ask(clients["owner"], method, address(route, here))
            if response.status_code != 405 and not (route == "language/" and response.status_code == 302):
                answered.append(f"{method} {route}: {response.status_code}")
    assert not answered, "\n".join(answered)


def ask(client: Client, method: str, path: str) -> HttpResponseBase:
    """One request whose effects are taken back, in the database and in the browser."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response = client.generic(method, path, content_type="application/x-www-form-urlencoded")
        if response.streaming:
            # Read to its end: closing early would close the test's own connection to the database too.
            b"".join(response.streaming_content)  # type: ignore[attr-defined]  # only streaming answers have it
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def address(route: str, here: World) -> str:
    """A route with the ids of the world filled in; where colleagues are managed, a member is a colleague."""
    if route.startswith(("account/organisation/", "desk/members/")):
        route = route.replace("member_id", "colleague_id")
    if route.startswith("desk/requests/"):
        route = route.replace("copy_id", "request_copy_id")
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: getattr(here, found[1]), route)


def kind_of(response: HttpResponseBase) -> str:
    """The answer in a word of the table."""
    location = response.headers.get("Location", "")
    if response.status_code == 302:
        return (
            "sign-in"
            if "/account/sign-in/" in location and "said=" not in location
            else "prove"
            if "/account/prove/" in location
            else "done"
        )
    if response.status_code in (200, 204, 422):
        return "file" if "attachment" in response.headers.get("Content-Disposition", "") else "page"
    return {404: "absent", 405: "method"}.get(response.status_code, str(response.status_code))


def nowhere(name: str, value: str) -> str:
    """An id that nothing has."""
    if name in ("attestation_id", "passkey_id"):
        return "987654321"
    return "zzzz" + value[4:] if name.endswith("_id") else value


def seen(response: HttpResponseBase, here: World) -> tuple[int, str, bytes]:
    """What the asker sees, with the ids of the address and the form token taken out."""
    body = b"" if response.streaming else response.content  # type: ignore[attr-defined]  # only streaming answers lack it
    location = response.headers.get("Location", "")
    ids = [value for name, value in asdict(here).items() if name.endswith("_id") and name not in ("attestation_id", "passkey_id")]
    for value in [*ids, f"attestations/{here.attestation_id}/"]:
        body, location = body.replace(value.encode(), b"ID"), location.replace(value, "ID")
    body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", body)
    return response.status_code, location, body
