"""Time stamps: the server attests, with a key of a partner organisation, when a dossier was released.

The server holds the keys of every organisation on it, so a stamp binds the people of the releasing organisation and not
whoever runs the server (docs/limitations.md).
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.dossier import Draft, Voucher, VoucherRole, stamp, vouch
from safeconduct.core.dossier.trust import read_voucher
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.enrolment import signing_subject
from safeconduct.desk.custody import services as custody
from safeconduct.desk.dossiers.models import TimeKey
from safeconduct.desk.vault import identities, signing

VALID_FOR = timedelta(days=730)


def renew_time_key(actor: Actor, *, today: date) -> None:
    """Make the organisation's time key where there is none, and vouch for it for two more years; the caller is a coordinator."""
    organisation = actor.member.organisation
    row = TimeKey.objects.filter(organisation=organisation).first() or TimeKey(organisation=organisation)
    if not row.public_key:
        row.public_key, row.sealed_key = identities.new_time_key(organisation.id)
    row.voucher = vouch(
        signing.organisation_key(signing_subject(organisation), actor),
        organisation=organisation.id,
        role=VoucherRole.TIME,
        alias=organisation.name,
        key=signing.public_key(bytes(row.public_key)),
        first_day=today,
        last_day=today + VALID_FOR,
    ).encode()
    row.save()
    thing, act, purpose = f"signing:{organisation.id}", Act.CREDENTIAL_CHANGED, Purpose.KEYS
    custody.write(organisation.id, act, actor=actor.id, thing=thing, purpose=purpose, today=today)


def stamper_for(releasing: str, partners: Collection[str], *, today: date) -> Voucher | None:
    """The time key of a partner of this dossier that is vouched for today; None where no partner has one."""
    rows = TimeKey.objects.filter(organisation__in=partners).exclude(organisation=releasing).order_by("organisation")
    vouchers = [read_voucher(bytes(row.voucher)) for row in rows]
    return next((voucher for voucher in vouchers if voucher.covers(today)), None)


def stamped(draft: Draft, released: bytes, *, now: datetime) -> bytes | None:
    """The time attestation over a release, where the manifest names a time stamper."""
    stamper = draft.manifest.time_stamper
    if stamper is None:
        return None
    row = TimeKey.objects.get(organisation=stamper.organisation)
    return stamp(draft, released, time_key=identities.time_key(stamper.organisation, bytes(row.sealed_key)), now=now)
