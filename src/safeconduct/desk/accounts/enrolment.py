"""New organisations and members: their keys are made at first sign-in and exist nowhere before."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from safeconduct.core.custody import SYSTEM, Act, Purpose
from safeconduct.desk.accounts import recovery_codes
from safeconduct.desk.accounts.actors import Actor, actor_for
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.accounts.models import Invitation, Member, Organisation, RecoveryCode
from safeconduct.desk.accounts.passphrases import require_strong
from safeconduct.desk.accounts.roles import DESK_ROLES, Role
from safeconduct.desk.custody import services as custody
from safeconduct.desk.vault import granting, identities
from safeconduct.desk.vault.keyholders import MemberKeys, Subject, SubjectKind
from safeconduct.desk.vault.models import new_id
from safeconduct.desk.vault.recovery import digest_of
from safeconduct.desk.vault.secrets import Passphrase


@dataclass(frozen=True, kw_only=True, repr=False)
class NewMember:
    """What is known of a member before their keys are made."""

    sign_in_name: str
    alias: str
    roles: Sequence[Role]
    passphrase: Passphrase
    languages: str = "en"


@dataclass(frozen=True, repr=False)
class Enrolled:
    """A new member with keys unlocked; the second factor and the codes are shown once."""

    actor: Actor
    second_factor: identities.SecondFactor
    recovery_codes: Sequence[str]


@transaction.atomic
def found_organisation(
    *, slug: str, name: str, code: str, country: str, first: NewMember, today: date
) -> tuple[Organisation, Enrolled]:
    """Make an organisation with its desk, signing and log keys, and its first coordinator, who holds them.

    Raises NotAllowed or PassphraseTooWeak before writing.
    """
    if Role.COORDINATOR not in first.roles:
        raise NotAllowed("the first member of an organisation is a coordinator")
    desk_public, desk_seed = identities.new_desk_key()
    signing_public, signing_seed = identities.new_signing_key()
    log_public, log_sealed = identities.new_log_key(slug)
    organisation = Organisation.objects.create(
        id=slug, name=name, code=code, country=country, founded_on=today, signing_public_key=signing_public
    )
    custody.start_log(slug, public_key=log_public, sealed_key=log_sealed)
    _note(organisation, Act.ORGANISATION_CREATED, SYSTEM, organisation.desk, today)
    granting.register_holder(organisation.desk, slug, desk_public)
    enrolled = enrol(organisation, first, today=today)
    granting.seal_seed(desk_subject(organisation), desk_seed, [enrolled.actor.id])
    granting.seal_seed(signing_subject(organisation), signing_seed, [enrolled.actor.id])
    return organisation, enrolled


@transaction.atomic
def enrol(organisation: Organisation, new: NewMember, *, today: date) -> Enrolled:
    """Make a member whose second factor and codes are handed over at once. Raises PassphraseTooWeak before writing."""
    member, keys, factor = make_member(organisation, new)
    return Enrolled(actor_for(member, keys), factor, confirm_joined(member, today=today))


def make_member(organisation: Organisation, new: NewMember) -> tuple[Member, MemberKeys, identities.SecondFactor]:
    """Make a member's keys and seal them under the passphrase. Raises PassphraseTooWeak before writing.

    They have not joined yet: that needs `confirm_joined`, once they have their second factor.
    """
    require_strong(new.passphrase, [new.sign_in_name, new.alias, organisation.name])
    recovery = organisation.recovery_public_key
    owner = identities.Owner(member=new_id(), organisation=organisation.id)
    keys, factor, sealed = identities.make(owner, new.passphrase, bytes(recovery) if recovery else None)
    member = Member.objects.create(
        id=owner.member,
        organisation=organisation,
        sign_in_name=new.sign_in_name,
        alias=new.alias,
        roles=sorted(role.value for role in new.roles),
        languages=new.languages,
        pending_totp=sealed.sealed_totp,
        needs_second_factor=True,
        recovery_key_digest=digest_of(bytes(recovery)) if recovery else "",
        **asdict(sealed),
    )
    return member, keys, factor


def confirm_joined(member: Member, *, today: date) -> list[str]:
    """The member has their second factor: from now on they can sign in. Gives their recovery codes, to be shown once."""
    member.joined_on, member.pending_totp, member.needs_second_factor = today, None, False
    member.save(update_fields=["joined_on", "pending_totp", "needs_second_factor"])
    Invitation.objects.filter(member=member).delete()
    _note(member.organisation, Act.MEMBER_JOINED, member.id, member.id, today)
    return new_recovery_codes(member)


def new_recovery_codes(member: Member) -> list[str]:
    """Ten fresh single-use codes; earlier ones stop working."""
    member.recovery_codes.all().delete()
    codes = recovery_codes.generate_with_digests()
    RecoveryCode.objects.bulk_create([RecoveryCode(member=member, digest=digest) for _, digest in codes])
    return [code for code, _ in codes]


@transaction.atomic
def welcome(member: Member, *, actor: Actor, today: date) -> None:
    """Seal the organisation's keys to a new member, as far as their roles need them.

    Only a coordinator of the same organisation who holds the keys can; NotAllowed for anybody else, before writing.
    """
    if not actor.has_role(Role.COORDINATOR) or actor.organisation != member.organisation_id:
        raise NotAllowed("a coordinator of the same organisation gives keys")
    if not member.is_active or member.joined_on is None:
        raise NotAllowed("keys are for members who have joined and have not left")
    for subject in keys_for(member):
        seed = granting.open_seed(subject, actor)
        if seed is None:
            raise NotAllowed("the coordinator does not hold this key")
        if not granting.holds_seed(subject, member.id):
            granting.seal_seed(subject, seed, [member.id])
            _note(member.organisation, Act.GRANT_GIVEN, actor.id, member.id, today)


def keys_for(member: Member) -> list[Subject]:
    """The organisation's keys that a member's roles need."""
    wanted = []
    if member.has_role(*DESK_ROLES):
        wanted.append(desk_subject(member.organisation))
    if member.has_role(Role.COORDINATOR):
        wanted.append(signing_subject(member.organisation))
    return wanted


def take_keys(member: Member) -> None:
    """Take from a member every key of the organisation that their roles no longer need, or all once they have left."""
    needed = {subject.id for subject in keys_for(member)} if member.is_active else set()
    for subject in (desk_subject(member.organisation), signing_subject(member.organisation)):
        if subject.id not in needed:
            granting.withdraw_seed(subject, member.id)


def lacks_keys(member: Member) -> bool:
    """Whether a coordinator still has to give this member keys."""
    return any(not granting.holds_seed(subject, member.id) for subject in keys_for(member))


def desk_subject(organisation: Organisation) -> Subject:
    """The file that keeps the desk's private key."""
    return Subject(organisation.desk, organisation.id, SubjectKind.ORGANISATION)


def signing_subject(organisation: Organisation) -> Subject:
    """The file that keeps the organisation's signing key."""
    return Subject(organisation.signer, organisation.id, SubjectKind.ORGANISATION)


def _note(organisation: Organisation, act: Act, actor: str, thing: str, today: date) -> None:
    custody.write(organisation.id, act, actor=actor, thing=thing, purpose=Purpose.ADMINISTRATION, today=today)
