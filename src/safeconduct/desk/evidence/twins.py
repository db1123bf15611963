"""Twins: the same file, or pages that look alike, in another piece of evidence of the organisation's cases.

The database holds marks under a key of the organisation, which its members who work with documents have: a thief of the disk
sees that two cases share a document, and not which. What lies in a case that the reader may not see is told as that, and no more.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import transaction

from safeconduct.core.copies import are_alike
from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.access import readable_cases
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.custody import services as custody
from safeconduct.desk.evidence.models import Mark, MarkFile
from safeconduct.desk.evidence.services import EVIDENCE, RECORDING
from safeconduct.desk.vault import cards, granting, opening
from safeconduct.desk.vault.keyholders import SubjectKind
from safeconduct.desk.vault.models import Grant
from safeconduct.desk.vault.opening import OpenFile
from safeconduct.desk.vault.secrets import MarkKey
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.web import clock

HOLDERS = (Role.CASEWORKER, Role.COORDINATOR, Role.RESEARCHER)
COPY = "copy"
"""Kind of the records of safe copies: they hold how the pages look."""
_KEY = "mark-key"
_MOST_FOUND = 2_000


class Likeness(StrEnum):
    """In what two documents are the same."""

    SAME_FILE = "same-file"
    """Byte for byte."""
    ALIKE = "alike"
    """A page looks nearly the same: another scan, or a form that many have."""


@dataclass(frozen=True, repr=False)
class Twin:
    """Another piece of evidence; `case` and `record` are missing where the reader may not see its case: ask the coordinator."""

    likeness: Likeness
    case: Case | None
    record: str


def twins_of(case: Case, actor: Actor, *, today: date) -> dict[str, list[Twin]]:
    """The twins of each piece of evidence of a case that has any; its marks are brought up to date first.

    Nothing is found for members of other organisations, who have no key of the marks. NotGranted without a key of the case.
    """
    with opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today) as file:
        things = _things(file)
    key = _key(actor, today) if case.organisation_id == actor.organisation and actor.has_role(*HOLDERS) else None
    if key is None:
        return {}
    marks = {
        record: {(page, key.mark(thing)) for page, several in pages.items() for thing in several}
        for record, pages in things.items()
    }
    _keep(case, marks)
    return _found(case, actor, marks)


def items_with_twins(case: Case, actor: Actor, *, today: date) -> frozenset[str]:
    """Records of the pieces of evidence that lie in another case too, as the same file or nearly (prompt T11)."""
    found = twins_of(case, actor, today=today)
    return frozenset(record for record, twins in found.items() if any(twin.case != case for twin in twins))


def _things(file: OpenFile) -> dict[str, dict[int, Sequence[str]]]:
    """What is marked of each item: by page, 0 for the file."""
    items = [item for item in file.records(kind=EVIDENCE) if item.content["kind"] != RECORDING]
    prints = {copy.content["of"]: copy.content.get("prints", []) for copy in file.records(kind=COPY, section=Section.EVIDENCE)}
    found: dict[str, dict[int, Sequence[str]]] = {}
    for item in items:
        reference = item.content["file"]
        pages = {
            number: [f"picture {piece}" for piece in pieces]
            for number, pieces in enumerate(prints.get(reference["file"], []), start=1)
        }
        found[item.id] = {0: [f"file {reference['sha256']}"], **pages}
    return found


def _keep(case: Case, marks: Mapping[str, set[tuple[int, str]]]) -> None:
    wanted = {(record, page, mark) for record, several in marks.items() for page, mark in several}
    known = set(Mark.objects.filter(case=case).values_list("record", "page", "mark"))
    # Of an item that is gone, or that somebody else's key covers, nothing is left behind.
    gone = {record for record, _, _ in known} - marks.keys()
    if not gone and wanted <= known:
        # Most pages are read and change nothing: they do not stand in line with those who write.
        return
    rows = [Mark(case=case, record=record, page=page, mark=mark) for record, page, mark in sorted(wanted - known)]
    with transaction.atomic():
        Mark.objects.filter(case=case, record__in=gone).delete()
        Mark.objects.bulk_create(rows, ignore_conflicts=True)


def _found(case: Case, actor: Actor, marks: Mapping[str, set[tuple[int, str]]]) -> dict[str, list[Twin]]:
    all_marks = {mark for several in marks.values() for _, mark in several}
    same = Mark.objects.filter(case__organisation_id=case.organisation_id, mark__in=all_marks).order_by("id")
    rows = list(same.values_list("case_id", "record", "page", "mark")[:_MOST_FOUND])
    sizes = Counter(Mark.objects.filter(record__in={row[1] for row in rows}, page__gt=0).values_list("record", "page"))
    readable = _readable(actor, {row[0] for row in rows})
    found: dict[str, list[Twin]] = {}
    for record, several in marks.items():
        likeness = _likeness(record, several, rows, sizes)
        twins = [
            Twin(each, readable.get(other_case), other if other_case in readable else "")
            for (other_case, other), each in sorted(likeness.items())
        ]
        if twins:
            found[record] = twins
    return found


def _likeness(
    record: str, marks: set[tuple[int, str]], rows: Sequence[tuple[str, str, int, str]], sizes: Mapping[tuple[str, int], int]
) -> dict[tuple[str, str], Likeness]:
    own: dict[int, set[str]] = defaultdict(set)
    for page, mark in marks:
        own[page].add(mark)
    shared: Counter[tuple[str, str, int, int]] = Counter()
    found: dict[tuple[str, str], Likeness] = {}
    for case, other, page, mark in rows:
        if other == record:
            continue
        for number, known in own.items():
            if mark in known and number == page == 0:
                found[case, other] = Likeness.SAME_FILE
            elif mark in known:
                shared[case, other, number, page] += 1
    for (case, other, number, page), count in shared.items():
        if are_alike(count, len(own[number]), sizes.get((other, page), 0)):
            found.setdefault((case, other), Likeness.ALIKE)
    return found


def _readable(actor: Actor, cases: set[str]) -> dict[str, Case]:
    asked = CasePart.objects.filter(member=actor.member, part=CasePart.Part.ASKED).values("case")
    rows = readable_cases(actor).filter(pk__in=cases)
    return {case.id: case for case in (rows if actor.has_role(Role.COORDINATOR) else rows.exclude(pk__in=asked))}


def _key(actor: Actor, today: date) -> MarkKey | None:
    """The organisation's mark key; None for somebody whom nobody has given it to yet. A session opens it once."""
    known: dict[str, Any] = {}  # Any: what the session works out, each room in its own shape
    if actor.session:
        known = cards.MEMORY.of(actor.session.digest, clock.now()).derived
    if "mark-key" not in known and (found := _opened_key(actor, today)) is not None:
        known["mark-key"] = found
    key: MarkKey | None = known.get("mark-key")
    return key


