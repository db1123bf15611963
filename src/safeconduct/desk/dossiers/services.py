"""Writes of dossiers: composed by one, attested by the evaluators, released by a second person."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.dossier import (
    Annex,
    DossierContent,
    Draft,
    Language,
    LogKey,
    Recipient,
    Signatory,
    attest,
    compose,
    enclose,
    release,
    resume,
    write_dossier,
)
from safeconduct.core.dossier.attestations import EvaluationStatement
from safeconduct.core.dossier.manifest import DOCUMENT_PATH
from safeconduct.core.evaluation import expires_on
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.enrolment import signing_subject
from safeconduct.desk.accounts.models import Organisation
from safeconduct.desk.cases.models import Case
from safeconduct.desk.custody import services as custody
from safeconduct.desk.custody.selectors import log_key_of, proofs
from safeconduct.desk.dossiers import contents
from safeconduct.desk.dossiers.errors import NotReady, SamePerson
from safeconduct.desk.dossiers.leaving import Leaving, annexes_of, evidence_leaving
from safeconduct.desk.dossiers.models import Attestation, Dossier
from safeconduct.desk.dossiers.papers import document_seal
from safeconduct.desk.dossiers.readiness import (
    Redacted,
    consent_for,
    counting,
    require_as_composed,
    require_free,
    require_recommended,
)
from safeconduct.desk.dossiers.rewording import reworded
from safeconduct.desk.dossiers.stamping import stamped, stamper_for
from safeconduct.desk.dossiers.vouching import voucher_of
from safeconduct.desk.evaluations.selectors import Compared
from safeconduct.desk.redactions.services import wording_for
from safeconduct.desk.vault import attestations, files, identities, opening, signing
from safeconduct.desk.vault.sections import Section

EVALUATIONS = "evaluations"
"""Among what has to be read: the evaluations themselves."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Plan:
    """What the composer chose."""

    recipient: str
    """The authority, as the person consented to it."""
    address: Sequence[str]
    language: str
    """fr, en or ru."""
    request: str
    """What is asked for, as a heading."""
    summary: str
    limits: str
    """What the inquiry into exclusion and security did not cover: one limit a line."""
    sections: Sequence[Section]
    """Which of `contents.TELLABLE` the person's own words are taken from."""
    evidence: Sequence[str]
    """Record ids, in the order of the list."""
    with_reasons: bool
    contact: Sequence[str]


def compose_dossier(case: Case, actor: Actor, plan: Plan, *, today: date) -> Dossier:
    """Compose a version for one authority and ask its evaluators to attest it.

    Raises NotReady, with a code, before writing: stage, held-back, expired, decision, consent, voucher, uncleaned, key.
    """
    side_by_side = counting(case, actor, today=today)
    require_free(case, plan.evidence)
    leaving = evidence_leaving(case, actor, plan.evidence, plan.recipient, today=today)
    annexes = annexes_of(case, actor, leaving, today=today)
    partners = [each.evaluator.organisation_id for each in side_by_side.opened]
    seal = document_seal(case.organisation, actor, partners, today=today)
    with opening.opened(case.subject, holder=actor, purpose=Purpose.DOSSIER, today=today) as file:
        require_recommended(file)
        wording = consent_for(file, plan.recipient, plan.language, case.organisation)
        items = [file.read(record) for record in plan.evidence]
        draft = _draft(case, file, side_by_side, items, leaving, annexes, plan, wording, seal, today)
        version = case.dossiers.count() + 1
        record = file.write(Section.LEGAL, "dossier", _kept(file, draft, leaving, plan))
        dossier = Dossier.objects.create(case=case, version=version, composed_by=actor.member, composed_on=today, record=record)
        _ask_for_attestations(dossier, draft, side_by_side)
        file.note(Act.DOSSIER_COMPOSED, dossier.id)
    return dossier


def attest_dossier(attestation: Attestation, actor: Actor, *, today: date) -> None:
    """The evaluator signs that this is their evaluation and that it stands in this dossier."""
    case = attestation.dossier.case
    statement = EvaluationStatement.decode(
        attestations.open_statement(attestation_place(attestation), bytes(attestation.statement), actor)
    )
    envelope = attest(statement, actor.signing)
    sealed = attestations.seal_envelope(attestation_place(attestation), envelope, bytes(case.reading_key))
    Attestation.objects.filter(pk=attestation.pk, envelope=None).update(envelope=sealed)
    custody.write(
        case.organisation_id,
        Act.DOSSIER_ATTESTED,
        actor=actor.id,
        thing=attestation.dossier_id,
        purpose=Purpose.DOSSIER,
        today=today,
    )


def to_be_read(kept: dict[str, Any]) -> list[str]:
    """What has to be read before a composed dossier is released: records of evidence, sections, EVALUATIONS."""
    return [*kept.get("sections", ()), EVALUATIONS, *kept["evidence"]]


