"""Reads of redactions."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.custody import Purpose
from safeconduct.core.redaction import REDACTABLE, Wording
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.redactions.services import TEXT, Covered, wording_for
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.opening import OpenFile, OpenRecord


@dataclass(frozen=True, repr=False)
class Audience:
    """An authority that the person consented to; `id` stands for its name in addresses."""

    id: str
    name: str


@dataclass(frozen=True, repr=False)
class Line:
    """One piece of evidence in the list for an audience."""

    record: str
    title: str
    way: str
    """How it can be covered: pages, text or none."""
    marked_pages: int
    as_pictures: bool


@dataclass(frozen=True, repr=False)
class ForAudience:
    """Everything that is covered for one authority."""

    audience: Audience
    wording: Wording
    lines: Sequence[Line]


def audiences_in(file: OpenFile) -> list[Audience]:
    """The authorities of the consents of an open case."""
    consents = file.newest("consents")
    said = consents.content["purposes"].get("state_authority") if consents else None
    names = said["recipients"] if said and said["given"] else []
    return [Audience(audience_id(name), name) for name in names]


def audience_id(name: str) -> str:
    """What stands for an authority's name in an address."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def of_case(case: Case, actor: Actor, *, today: date) -> list[ForAudience]:
    """What is covered for each authority that the person consented to."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.DOSSIER, today=today) as file:
        items = file.records(kind="evidence")
        return [
            ForAudience(each, wording_for(file, each.name), [_line(file, each, item) for item in items])
            for each in audiences_in(file)
        ]


def suggested_aliases(case: Case) -> list[str]:
    """For staff of the case whose sign-in name is not their alias: a line that replaces it."""
    parts = CasePart.objects.filter(case=case).select_related("member")
    members = {part.member for part in parts if part.member.sign_in_name.casefold() != part.member.alias.casefold()}
    return sorted(f"{member.sign_in_name} = {member.alias}" for member in members)


def _line(file: OpenFile, audience: Audience, item: OpenRecord) -> Line:
    kind = item.content["file"]["type"]
    covered = Covered.of(file, audience.name, item.id)
    way = "pages" if kind in REDACTABLE else "text" if kind == TEXT else "none"
    return Line(item.id, item.content["title"], way, len(covered.pages), covered.as_pictures and not covered.pages)
