"""Desks in a benchmark's home, and the browsers of their members."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from safeconduct.bench.client import Client
from safeconduct.bench.homes import Home, Running
from safeconduct.core.sealing import TotpSecret

SESSION_COOKIE = "desk"


@dataclass(frozen=True, repr=False)
class Member:
    """Somebody who can sign in, and is signed in already."""

    name: str
    cookie: str
    second_factor: TotpSecret

    def client(self, server: Running) -> Client:
        """A browser in which they are signed in."""
        return Client(server.port, {SESSION_COOKIE: self.cookie})

    def code(self) -> str:
        """What their authenticator shows now."""
        return self.second_factor.code(int(time.time()))


@dataclass(frozen=True, repr=False)
class Desk:
    """An organisation, its members, and the ids of some of its newest cases."""

    slug: str
    members: Sequence[Member]
    cases: Sequence[str]


def filled(home: Home, slug: str, *, members: int = 1, cases: int = 0) -> Desk:
    """The desk of this name with so many more cases; founded with so many members where it is not there yet."""
    made = home.ask("safeconduct.bench.seeding", slug=slug, members=members, cases=cases)
    people = [
        Member(each["name"], each["cookie"], TotpSecret.from_secret_bytes(bytes.fromhex(each["code"])))
        for each in made["members"]
    ]
    return Desk(slug, people, made["cases"])
