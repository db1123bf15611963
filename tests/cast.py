"""The fixed cast that meets every page.

Amal   owner: coordinator and caseworker of Lantern (France)
Bea    granted: evaluator of Harbour (Germany), works on Amal's cases where a test lets her
Chidi  other organisation: coordinator and caseworker of Steppe (Kazakhstan)
Dana   administrator of Lantern, without keys
Emil   evaluator of Steppe
Farah  second releaser: coordinator of Lantern
Gita   auditor of Lantern
Hugo   caseworker and security reader of Lantern
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.test import Client

from safeconduct import packs
from safeconduct.desk.accounts import enrolment, sessions
from safeconduct.desk.accounts.actors import Actor, actor_for
from safeconduct.desk.accounts.enrolment import Enrolled, NewMember
from safeconduct.desk.accounts.middleware import SESSION_COOKIE
from safeconduct.desk.accounts.models import Member, Organisation
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases import services as cases
from safeconduct.desk.cases.models import Case
from safeconduct.desk.intake import services as intake
from safeconduct.desk.intake.models import Request
from safeconduct.desk.vault.secrets import Passphrase, Receipt
from safeconduct.desk.vault.uploads import SealedUpload
from safeconduct.desk.web import clock

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PASSPHRASE = "quiet lanterns over nine rivers"

_ROLES = {
    "amal": ("lantern", [Role.COORDINATOR, Role.CASEWORKER]),
    "bea": ("harbour", [Role.COORDINATOR, Role.EVALUATOR]),
    "chidi": ("steppe", [Role.COORDINATOR, Role.CASEWORKER]),
    "dana": ("lantern", [Role.ADMINISTRATOR]),
    "emil": ("steppe", [Role.EVALUATOR]),
    "farah": ("lantern", [Role.COORDINATOR, Role.LIAISON]),
    "gita": ("lantern", [Role.AUDITOR]),
    "hugo": ("lantern", [Role.CASEWORKER, Role.SECURITY_READER]),
}
_ORGANISATIONS = {"lantern": ("LAN", "FR"), "harbour": ("HAR", "DE"), "steppe": ("STE", "KZ")}


@dataclass(frozen=True, repr=False)
class Cast:
    """Everybody, enrolled once for the whole test run; tests roll back what they change."""

    enrolled: dict[str, Enrolled]

    def actor(self, name: str) -> Actor:
        """A member with keys unlocked, as the database knows them now."""
        actor = self.enrolled[name].actor
        member = Member.objects.select_related("organisation").get(pk=actor.id)
        return actor_for(member, actor.keys)

    def organisation(self, slug: str) -> Organisation:
        """One of the three organisations."""
        return Organisation.objects.get(pk=slug)

    def client(self, name: str) -> Client:
        """A browser in which a member is signed in."""
        actor = self.actor(name)
        cookie, _ = sessions.open_session(actor.member, actor.keys, now=clock.now())
        client = Client(headers={"accept-language": "en"})
        client.cookies[SESSION_COOKIE] = cookie
        return client

    def stranger(self) -> Client:
        """A browser that nobody has signed in with."""
        return Client(headers={"accept-language": "en"})


def enrol_everybody() -> Cast:
    """Make the three organisations and the cast."""
    enrolled: dict[str, Enrolled] = {}
    for name, (slug, roles) in _ROLES.items():
        new = NewMember(sign_in_name=name, alias=name.capitalize(), roles=roles, passphrase=Passphrase(PASSPHRASE))
        organisation = Organisation.objects.filter(pk=slug).first()
        if organisation is None:
            code, country = _ORGANISATIONS[slug]
            _, enrolled[name] = enrolment.found_organisation(
                slug=slug, name=slug.capitalize(), code=code, country=country, first=new, today=TODAY
            )
            continue
        enrolled[name] = enrolment.enrol(organisation, new, today=TODAY)
        first = next(other for other in enrolled.values() if other.actor.organisation == slug)
        enrolment.welcome(enrolled[name].actor.member, actor=first.actor, today=TODAY)
    return Cast(enrolled)


def a_request(
    cast: Cast,
    slug: str = "lantern",
    story: str = "I was called up and I left.",
    files: Sequence[SealedUpload] = (),
    *,
    more: Mapping[str, Mapping[str, object]] | None = None,
    word: str = "",
) -> tuple[Receipt, Request]:
    """A fresh request to an organisation's desk; `more` are the parts of further answers, by question."""
    told = {"account": {"story": story}, **(more or {})}
    filing = intake.Filing(
        stamp=packs.questionnaire(packs.REQUEST).stamp,
        language="ru",
        answers={question: {"state": "answered", "parts": dict(parts)} for question, parts in told.items()},
        files=files,
        word=word,
    )
    return intake.file_request(cast.organisation(slug), filing, today=TODAY)


def a_case(cast: Cast, name: str = "amal", working_name: str = "Stepan") -> Case:
    """A case that a member opened from a fresh request to their desk."""
    actor = cast.actor(name)
    _, request = a_request(cast, actor.organisation)
    triage = cases.Triage(
        working_name=working_name, country="KZ", category="mobilised", urgency="soon", risk="raised", language="ru"
    )
    consents = [
        cases.Consent(purpose="case_handling", given=True),
        cases.Consent(purpose="partner", given=True, recipients=["Harbour", "Steppe", "Lantern"]),
    ]
    return cases.open_case(request, actor, triage, consents, wording=packs.consents(packs.CONSENTS).stamp, today=TODAY)