def release_dossier(dossier: Dossier, actor: Actor, *, read: Collection[str], today: date, now: datetime) -> None:
    """A second person, who has read what each of the things `to_be_read` shows, signs for the organisation.

    The package is written, sealed, and its digest kept. `now` (aware) is the minute that a partner's time key attests. Raises
    SamePerson or NotReady before writing; what has changed since it was composed is asked again.
    """
    if dossier.composed_by_id == actor.id:
        raise SamePerson("a second person releases")
    require_free(dossier.case)
    rows = list(dossier.attestations.order_by("position"))
    if any(row.envelope is None for row in rows):
        raise NotReady("attestations")
    case = dossier.case
    side_by_side = counting(case, actor, today=today)
    organisation_key = signing.organisation_key(signing_subject(case.organisation), actor)
    with opening.opened(case.subject, holder=actor, purpose=Purpose.RELEASE, today=today) as file:
        waiting = Dossier.objects.filter(pk=dossier.pk, state=Dossier.State.COMPOSED)
        if not waiting.update(state=Dossier.State.RELEASED, released_by=actor.member, released_on=today):
            raise NotReady("released")
        record = file.read(dossier.record)
        if not set(to_be_read(record.content)) <= set(read):
            raise NotReady("unread")
        draft = _resumed(record.content)
        require_as_composed(case, file, record.content, draft, side_by_side, today=today)
        readings = file.reading_pairs(Section.EVALUATIONS)
        envelopes = [attestations.open_envelope(attestation_place(row), bytes(row.envelope or b""), readings) for row in rows]
        aliases = (dossier.composed_by.alias, actor.member.alias)
        released = release(draft, envelopes, signing_key=organisation_key, day=today, released_by=aliases)
        stamp = stamped(draft, released, now=now)
        stream = files.SealingStream()
        try:
            write_dossier(draft, envelopes, released, stream, stamped=stamp)  # type: ignore[arg-type]  # only write() is used
        except BaseException:
            stream.abandon()
            raise
        package = stream.finish(file, name=f"{case.reference}-{dossier.version}.zip", kind="application/zip")
        kept = {"package": package, "released_at": now.strftime("%Y-%m-%d %H:%M:%S"), "read_by": actor.id}
        file.write(Section.LEGAL, "dossier", {**record.content, **kept}, replaces=record)
        file.note(Act.DOSSIER_RELEASED, dossier.id)
        Case.objects.filter(pk=case.pk, stage=Case.Stage.DOSSIER).update(stage=Case.Stage.SUBMISSION)


def package_of(dossier: Dossier, actor: Actor, *, today: date) -> files.Reference:
    """The reference of a released package, for streaming it out; every hand-out is an entry.

    NotReady: release, withdrawn; consent and held-back, where the person or a concern has meanwhile forbidden it.
    """
    with opening.opened(dossier.case.subject, holder=actor, purpose=Purpose.SUBMISSION, today=today) as file:
        package = _leaving(dossier, file)
        file.note(Act.CASE_EXPORTED, dossier.id)
    return package


def require_leaves(dossier: Dossier, actor: Actor, *, today: date) -> None:
    """NotReady where `package_of` would refuse; nothing is handed out."""
    with opening.opened(dossier.case.subject, holder=actor, purpose=Purpose.SUBMISSION, today=today) as file:
        _leaving(dossier, file)


def _leaving(dossier: Dossier, file: opening.OpenFile) -> files.Reference:
    if dossier.state == Dossier.State.WITHDRAWN:
        raise NotReady("withdrawn")
    require_free(dossier.case)
    kept = file.read(dossier.record).content
    package: files.Reference | None = kept.get("package")
    if package is None:
        raise NotReady("release")
    consent_for(file, kept["recipient"], kept["language"], dossier.case.organisation)
    return package


def document_of(dossier: Dossier, actor: Actor, *, today: date) -> files.Reference:
    """The composed document, for whoever reads it before release."""
    with opening.opened(dossier.case.subject, holder=actor, purpose=Purpose.RELEASE, today=today) as file:
        document: files.Reference = file.read(dossier.record).content["documents"][DOCUMENT_PATH]
    return document


def attestation_place(attestation: Attestation) -> attestations.Place:
    """What an attestation's sealed parts are bound to."""
    return attestations.Place(attestation.dossier.case.subject, attestation.dossier_id, attestation.evaluator_id)


