"""Reads of dossiers."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from safeconduct.core.custody import Purpose
from safeconduct.core.dossier.attestations import EvaluationStatement
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.words import section_choices
from safeconduct.desk.dossiers.models import Attestation, Dossier
from safeconduct.desk.dossiers.services import EVALUATIONS, attestation_place, to_be_read
from safeconduct.desk.dossiers.words import EVALUATIONS_REVEAL, SECTION_REVEALS, reveals_in_words
from safeconduct.desk.vault import attestations, opening
from safeconduct.desk.vault.sections import Section


@dataclass(frozen=True, repr=False)
class Choices:
    """What a composer can choose from."""

    recipients: Sequence[str]
    items: Sequence[tuple[str, str]]
    """Record, and title with what it tells about the person."""


def choices(case: Case, actor: Actor, *, today: date) -> Choices:
    """Authorities that the person consented to, and the evidence at hand."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.DOSSIER, today=today) as file:
        consents = file.newest("consents")
        items = file.records(kind="evidence")
    said = consents.content["purposes"].get("state_authority") if consents else None
    recipients = said["recipients"] if said and said["given"] else []
    return Choices(recipients, [(item.id, _with_reveals(item.content)) for item in items])


def statement_for(attestation: Attestation, actor: Actor) -> EvaluationStatement:
    """What the evaluator is asked to sign."""
    encoded = attestations.open_statement(attestation_place(attestation), bytes(attestation.statement), actor)
    return EvaluationStatement.decode(encoded)


@dataclass(frozen=True, repr=False)
class Thing:
    """Something that leaves, and what it tells about the person."""

    id: str
    title: str
    reveals: str


@dataclass(frozen=True, repr=False)
class BeforeRelease:
    """What a second person reads before they release."""

    recipient: str
    language: str
    digest: str
    """SHA-256 of the manifest, as it will stand in the verification."""
    pages: Sequence[str]
    """Paths of everything inside."""
    things: Sequence[Thing]
    """Everything that has to be read and ticked."""


def shown_before_release(dossier: Dossier, actor: Actor, *, today: date) -> BeforeRelease:
    """The contents of a composed dossier, for whoever releases it."""
    with opening.opened(dossier.case.subject, holder=actor, purpose=Purpose.RELEASE, today=today) as file:
        kept = file.read(dossier.record).content
        things = [_thing(file, thing) for thing in to_be_read(kept)]
    manifest = kept["manifest"].encode()
    return BeforeRelease(
        recipient=kept["recipient"],
        language=kept["language"],
        digest=hashlib.sha256(manifest).hexdigest(),
        pages=sorted(kept["documents"]),
        things=things,
    )


@dataclass(frozen=True, repr=False)
class Release:
    """One released version as the case keeps it."""

    version: int
    recipient: str
    language: str
    composed_by: str
    released_by: str
    released_on: date
    at: str
    """The moment, UTC to the second; empty where it was not kept."""
    size: int
    sha256: str
    """Of the exact bytes that left."""


def releases(case: Case, actor: Actor, *, today: date) -> list[Release]:
    """Every released version of a case, newest first."""
    rows = list(case.dossiers.exclude(released_on=None).select_related("composed_by", "released_by").order_by("-version"))
    if not rows:
        return []
    with opening.opened(case.subject, holder=actor, purpose=Purpose.DOSSIER, today=today) as file:
        return [_release(row, file.read(row.record).content) for row in rows]


def _release(row: Dossier, kept: dict[str, Any]) -> Release:
    assert row.released_by is not None
    assert row.released_on is not None
    return Release(
        version=row.version,
        recipient=kept["recipient"],
        language=kept["language"],
        composed_by=row.composed_by.alias,
        released_by=row.released_by.alias,
        released_on=row.released_on,
        at=kept.get("released_at", ""),
        size=kept["package"]["size"],
        sha256=kept["package"]["sha256"],
    )


def _thing(file: opening.OpenFile, thing: str) -> Thing:
    if thing == EVALUATIONS:
        return Thing(thing, gettext("Evaluations"), str(EVALUATIONS_REVEAL))
    if thing in SECTION_REVEALS:
        return Thing(thing, dict(section_choices())[thing], str(SECTION_REVEALS[Section(thing)]))
    content = file.read(thing).content
    return Thing(thing, content["title"], reveals_in_words(content.get("reveals", ()), content["shows"]))


def _with_reveals(content: dict[str, Any]) -> str:
    return f"{content['title']} — {reveals_in_words(content.get('reveals', ()), content['shows'])}"
