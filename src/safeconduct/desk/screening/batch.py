"""Screening all open cases on which somebody works, some at each press of a button: no page waits for thousands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.screening import lookup
from safeconduct.desk.screening.errors import NoName
from safeconduct.desk.screening.selectors import open_cases
from safeconduct.desk.screening.services import screen_from_file
from safeconduct.desk.vault.errors import NotGranted

A_PRESS = 20
"""Cases that one press of the button does."""


@dataclass(frozen=True)
class Standing:
    """How many open cases were screened against the lists as they are served now."""

    cases: int
    up_to_date: int


@dataclass(frozen=True, repr=False)
class Line:
    """What came of one case."""

    case: Case
    new: int
    has_name: bool


@dataclass(frozen=True, repr=False)
class Done:
    """What one press did."""

    lines: Sequence[Line]
    after: str
    """Where the next press goes on; empty when every case was looked at."""


def standing(actor: Actor) -> Standing:
    """How far the reader's open cases are."""
    key = lookup.lists_key()
    cases = open_cases(actor)
    return Standing(len(cases), sum(bool(key) and _is_up_to_date(case, key) for case in cases))


def screen_some(actor: Actor, *, after: str, today: date) -> Done:
    """Screen the next cases by the names in their identity sections; those that are up to date already are passed over.

    `after` is the id of the case at which the press before ended. Nothing is done where no list was imported.
    """
    key = lookup.lists_key()
    if not key:
        return Done([], "")
    cases = open_cases(actor)
    ids = [case.id for case in cases]
    rest = cases[ids.index(after) + 1 :] if after in ids else cases
    waiting = [case for case in rest if not _is_up_to_date(case, key)]
    now, later = waiting[:A_PRESS], waiting[A_PRESS:]
    return Done([_screened(case, actor, today) for case in now], now[-1].id if later else "")


def _screened(case: Case, actor: Actor, today: date) -> Line:
    try:
        outcome = screen_from_file(case, actor, today=today)
    except (NotGranted, NoName):
        outcome = None
    return Line(case, len(outcome.new) if outcome else 0, outcome is not None)


def _is_up_to_date(case: Case, key: str) -> bool:
    screened = getattr(case, "screening", None)
    return screened is not None and screened.lists == key
