"""Three invented organisations and eight invented colleagues. The passphrases are public: never use this home for real work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.desk.accounts import enrolment
from safeconduct.desk.accounts.actors import Actor, actor_for, owner_of
from safeconduct.desk.accounts.enrolment import NewMember
from safeconduct.desk.accounts.models import Member, Organisation
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.dossiers.vouching import vouch_for
from safeconduct.desk.pathways.models import Authority
from safeconduct.desk.vault import identities
from safeconduct.desk.vault.keyholders import MemberKeys
from safeconduct.desk.vault.secrets import Passphrase

AUTHORITY = "Ministère de l'Exemple, direction de l'asile"
"""An invented authority."""


@dataclass(frozen=True)
class Colleague:
    """One invented member and how to sign in as them."""

    name: str
    alias: str
    organisation: str
    roles: Sequence[Role]
    passphrase: str
    does: str
    """What they do in the demonstration, for the list of logins."""


ORGANISATIONS = {
    "lueur": ("Lueur", "LUE", "FR"),
    "geleit-nord": ("Geleit Nord", "GEL", "DE"),
    "dala-qamqor": ("Dala Qamqor", "DAL", "KZ"),
}
COLLEAGUES = (
    Colleague(
        "camille",
        "Camille",
        "lueur",
        (Role.COORDINATOR, Role.CASEWORKER),
        "seven kites above a quiet harbour",
        "coordinates, composes dossiers",
    ),
    Colleague(
        "noemie",
        "Noémie",
        "lueur",
        (Role.COORDINATOR, Role.LIAISON),
        "copper kettles sing before the rain",
        "releases dossiers, speaks to authorities",
    ),
    Colleague(
        "sacha",
        "Sacha",
        "lueur",
        (Role.CASEWORKER, Role.RESEARCHER),
        "nobody counts the swallows in June",
        "answers requests, holds interviews, collects evidence",
    ),
    Colleague(
        "jonas", "Jonas", "geleit-nord", (Role.COORDINATOR, Role.EVALUATOR), "the ferry leaves without its shadow", "evaluates"
    ),
    Colleague(
        "aigerim", "Aigerim", "dala-qamqor", (Role.COORDINATOR, Role.EVALUATOR), "apricots dry slowly on a blue roof", "evaluates"
    ),
    Colleague(
        "timur",
        "Timur",
        "dala-qamqor",
        (Role.CASEWORKER, Role.EVALUATOR),
        "a lantern for every second bridge",
        "answers requests, third evaluator",
    ),
    Colleague(
        "ines",
        "Inès",
        "lueur",
        (Role.CASEWORKER, Role.SECURITY_READER),
        "the well remembers every bucket",
        "answers requests, reads security concerns",
    ),
    Colleague(
        "odile",
        "Odile",
        "lueur",
        (Role.ADMINISTRATOR, Role.AUDITOR),
        "old maps fold better than new ones",
        "administers, reads the custody log, no case",
    ),
)

_unlocked: dict[str, MemberKeys] = {}
# Keys of the demonstration stay open while it is walked: unlocking is slow on purpose.


def is_founded() -> bool:
    """Whether this home holds the demonstration already."""
    return Organisation.objects.filter(pk="lueur").exists()


def found_coalition(today: date) -> None:
    """Make the organisations, their members and their keys, and vouch for the evaluators."""
    for colleague in COLLEAGUES:
        new = NewMember(
            sign_in_name=colleague.name,
            alias=colleague.alias,
            roles=colleague.roles,
            passphrase=Passphrase(colleague.passphrase),
        )
        organisation = Organisation.objects.filter(pk=colleague.organisation).first()
        if organisation is None:
            name, code, country = ORGANISATIONS[colleague.organisation]
            _, enrolled = enrolment.found_organisation(
                slug=colleague.organisation, name=name, code=code, country=country, first=new, today=today
            )
            first = enrolled.actor
        else:
            enrolled = enrolment.enrol(organisation, new, today=today)
            first = _first_of(organisation)
            enrolment.welcome(enrolled.actor.member, actor=first, today=today)
        if Role.EVALUATOR in colleague.roles:
            vouch_for(enrolled.actor.member, first, today=today)
    Authority.objects.create(organisation_id="lueur", name=AUTHORITY, country="FR", language="fr")


def actor_named(name: str) -> Actor:
    """A colleague with keys unlocked by their public passphrase."""
    member = Member.objects.select_related("organisation").get(sign_in_name=name)
    if name not in _unlocked:
        passphrase = next(Passphrase(each.passphrase) for each in COLLEAGUES if each.name == name)
        _unlocked[name] = identities.unlock(owner_of(member), bytes(member.sealed_keys), passphrase)
    return actor_for(member, _unlocked[name])


def code_of(name: str, *, at: int) -> str:
    """The six digits that a colleague's authenticator would show; `at` in unix seconds."""
    actor = actor_named(name)
    factor = identities.open_second_factor(owner_of(actor.member), actor.keys, bytes(actor.member.sealed_totp))
    return factor.code(at)


def _first_of(organisation: Organisation) -> Actor:
    name = next(each.name for each in COLLEAGUES if each.organisation == organisation.id)
    return actor_named(name)
