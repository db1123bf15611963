"""Writes of site cards: a coordinator signs under which addresses and keys the organisation can be reached."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.statements import Signer, SiteCard, Statement, sign_statement
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.enrolment import signing_subject
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.custody import services as custody
from safeconduct.desk.sitecards.models import PublishedCard
from safeconduct.desk.vault import signing
from safeconduct.desk.vault.identities import holder_fingerprint


@transaction.atomic
def sign_card(actor: Actor, addresses: Sequence[str], *, days: int, today: date) -> Statement:
    """Sign a card for so many days from today; it replaces the one before.

    Raises NotAllowed for anybody but a coordinator, NotGranted where the organisation's signing key is not held, and
    NotStatementForm for an address in another spelling; each before anything is written.
    """
    if not actor.has_role(Role.COORDINATOR):
        raise NotAllowed("a coordinator signs for the organisation")
    organisation = actor.member.organisation
    key = signing.organisation_key(signing_subject(organisation), actor)
    card = SiteCard(
        addresses=tuple(addresses),
        fingerprints=(key.public_key().fingerprint(), holder_fingerprint(organisation.desk)),
        valid_from=today,
        valid_until=today + timedelta(days=days),
    )
    signed = sign_statement(key, Signer(organisation.id, organisation.name), card, day=today)
    PublishedCard.objects.update_or_create(organisation=organisation, defaults={"encoded": signed.encode()})
    custody.write(
        organisation.id,
        Act.SETTING_CHANGED,
        actor=actor.id,
        thing=organisation.signer,
        purpose=Purpose.ADMINISTRATION,
        today=today,
    )
    return signed
