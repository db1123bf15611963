"""The periods after which a case, or a part of it, is erased (DOMAIN D): begun here, ended by the retention room."""

from datetime import date

from django.db import transaction

from safeconduct import packs
from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case, CaseClock
from safeconduct.desk.custody import services as custody

Runs = CaseClock.Runs
WHOLE = (Runs.WITHDRAWN, Runs.NOT_RECOMMENDED, Runs.PROTECTED, Runs.ENDED)
"""Clocks that end the whole case. One of them runs at a time, and the notes about offences go before it."""


def begin(case: Case, runs: CaseClock.Runs, *, since: date) -> None:
    """Let one of `WHOLE` run from a day, in place of the one that ran before. Belongs into the transaction that says why."""
    stop(case)
    _set(case, runs, since)
    _set(case, Runs.OFFENCES, since)


def stop(case: Case) -> None:
    """Nothing ends the case by itself any more: work on it goes on. Recordings keep their own time."""
    case.clocks.filter(runs__in=[*WHOLE, Runs.OFFENCES]).delete()


def follow_consent(case: Case, *, handled: bool, today: date) -> None:
    """The person agreed, or did not any more, that their case is handled."""
    running = case.clocks.filter(runs=Runs.WITHDRAWN)
    if handled and running.exists():
        stop(case)
    elif not handled and not running.exists():
        begin(case, Runs.WITHDRAWN, since=today)


def keep_recording(case: Case, record: str, file: str, *, today: date) -> None:
    """A recording came in: it waits for both evaluations; where they are in already its time begins at once."""
    waits = case.stage in (Case.Stage.INTERVIEW, Case.Stage.EVALUATION)
    ends = None if waits else packs.retention(packs.RETENTION).clock(Runs.RECORDING).ends(today)
    CaseClock.objects.create(case=case, runs=Runs.RECORDING, record=record, file=file, erase_on=ends)


def begin_recordings(case: Case, *, today: date) -> None:
    """Both evaluations are in: the recordings that served them begin to age."""
    ends = packs.retention(packs.RETENTION).clock(Runs.RECORDING).ends(today)
    case.clocks.filter(runs=Runs.RECORDING, erase_on=None).update(erase_on=ends)


@transaction.atomic
def end_work(case: Case, actor: Actor, runs: CaseClock.Runs, *, since: date, today: date) -> None:
    """The coordinator says that work on a case has ended, how, and on which day; the custody log keeps the act."""
    begin(case, runs, since=since)
    custody.write(case.organisation_id, Act.CASE_CLOSED, actor=actor.id, thing=case.id, purpose=Purpose.RETENTION, today=today)


@transaction.atomic
def go_on(case: Case, actor: Actor, *, today: date) -> None:
    """Work on a case goes on after all: its clocks stop. What was erased meanwhile stays erased."""
    stop(case)
    custody.write(case.organisation_id, Act.CASE_CHANGED, actor=actor.id, thing=case.id, purpose=Purpose.RETENTION, today=today)


def _set(case: Case, runs: CaseClock.Runs, since: date) -> None:
    ends = packs.retention(packs.RETENTION).clock(runs).ends(since)
    CaseClock.objects.update_or_create(case=case, runs=runs, record="", defaults={"erase_on": ends})
