"""Writes of cases: a case is opened from a request, gets consents and an interview, and is worked on by members."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.packtext import PackStamp
from safeconduct.core.questionnaires import Reach
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.enrolment import lacks_keys
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.accounts.models import Member, Organisation
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases import clocks
from safeconduct.desk.cases.errors import NotConsented
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.cases.signals import taken_off
from safeconduct.desk.intake import filed_consents
from safeconduct.desk.intake.errors import StillInside
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.own_consent import require_own_consent
from safeconduct.desk.intake.services import end_waiting, opened_by_desk
from safeconduct.desk.vault import granting, opening
from safeconduct.desk.vault.errors import KeysChanged
from safeconduct.desk.vault.keyholders import SubjectKind
from safeconduct.desk.vault.models import Grant
from safeconduct.desk.vault.sections import Section

_REFERENCE_LETTERS = "ACDEFGHJKLMNPQRTUVWXY3479"
INSIDE = "RU"


@dataclass(frozen=True, kw_only=True, repr=False)
class Triage:
    """What the caseworker found when reading a request."""

    working_name: str
    """A name to work with; not the legal name."""
    country: str
    """Where the person is: ISO 3166-1 alpha-2. Russia never becomes a case."""
    category: str
    """Military category, a word of the screening questionnaire, or `unknown`."""
    urgency: str
    """routine, soon or urgent."""
    risk: str
    """low, raised, high or unknown."""
    language: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Consent:
    """One purpose and what the person said, with the wording they were shown."""

    purpose: str
    given: bool
    recipients: Sequence[str] = field(default=())
    """Named partners or authorities, for purposes that need names."""


def open_case(
    request: Request, actor: Actor, triage: Triage, consents: Sequence[Consent], *, wording: PackStamp, today: date
) -> Case:
    """Open a case from a request, with what the person consented to.

    `wording` is the consent pack whose words were shown. Raises StillInside for a person in Russia, by the triage or by what
    they last answered themselves, OwnConsentMissing where somebody else wrote for a person who has not agreed, and NotAllowed
    without consent to handle the case, both before writing; AlreadyTriaged where somebody was faster.
    """
    if triage.country.upper() == INSIDE:
        raise StillInside("no case file is kept of people inside Russia")
    if not any(consent.purpose == "case_handling" and consent.given for consent in consents):
        raise NotAllowed("there is no consent to handle the case")
    with opened_by_desk(request, actor, Purpose.TRIAGE, today=today) as thread:
        end_waiting(request, Request.State.CASE)
        _require_outside(thread)
        require_own_consent(thread)
        filed = thread.newest("request")
        with granting.created(
            actor.organisation,
            SubjectKind.CASE,
            root_holders=_first_holders(actor),
            actor=actor.id,
            purpose=Purpose.TRIAGE,
            today=today,
        ) as file:
            file.note(Act.CASE_OPENED, file.subject.id)
            file.write(Section.SUMMARY, "card", _card(triage, today))
            file.write(Section.SUMMARY, "consents", _consents(consents, wording, today))
            file.write(Section.CONTACT, "request", {"request": request.id, "note": triage.note})
            if filed is not None:
                # The person wrote to this organisation alone: partners who are given the account do not get this with it.
                file.write(Section.DESK, "request", filed.content)
            # The person reads and withdraws there what they agreed to here.
            thread.write(
                Section.THREAD,
                filed_consents.KIND,
                _consents(consents, wording, today),
                replaces=thread.newest(filed_consents.KIND),
            )
            case = Case.objects.create(
                id=file.subject.id,
                organisation=request.organisation,
                reference=_free_reference(request.organisation),
                opened_on=today,
                reading_key=file.reading_pair(Section.EVALUATIONS).public_key().encode(),
            )
            CasePart.objects.create(case=case, member=actor.member, part=CasePart.Part.BROUGHT)
            CasePart.objects.create(case=case, member=actor.member, part=CasePart.Part.CASEWORKER)
        thread.note(Act.REQUEST_TRIAGED, request.id)
        Request.objects.filter(pk=request.pk).update(case=case, erase_on=None, consents_changed_on=None)
    return case


def change_consents(case: Case, actor: Actor, consents: Sequence[Consent], *, wording: PackStamp, today: date) -> None:
    """Record what the person consents to now; earlier versions stay readable as history."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.HANDLING, today=today) as file:
        present = file.newest("consents")
        withdrawn = _withdrawn(present.content if present else {}, consents)
        file.write(Section.SUMMARY, "consents", _consents(consents, wording, today), replaces=present)
        file.note(Act.CONSENT_WITHDRAWN if withdrawn else Act.CONSENT_GIVEN, case.id)
        handled = any(consent.purpose == "case_handling" and consent.given for consent in consents)
        clocks.follow_consent(case, handled=handled, today=today)
        _take_keys_of_partners_no_longer_named(case, file)


