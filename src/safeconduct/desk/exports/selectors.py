"""Reads of exports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.exports.marks import bears, shown
from safeconduct.desk.exports.models import Export
from safeconduct.desk.exports.words import PARTS
from safeconduct.desk.vault import opening


@dataclass(frozen=True, repr=False)
class Line:
    """One export with what is sealed of it."""

    export: Export
    parts: Sequence[str]
    reason: str
    days: int
    mark: str
    taken: int
    can_be_taken: bool


def of_case(case: Case, actor: Actor, *, today: date) -> list[Line]:
    """Every export of a case, newest first."""
    rows = list(case.exports.select_related("asked_by", "approved_by").order_by("-asked_on", "-id"))
    with opening.opened(case.subject, holder=actor, purpose=Purpose.HANDLING, today=today) as file:
        return [_line(row, file.read(row.record).content, today) for row in rows]


def told_apart(lines: Sequence[Line], found: str) -> Line | None:
    """The export that a found text comes from; None where it bears no mark of these."""
    text = found.replace("\r\n", "\n")
    return next((line for line in lines if bears(text, line.mark.replace("-", "").lower())), None)


def _line(row: Export, kept: opening.Content, today: date) -> Line:
    can_be_taken = bool(row.package_file) and row.last_day is not None and today <= row.last_day
    parts = [str(PARTS[part]) for part in kept["parts"]]
    return Line(row, parts, kept["reason"], kept["days"], shown(kept["mark"]), len(kept["taken"]), can_be_taken)
