"""Checks of documents: answered by a person, signed with their key over what they answered, kept beside the document.

Nobody's answer takes the place of another's: each stands with who gave it, and the page shows where two differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct import packs
from safeconduct.core.canonical import NotCanonical
from safeconduct.core.custody import Act, Purpose
from safeconduct.core.documents import Answered, Check, Checked, DocumentType
from safeconduct.core.errors import SafeconductError
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.cases.access import plays
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.evidence.services import EVIDENCE
from safeconduct.desk.vault import opening, signing
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.opening import OpenFile, OpenRecord
from safeconduct.desk.vault.sections import Section

CHECKS = "document-checks"
PARTS = (CasePart.Part.CASEWORKER, CasePart.Part.INTERVIEWER, CasePart.Part.RESEARCHER, CasePart.Part.COORDINATOR)
"""Who checks documents; evaluators read what was checked."""


class NothingAnswered(SafeconductError):
    """No check was answered, or none otherwise than before; nothing was written."""


@dataclass(frozen=True, repr=False)
class Said:
    """One person's newest answer to one check."""

    alias: str
    day: str
    answered: Answered
    holds: bool
    """Whether the signature is that of the person over this answer, this document and this case."""
    is_own: bool


@dataclass(frozen=True, repr=False)
class CheckLine:
    """One check and everybody's newest answer."""

    check: Check
    said: Sequence[Said]

    @property
    def is_disputed(self) -> bool:
        """Whether two people answer differently."""
        return len({each.answered.answer for each in self.said}) > 1

    @property
    def own(self) -> Answered | None:
        """The reader's own newest answer."""
        return next((each.answered for each in self.said if each.is_own), None)


def may_check(actor: Actor, case: Case) -> bool:
    """Whether the actor works on the case as one who checks."""
    return plays(actor, case, *PARTS)


def sign_checks(case: Case, actor: Actor, record: str, answers: Sequence[Answered], *, today: date) -> str:
    """Sign what is answered, or answered otherwise than before, and keep it; gives the new record's id.

    NotGranted where there is no such piece of evidence or the actor does not check, NothingAnswered; both before writing.
    """
    if not may_check(actor, case):
        raise NotGranted("does not check documents of this case")
    with opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today) as file:
        item = file.read(record)
        if item.kind != EVIDENCE:
            raise NotGranted("not a piece of evidence")
        known = {line.check.id: line.own for line in lines_of(file, case, item, actor)}
        new = [each for each in answers if each.check in known and each != known[each.check]]
        if not new:
            raise NothingAnswered("nothing was answered that was not known")
        checked = Checked(
            case=case.id,
            item=record,
            sha256=item.content["file"]["sha256"],
            type=item.content["kind"],
            pack=packs.documents(packs.DOCUMENTS).stamp,
            member=actor.id,
            day=today.isoformat(),
            answers=new,
        )
        encoded = checked.encode()
        signature = signing.sign(actor.signing, signing.DOCUMENT_CHECKS, encoded)
        content = {"of": record, "alias": actor.member.alias, "statement": encoded.decode(), "signature": signature.hex()}
        kept = file.write(Section.EVIDENCE, CHECKS, content)
        file.note(Act.EVIDENCE_CHECKED, record)
    return kept


def type_of(item: OpenRecord) -> DocumentType:
    """What the pack says of this kind of document."""
    return packs.documents(packs.DOCUMENTS).of_type(item.content["kind"])


def lines_of(file: OpenFile, case: Case, item: OpenRecord, actor: Actor) -> list[CheckLine]:
    """The checks of an item, with everybody's newest answers; signatures are checked."""
    newest: dict[tuple[str, str], Said] = {}
    records = [record for record in file.records(kind=CHECKS) if record.content["of"] == item.id]
    for record in records:
        for said, member in _said(record, case, item, actor):
            newest[said.answered.check, member] = said
    return [CheckLine(check, [said for (id_, _), said in newest.items() if id_ == check.id]) for check in type_of(item).checks]


def _said(record: OpenRecord, case: Case, item: OpenRecord, actor: Actor) -> list[tuple[Said, str]]:
    encoded = record.content["statement"].encode()
    try:
        checked = Checked.decode(encoded)
    except (ValueError, KeyError, TypeError, NotCanonical):
        return []
    about = (checked.case, checked.item, checked.sha256) == (case.id, item.id, item.content["file"]["sha256"])
    holds = about and _is_signed(checked.member, encoded, record.content["signature"])
    return [
        (Said(record.content["alias"], checked.day, each, holds, checked.member == actor.id), checked.member)
        for each in checked.answers
    ]


def _is_signed(member: str, encoded: bytes, signature: str) -> bool:
    found = Member.objects.filter(pk=member).first()
    return found is not None and signing.holds(
        bytes(found.signing_public_key), signing.DOCUMENT_CHECKS, encoded, bytes.fromhex(signature)
    )