def give_part(case: Case, actor: Actor, member: Member, part: str, sections: Sequence[Section], *, today: date) -> None:
    """Let a member of any organisation work on a case: the part they play, and keys for just these sections.

    NotAllowed, or NotConsented for a partner whom the person has not named, before writing.
    """
    if not actor.has_role(Role.COORDINATOR) or actor.organisation != case.organisation_id:
        raise NotAllowed("the case's coordinator decides who works on it")
    with opening.opened(case.subject, holder=actor, purpose=Purpose.HANDLING, today=today) as file:
        require_partner_consent(case, file, member)
        granting.grant(file, member.id, sections)
        CasePart.objects.get_or_create(case=case, member=member, part=part)


def _take_keys_of_partners_no_longer_named(case: Case, file: opening.OpenFile) -> None:
    """Withdrawing a partner's name takes their members' keys and changes the case's: what is written next is closed to them."""
    holders = Grant.objects.filter(subject=case.id).values("holder")
    partners = Member.objects.select_related("organisation").filter(pk__in=holders).exclude(organisation_id=case.organisation_id)
    named = _partners_named(file)
    unnamed = [member for member in partners if not named & _names_of(member.organisation)]
    for member in unnamed:
        granting.withdraw(file, member.id)
    if unnamed:
        Case.objects.filter(pk=case.pk).update(reading_key=file.reading_pair(Section.EVALUATIONS).public_key().encode())


def require_consent(file: opening.OpenFile, purpose: str) -> None:
    """Return where the person agreed to a purpose that names nobody; NotConsented else."""
    if not consents_to(file, purpose):
        raise NotConsented("the person has not agreed to this")


def consents_to(file: opening.OpenFile, purpose: str) -> bool:
    """Whether the person agreed to a purpose that names nobody; False where the reader does not hold the consents."""
    record = file.newest("consents")
    said = record.content["purposes"].get(purpose) if record else None
    return bool(said and said["given"])


def require_partner_consent(case: Case, file: opening.OpenFile, member: Member) -> None:
    """Return for members of the case's own organisation, and of partners that the person named; NotConsented for others."""
    if member.organisation_id == case.organisation_id:
        return
    if not _partners_named(file) & _names_of(member.organisation):
        raise NotConsented("the person has not named this partner")


def _partners_named(file: opening.OpenFile) -> set[str]:
    record = file.newest("consents")
    said = record.content["purposes"].get("partner") if record else None
    return {name.casefold() for name in said["recipients"]} if said and said["given"] else set()


def _names_of(organisation: Organisation) -> set[str]:
    return {organisation.name.casefold(), organisation.id}


def remove_member(case: Case, actor: Actor, member: Member, *, today: date) -> None:
    """Take a member off a case and rotate its keys: what is written from now on is closed to them.

    An evaluator who has not signed leaves the evaluation too; what is signed stays.
    """
    if not actor.has_role(Role.COORDINATOR) or actor.organisation != case.organisation_id:
        raise NotAllowed("the case's coordinator decides who works on it")
    try:
        _take_off(case, actor, member, today)
    except KeysChanged:
        # A colleague took somebody else off at the same moment: once more, from the keys that they left.
        _take_off(case, actor, member, today)


