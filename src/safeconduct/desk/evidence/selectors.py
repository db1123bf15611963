"""Reads of evidence: where an item comes from, what was done with it, what people checked in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from safeconduct.core.custody import Purpose
from safeconduct.core.documents import DocumentType
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.cases.models import Case
from safeconduct.desk.evidence.checking import CheckLine, lines_of, type_of
from safeconduct.desk.evidence.services import EVIDENCE, TAKEN
from safeconduct.desk.evidence.twins import Likeness, Twin, items_with_twins, twins_of
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.opening import OpenFile, OpenRecord

__all__ = ["ItemView", "Likeness", "Taken", "Twin", "item_of", "items_with_twins", "twins_of"]

WORKING = ("copy", "cleaned", "redaction")
"""Kinds of the records of working copies: drawn anew, without traces, covered in part."""


@dataclass(frozen=True, repr=False)
class Taken:
    """The original left the desk in somebody's hands."""

    alias: str
    day: str
    reason: str


@dataclass(frozen=True, repr=False)
class ItemView:
    """Everything about an item but its content."""

    record: str
    content: dict[str, Any]
    added_by: str
    """Alias; empty for a member who is gone."""
    type: DocumentType
    checks: Sequence[CheckLine]
    taken: Sequence[Taken]
    working: Sequence[str]
    """Kinds of the working copies that were made, `WORKING`."""

    @property
    def open_checks(self) -> int:
        """Checks that nobody has answered."""
        return sum(not line.said for line in self.checks)


def item_of(case: Case, actor: Actor, record: str, *, today: date) -> ItemView:
    """An item with what is known of it. NotGranted where there is none that the actor may read."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today) as file:
        item = file.read(record)
        if item.kind != EVIDENCE:
            raise NotGranted("not a piece of evidence")
        checks = lines_of(file, case, item, actor)
        taken = [each.content for each in file.records(kind=TAKEN) if each.content["of"] == item.content["file"]["file"]]
        working = [kind for kind in WORKING if _has(file, kind, item)]
    names = {member.id: member.alias for member in Member.objects.filter(pk__in=_people(item, taken))}
    return ItemView(
        record=record,
        content=item.content,
        added_by=names.get(item.content["added_by"], ""),
        type=type_of(item),
        checks=checks,
        taken=[Taken(names.get(each["by"], ""), each["day"], each["reason"]) for each in taken],
        working=working,
    )


def _has(file: OpenFile, kind: str, item: OpenRecord) -> bool:
    return any(record.content["of"] in (item.id, item.content["file"]["file"]) for record in file.records(kind=kind))


def _people(item: OpenRecord, taken: Sequence[dict[str, Any]]) -> set[str]:
    return {item.content["added_by"], *(each["by"] for each in taken)}
