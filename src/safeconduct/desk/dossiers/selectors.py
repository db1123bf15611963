"""Reads of dossiers."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.custody import Purpose
from safeconduct.core.dossier.attestations import EvaluationStatement
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.dossiers.models import Attestation, Dossier
from safeconduct.desk.dossiers.services import attestation_place
from safeconduct.desk.vault import attestations, opening


@dataclass(frozen=True, repr=False)
class Choices:
    """What a composer can choose from."""

    recipients: Sequence[str]
    items: Sequence[tuple[str, str]]


def choices(case: Case, actor: Actor, *, today: date) -> Choices:
    """Authorities that the person consented to, and the evidence at hand."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.DOSSIER, today=today) as file:
        consents = file.newest("consents")
        items = file.records(kind="evidence")
    said = consents.content["purposes"].get("state_authority") if consents else None
    recipients = said["recipients"] if said and said["given"] else []
    return Choices(recipients, [(item.id, item.content["title"]) for item in items])


def statement_for(attestation: Attestation, actor: Actor) -> EvaluationStatement:
    """What the evaluator is asked to sign."""
    encoded = attestations.open_statement(attestation_place(attestation), bytes(attestation.statement), actor)
    return EvaluationStatement.decode(encoded)


@dataclass(frozen=True, repr=False)
class BeforeRelease:
    """What a second person reads before they release."""

    recipient: str
    language: str
    digest: str
    """SHA-256 of the manifest, as it will stand in the verification."""
    pages: Sequence[str]
    """Paths of everything inside."""
    evidence: Sequence[tuple[str, str]]
    """(title, what it shows about the person)"""


def shown_before_release(dossier: Dossier, actor: Actor, *, today: date) -> BeforeRelease:
    """The contents of a composed dossier, for whoever releases it."""
    with opening.opened(dossier.case.subject, holder=actor, purpose=Purpose.RELEASE, today=today) as file:
        kept = file.read(dossier.record).content
        items = [file.read(record).content for record in kept["evidence"]]
    manifest = kept["manifest"].encode()
    return BeforeRelease(
        recipient=kept["recipient"],
        language=kept["language"],
        digest=hashlib.sha256(manifest).hexdigest(),
        pages=sorted(kept["documents"]),
        evidence=[(item["title"], item["shows"]) for item in items],
    )