def _draft(
    case: Case,
    file: opening.OpenFile,
    side_by_side: Compared,
    items: Sequence[opening.OpenRecord],
    leaving: Sequence[Leaving],
    annexes: tuple[Annex, ...],
    plan: Plan,
    wording: str,
    seal: Callable[[bytes], bytes],
    today: date,
) -> Draft:
    interviewed = contents.Interviewed.of(file, [section for section in contents.TELLABLE if section in plan.sections])
    card = file.newest("card")
    if interviewed is None or card is None:
        raise NotReady("interview")
    enclosed = enclose([each.file() for each in leaving])
    numbers = {item.id: number for number, item in enumerate(items, start=1)}
    criteria = side_by_side.comparison.criteria
    opened = side_by_side.opened
    vouchers = [voucher_of(each.evaluator) for each in opened]
    if any(voucher is None for voucher in vouchers):
        raise NotReady("voucher")
    limits = [line.strip() for line in plan.limits.splitlines() if line.strip()]
    language, reasons = plan.language, plan.with_reasons
    content = DossierContent(
        language=Language(language),
        reference=case.reference,
        version=case.dossiers.count() + 1,
        day=today,
        valid_until=contents.validity(today, [expires_on(each.evaluation, criteria) - timedelta(days=1) for each in opened]),
        organisation=case.organisation_id,
        organisations=_signatories(case, side_by_side),
        contact=tuple(plan.contact),
        recipient=Recipient(name=plan.recipient, address=tuple(plan.address)),
        request=plan.request,
        person=interviewed.person(card.content["name"], language),
        summary=tuple(paragraph for paragraph in plan.summary.split("\n\n") if paragraph.strip()),
        chronology=interviewed.chronology(language),
        statements=interviewed.statements(language),
        claims=contents.claims(side_by_side, numbers, language),
        evaluations=tuple(contents.evaluation_shown(each, criteria, language=language, with_reasons=reasons) for each in opened),
        evaluators=tuple(voucher for voucher in vouchers if voucher is not None),
        exclusion=contents.inquiry(side_by_side, "exclusion", language=language, with_reasons=reasons, limits=limits),
        security=contents.inquiry(side_by_side, "security", language=language, with_reasons=reasons, limits=limits),
        evidence=contents.evidence_shown(items, enclosed, [each.is_redacted for each in leaving], language),
        annexes=annexes,
        consents=(wording,),
        logs=(LogKey(case.organisation_id, signing.log_public_key(log_key_of(case.organisation_id)[0])),),
        objects=tuple(sorted([case.id, *(each.assignment.id for each in opened)])),
    )
    content = reworded(content, wording_for(file, plan.recipient))
    stamper = stamper_for(case.organisation_id, [each.id for each in content.organisations], today=today)
    proofs = [proof.encode() for proof in _proofs(case, side_by_side)]
    return compose(content, enclosed, proofs, time_stamper=stamper, seal=seal)


def _proofs(case: Case, side_by_side: Compared) -> Sequence[Any]:  # Any: proof bundles of the custody package
    wanted = [(Act.EVALUATION_SIGNED, each.assignment.id) for each in side_by_side.opened]
    wanted.append((Act.DECISION_SIGNED, case.id))
    _, sealed_key = log_key_of(case.organisation_id)
    return proofs(case.organisation_id, wanted, sign=identities.log_signer(case.organisation_id, sealed_key))


def _signatories(case: Case, side_by_side: Compared) -> tuple[Signatory, ...]:
    ids = {case.organisation_id, *(each.evaluator.organisation_id for each in side_by_side.opened)}
    return tuple(
        Signatory(row.id, row.name, signing.public_key(bytes(row.signing_public_key)))
        for row in Organisation.objects.filter(pk__in=ids).order_by("id")
    )


def _kept(file: opening.OpenFile, draft: Draft, leaving: Sequence[Leaving], plan: Plan) -> dict[str, Any]:
    return {
        "recipient": plan.recipient,
        "language": plan.language,
        "request": plan.request,
        "sections": [section.value for section in plan.sections],
        "evidence": list(plan.evidence),
        "redacted": Redacted.of(file, plan.recipient, plan.evidence).value(),
        "leaving": [{"kind": each.kind, "file": each.reference} for each in leaving],
        "manifest": draft.manifest.encode().decode(),
        "documents": {
            path: files.keep(file, document, name=path, kind="application/octet-stream")
            for path, document in draft.documents.items()
        },
    }


def _resumed(kept: dict[str, Any]) -> Draft:
    documents = {path: b"".join(files.stream(reference)) for path, reference in kept["documents"].items()}
    evidence = [Leaving(each["kind"], each["file"]).file() for each in kept["leaving"]]
    return resume(kept["manifest"].encode(), documents, evidence)


def _ask_for_attestations(dossier: Dossier, draft: Draft, side_by_side: Compared) -> None:
    pairs = zip(side_by_side.opened, draft.statements(), strict=True)
    for position, (opened, statement) in enumerate(pairs, start=1):
        place = attestations.Place(dossier.case.subject, dossier.id, opened.evaluator.id)
        sealed = attestations.seal_statement(place, statement.encode(), bytes(opened.evaluator.sealing_public_key))
        Attestation.objects.create(dossier=dossier, evaluator=opened.evaluator, position=position, statement=sealed)
