"""The signature inside the document: by the releasing organisation, stamped by a partner where one has certificates."""

from collections.abc import Callable, Collection
from dataclasses import asdict
from datetime import UTC, date, datetime, time

from safeconduct.core.pades import sign_document
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.enrolment import signing_subject
from safeconduct.desk.accounts.models import Organisation
from safeconduct.desk.dossiers.errors import NotReady
from safeconduct.desk.dossiers.models import DocumentCertificates, TimeKey
from safeconduct.desk.dossiers.stamping import renew_time_key
from safeconduct.desk.vault import documents, identities, signing
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.keyholders import SigningKey


def renew_certificates(actor: Actor) -> documents.Certificates:
    """The organisation's certificates, made in a session of somebody who holds its signing key. NotReady `key` for others."""
    organisation = actor.member.organisation
    key = _signing_key(actor)
    made = documents.certificates(organisation.name, key, _time_key(organisation.id), since=organisation.founded_on)
    DocumentCertificates.objects.update_or_create(organisation=organisation, defaults=asdict(made))
    return made


def document_seal(
    organisation: Organisation, actor: Actor, partners: Collection[str], *, today: date
) -> Callable[[bytes], bytes]:
    """What signs a document for an organisation whose key the actor holds; NotReady `key` for anybody else.

    The time is the day's beginning: hours are nobody's business (ADR 4). A partner stamps it; without one, the own server does.
    """
    if not TimeKey.objects.filter(organisation=organisation).exists():
        renew_time_key(actor, today=today)
    own = renew_certificates(actor)
    key = _signing_key(actor)
    partner = DocumentCertificates.objects.filter(organisation__in=partners).exclude(organisation=organisation).first()
    stamping = partner.organisation_id if partner else organisation.id
    stamper = documents.document_stamper(_certificates(partner) if partner else own, _time_key(stamping))
    signer = documents.document_signer(own, key)
    at = datetime.combine(today, time(), tzinfo=UTC)
    return lambda pdf: sign_document(pdf, signer=signer, stamper=stamper, at=at)


def roots() -> bytes:
    """Every organisation's root certificate as PEM, for officials to import."""
    rows = DocumentCertificates.objects.order_by("organisation")
    return b"".join(bytes(row.root_pem) for row in rows)


def _signing_key(actor: Actor) -> SigningKey:
    try:
        return signing.organisation_key(signing_subject(actor.member.organisation), actor)
    except NotGranted:
        raise NotReady("key") from None


def _certificates(row: DocumentCertificates) -> documents.Certificates:
    parts = (row.root, row.document, row.time, row.revocations, row.root_pem)
    return documents.Certificates(*(bytes(part) for part in parts))


def _time_key(organisation: str) -> SigningKey:
    return identities.time_key(organisation, bytes(TimeKey.objects.get(organisation=organisation).sealed_key))