@transaction.atomic
def _take_off(case: Case, actor: Actor, member: Member, today: date) -> None:
    with opening.opened(case.subject, holder=actor, purpose=Purpose.HANDLING, today=today) as file:
        granting.withdraw(file, member.id)
        CasePart.objects.filter(case=case, member=member).exclude(
            part__in=[CasePart.Part.BROUGHT, CasePart.Part.INTERVIEWER]
        ).delete()
        Case.objects.filter(pk=case.pk).update(reading_key=file.reading_pair(Section.EVALUATIONS).public_key().encode())
    taken_off.send(Case, case=case, member=member, actor=actor, today=today)


def record_interview(
    case: Case,
    actor: Actor,
    answers: Mapping[Section, Mapping[str, Any]],
    *,
    stamp: PackStamp,
    language: str,
    today: date,
) -> None:
    """Keep the answers of an interview, each section's under its own key, bound to the questionnaire's version.

    What the person keeps to the desk goes under the key that is given to nobody else. A second call makes new versions of
    the same records; what was said before stays.
    """
    with opening.opened(case.subject, holder=actor, purpose=Purpose.INTERVIEW, today=today) as file:
        earlier = {record.section: record for record in file.records(kind="interview")}
        for section, given in _apart(answers, earlier).items():
            content = {
                "pack": stamp.value(),
                "language": language,
                "interviewer": actor.id,
                "day": today.isoformat(),
                "answers": dict(given),
            }
            file.write(section, "interview", content, replaces=earlier.get(section))
        file.note(Act.INTERVIEW_RECORDED, case.id)
        CasePart.objects.get_or_create(case=case, member=actor.member, part=CasePart.Part.INTERVIEWER)


def _apart(answers: Mapping[Section, Mapping[str, Any]], known: Iterable[Section]) -> dict[Section, dict[str, Any]]:
    """The answers by the key that keeps them; sections that were recorded before and now hold nothing become empty."""
    found: dict[Section, dict[str, Any]] = {section: {} for section in known}
    for section, given in answers.items():
        for question, value in given.items():
            kept_in = Section.DESK if value.get("reach") == Reach.DESK_ONLY.value else section
            found.setdefault(kept_in, {})[question] = value
    return found


def _require_outside(thread: opening.OpenFile) -> None:
    """Whatever the triage found: who last said themselves that they are inside Russia says so first that they have left."""
    card = thread.newest("card")
    if card is not None and card.content.get("inside"):
        raise StillInside("the person last wrote that they are inside Russia")


def _first_holders(actor: Actor) -> list[str]:
    # Whoever was not given the organisation's keys is a coordinator by name only: an administrator could have invited them.
    members = Member.objects.select_related("organisation").filter(organisation_id=actor.organisation, is_active=True)
    coordinators = {member.id for member in members if member.has_role(Role.COORDINATOR) and not lacks_keys(member)}
    return sorted({actor.id, *coordinators})


def _card(triage: Triage, today: date) -> dict[str, Any]:
    return {
        "name": triage.working_name,
        "country": triage.country.upper(),
        "category": triage.category,
        "urgency": triage.urgency,
        "risk": triage.risk,
        "language": triage.language,
        "since": today.isoformat(),
    }


def _consents(consents: Sequence[Consent], wording: PackStamp, today: date) -> dict[str, Any]:
    return {
        "wording": wording.value(),
        "day": today.isoformat(),
        "purposes": {consent.purpose: {"given": consent.given, "recipients": list(consent.recipients)} for consent in consents},
    }


def _withdrawn(before: Mapping[str, Any], now: Sequence[Consent]) -> bool:
    had = {purpose for purpose, said in before.get("purposes", {}).items() if said["given"]}
    return bool(had - {consent.purpose for consent in now if consent.given})


def _free_reference(organisation: Organisation) -> str:
    while True:
        reference = f"{organisation.code}-{''.join(secrets.choice(_REFERENCE_LETTERS) for _ in range(5))}"
        if not Case.objects.filter(reference=reference).exists():
            return reference
