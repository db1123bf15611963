"""Writes of exports: one member asks with a reason, another approves; the copy bears a mark and is gone after its last day."""

import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.dossier.manifest import DOCUMENT_PATH
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.dossiers.models import Dossier
from safeconduct.desk.exports.contents import Told, original_name
from safeconduct.desk.exports.errors import NotAvailable, SecondPersonNeeded
from safeconduct.desk.exports.models import Export
from safeconduct.desk.vault import erasing, files, opening
from safeconduct.desk.vault.models import new_id
from safeconduct.desk.vault.opening import OpenFile, OpenRecord
from safeconduct.desk.vault.sections import Section

REQUEST, PACKAGE = "export", "export-package"
PARTS = ("text", "lists", "json", "originals", "dossier")
MOST_DAYS = 14
Entry = tuple[str, Iterable[bytes]]


@dataclass(frozen=True, kw_only=True, repr=False)
class Wish:
    """What somebody asks for: parts of `PARTS`, why, and for how many days (1 to 14) it can be taken."""

    parts: Sequence[str]
    reason: str
    days: int


def ask(case: Case, actor: Actor, wish: Wish, *, today: date) -> Export:
    """Ask for an export; nothing leaves before another member approves."""
    drop_expired(today)
    with _opened(case, actor, today) as file:
        content = {
            "parts": list(wish.parts),
            "reason": wish.reason,
            "days": min(wish.days, MOST_DAYS),
            "mark": new_id(),
            "taken": [],
        }
        record = file.write(Section.LEGAL, REQUEST, content)
        export = Export.objects.create(case=case, asked_by=actor.member, asked_on=today, record=record)
        file.note(Act.EXPORT_ASKED, export.id)
    return export


def approve(export: Export, actor: Actor, *, today: date) -> None:
    """A second member approves; the copy is made of what they can read, and sealed.

    SecondPersonNeeded or NotAvailable before writing.
    """
    if export.asked_by_id == actor.id:
        raise SecondPersonNeeded("whoever asked does not approve")
    with _opened(export.case, actor, today) as file:
        wish = file.read(export.record).content
        waiting = Export.objects.filter(pk=export.pk, approved_by=None)
        last_day = today + timedelta(days=wish["days"])
        if not waiting.update(approved_by=actor.member, approved_on=today, last_day=last_day):
            raise NotAvailable("it is approved already")
        package = _packed(export.case, file, wish)
        record = file.write(Section.LEGAL, PACKAGE, {"package": package})
        Export.objects.filter(pk=export.pk).update(package_record=record, package_file=package["file"])
        file.note(Act.EXPORT_APPROVED, export.id)


def hand_out(export: Export, actor: Actor, *, today: date) -> files.Reference:
    """The sealed copy, for streaming it out; who took it is kept. NotAvailable before approval and after the last day."""
    if export.last_day is None or today > export.last_day or not export.package_file:
        raise NotAvailable("there is no copy to take")
    with _opened(export.case, actor, today) as file:
        reference: files.Reference = file.read(export.package_record).content["package"]
        record = file.read(export.record)
        taken = [*record.content["taken"], {"by": actor.id, "day": today.isoformat()}]
        file.write(Section.LEGAL, REQUEST, {**record.content, "taken": taken}, replaces=record)
        file.note(Act.CASE_EXPORTED, export.id)
    return reference


def drop_expired(today: date) -> int:
    """Destroy copies whose last day is over; gives how many. Needs no key."""
    over = list(Export.objects.filter(last_day__lt=today).exclude(package_file=""))
    for export in over:
        erasing.erase_record(export.case_id, export.package_record, export.package_file)
        Export.objects.filter(pk=export.pk).update(package_record="", package_file="")
    return len(over)


def _packed(case: Case, file: OpenFile, wish: dict[str, Any]) -> files.Reference:
    told, stream = Told.of(case, file), files.SealingStream()
    try:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in PARTS:
                for name, chunks in _ENTRIES[part](told, case, file, wish["mark"]) if part in wish["parts"] else ():
                    # A fixed day, so that nothing is told by the clock of the server.
                    with archive.open(zipfile.ZipInfo(f"{case.reference}/{name}", (1980, 1, 1, 0, 0, 0)), "w") as target:
                        for chunk in chunks:
                            target.write(chunk)
    except BaseException:
        stream.abandon()
        raise
    return stream.finish(file, name=f"{case.reference}-export.zip", kind="application/zip")


def _originals(told: Told) -> Iterable[Entry]:
    for number, record in enumerate(told.evidence(), start=1):
        yield original_name(number, record.content), files.stream(record.content["file"])


def _document(case: Case, file: OpenFile) -> Iterable[Entry]:
    newest = case.dossiers.filter(state=Dossier.State.RELEASED).order_by("-version").first()
    if newest is not None:
        kept: OpenRecord = file.read(newest.record)
        yield "dossier.pdf", files.stream(kept.content["documents"][DOCUMENT_PATH])


_ENTRIES: dict[str, Callable[[Told, Case, OpenFile, str], Iterable[Entry]]] = {
    "text": lambda told, case, file, mark: [("case.txt", [told.text(mark)])],
    "lists": lambda told, case, file, mark: [(name, [content]) for name, content in told.lists(mark)],
    "json": lambda told, case, file, mark: [("case.json", [told.json(mark)])],
    "originals": lambda told, case, file, mark: _originals(told),
    "dossier": lambda told, case, file, mark: _document(case, file),
}


def _opened(case: Case, actor: Actor, today: date) -> opening.Opening:
    return opening.opened(case.subject, holder=actor, purpose=Purpose.HANDLING, today=today)
