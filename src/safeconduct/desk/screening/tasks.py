"""What screening asks of a member today: hits to decide, a second pair of eyes, lists that have changed.

That a case's screening waits for somebody stands in the open; what waits is sealed. So a case is opened for it once in a session,
and again only when something of it was written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.screening import lookup
from safeconduct.desk.screening.access import ROLES
from safeconduct.desk.screening.findings import State, has_proposed, state_of
from safeconduct.desk.screening.models import Screening
from safeconduct.desk.screening.selectors import HIT, open_cases
from safeconduct.desk.vault import cards, opening

MOST = 8
"""Cases that one page tells of."""


@dataclass(frozen=True, repr=False)
class Task:
    """What waits in the screening of one case."""

    case: Case
    open: int
    """Hits that nobody has decided."""
    second: int
    """Hits of which somebody else says that it is the person."""


@dataclass(frozen=True, repr=False)
class Tasks:
    """What screening asks of one member."""

    cases: Sequence[Task]
    behind: int
    """Open cases that were screened against lists that have changed since."""


def tasks(actor: Actor, *, now: datetime) -> Tasks:
    """The tasks of a member who screens; none for anybody else."""
    if not actor.has_role(*ROLES):
        return Tasks([], 0)
    screenings = list(
        Screening.objects.filter(case__in=[case.pk for case in open_cases(actor)]).select_related("case__organisation")
    )
    if not screenings:
        return Tasks([], 0)
    key = lookup.lists_key()
    behind = sum(bool(key) and screening.lists != key for screening in screenings)
    waiting = sorted((each for each in screenings if each.waits), key=lambda each: (each.run_on, each.pk))
    found = [_task(screening.case, actor, now) for screening in waiting[:MOST]]
    return Tasks([task for task in found if task.open or task.second], behind)


def _task(case: Case, actor: Actor, now: datetime) -> Task:
    known: dict[str, Any] = {}  # Any: what the session works out of its cards, each room in its own shape
    if actor.session:
        known = cards.MEMORY.of(actor.session.digest, now).derived.setdefault("screening", {})
    newest = cards.newest_number(case.id, [HIT])
    if known.get(case.id, (0, 0, 0))[0] != newest:
        known[case.id] = (newest, *_counted(case, actor, now))
    _, still_open, second = known[case.id]
    return Task(case, still_open, second)


def _counted(case: Case, actor: Actor, now: datetime) -> tuple[int, int]:
    with opening.opened(case.subject, holder=actor, purpose=Purpose.LISTING, today=now.date()) as file:
        hits = [hit.content for hit in file.records(kind=HIT)]
    states = [(state_of(hit), has_proposed(hit, actor.id)) for hit in hits]
    return sum(state is State.OPEN for state, _ in states), sum(state is State.PROPOSED and not own for state, own in states)