def _opened_key(actor: Actor, today: date) -> MarkKey | None:
    """The same from the vault, made now if there is none; given on to whoever works with documents and has it not."""
    with transaction.atomic():
        # Two who come first at the same moment stand in line here.
        custody.queue(actor.organisation)
        kept = MarkFile.objects.filter(organisation_id=actor.organisation).first()
        if kept is None:
            return _made(actor, today)
        if not Grant.objects.filter(subject=kept.file, holder=actor.id).exists():
            return None
        with opening.opened(kept.subject, holder=actor, purpose=Purpose.KEYS, today=today) as file:
            for member in _without(kept, actor.organisation):
                granting.grant_root(file, member.id)
            (record,) = file.records(kind=_KEY)
        return MarkKey.from_secret_bytes(bytes.fromhex(record.content["key"]))


def _made(actor: Actor, today: date) -> MarkKey:
    key = MarkKey.generate()
    holders = [member.id for member in _holders(actor.organisation)]
    with granting.created(
        actor.organisation, SubjectKind.MARKS, root_holders=holders, actor=actor.id, purpose=Purpose.KEYS, today=today
    ) as file:
        file.write(Section.DESK, _KEY, {"key": key.secret_bytes().hex()})
        MarkFile.objects.create(organisation_id=actor.organisation, file=file.subject.id)
    return key


def _holders(organisation: str) -> list[Member]:
    members = Member.objects.filter(organisation_id=organisation, is_active=True).order_by("id")
    return [member for member in members if member.has_role(*HOLDERS)]


def _without(kept: MarkFile, organisation: str) -> list[Member]:
    have = set(Grant.objects.filter(subject=kept.file).values_list("holder", flat=True))
    return [member for member in _holders(organisation) if member.id not in have]
