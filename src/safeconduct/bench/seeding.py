"""Fills a home with invented organisations, members and cases; run as a module in a process of its own.

Cases are written in batches, by the vault's own sealing and the custody log's own writing: every key, record and entry is
as real as one made through the pages, only many share a transaction.
"""

import json
import secrets
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from safeconduct.desk.accounts.actors import Actor

PASSPHRASE = "nine lanterns over a quiet harbour"  # noqa: S105  # opens nothing but a home that is deleted at once
STORY = (
    "I was called up in the autumn and told to report within three days. I asked for civilian service in writing and had no "
    "answer. In the second month I told my commander that I would not go, and they kept my papers. "
)
STORY_BYTES = 2000
_BATCH = 250
_COUNTRIES = ("AM", "GE", "KZ", "KG", "RS", "TR", "FR", "DE")
_CATEGORIES = ("conscript", "contract", "mobilised", "reservist", "never")
_URGENCIES = ("routine", "soon", "urgent")
_NAMES = ("Tair", "Lev", "Sever", "Vera", "Denis", "Rinat", "Ilya", "Pavel", "Anton", "Sergei")


def story() -> str:
    """Two thousand bytes of text."""
    return (STORY * (STORY_BYTES // len(STORY) + 1))[:STORY_BYTES]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a home should have afterwards: an organisation with this many coordinators, and this many more cases."""

    slug: str
    members: int = 1
    cases: int = 0


def main() -> None:
    """Prepare the home, found what is missing, add cases, and print who can sign in and which cases there are."""
    from safeconduct.desk.config.preparation import prepare

    prepare()
    wanted = Wanted(**json.loads(sys.argv[1]))
    actors, codes = _people(wanted)
    made = _add_cases(actors, wanted.cases) if wanted.cases else []
    print(json.dumps({"members": _signed_in(actors, codes), "cases": made[-40:]}))  # noqa: T201  # for the process that runs it


def _people(wanted: Wanted) -> "tuple[list[Actor], dict[str, str]]":
    from safeconduct.desk.accounts.actors import actor_for, owner_of
    from safeconduct.desk.accounts.models import Member
    from safeconduct.desk.vault import identities
    from safeconduct.desk.vault.secrets import Passphrase

    members = list(Member.objects.select_related("organisation").filter(organisation_id=wanted.slug).order_by("sign_in_name"))
    if not members:
        return _founded(wanted)
    actors, codes = [], {}
    for member in members:
        keys = identities.unlock(owner_of(member), bytes(member.sealed_keys), Passphrase(PASSPHRASE))
        actors.append(actor_for(member, keys))
        factor = identities.open_second_factor(owner_of(member), keys, bytes(member.sealed_totp))
        codes[member.sign_in_name] = factor.secret.secret_bytes().hex()
    return actors, codes


def _founded(wanted: Wanted) -> "tuple[list[Actor], dict[str, str]]":
    from safeconduct.desk.accounts import enrolment
    from safeconduct.desk.accounts.roles import Role
    from safeconduct.desk.vault.secrets import Passphrase

    today, actors, codes = _today(), list["Actor"](), dict[str, str]()
    for number in range(wanted.members):
        new = enrolment.NewMember(
            sign_in_name=f"{wanted.slug}-{number:02}",
            alias=f"{wanted.slug.capitalize()} {number}",
            roles=(Role.COORDINATOR, Role.CASEWORKER),
            passphrase=Passphrase(PASSPHRASE),
        )
        if not actors:
            organisation, enrolled = enrolment.found_organisation(
                slug=wanted.slug,
                name=wanted.slug.capitalize(),
                code=wanted.slug[:3].upper(),
                country="FR",
                first=new,
                today=today,
            )
        else:
            enrolled = enrolment.enrol(organisation, new, today=today)
            enrolment.welcome(enrolled.actor.member, actor=actors[0], today=today)
        actors.append(enrolled.actor)
        codes[new.sign_in_name] = enrolled.second_factor.secret.secret_bytes().hex()
    return actors, codes


def _add_cases(actors: "list[Actor]", count: int) -> list[str]:
    from django.db import transaction

    made: list[str] = []
    while len(made) < count:
        with transaction.atomic():
            made += _add_batch(actors, min(_BATCH, count - len(made)), len(made))
    return made


def _add_batch(actors: "list[Actor]", count: int, first: int) -> list[str]:
    from safeconduct.core.custody import Act, Purpose
    from safeconduct.desk.cases.models import Case, CasePart
    from safeconduct.desk.custody import services as custody
    from safeconduct.desk.vault.models import Grant, SealedRecord, new_id

    today, actor = _today(), actors[0]
    cases, grants, records, acts = [], list[Grant](), list[SealedRecord](), list[tuple[Act, str]]()
    for number in range(first, first + count):
        file = _sealed_file(new_id(), number, actors, today)
        grants += file.grants
        records += file.records
        acts += [(Act.GRANT_GIVEN, each.id) for each in actors]
        acts += [(Act.CASE_OPENED, file.case.id), *((Act.RECORD_WRITTEN, record.record) for record in file.records)]
        cases.append(file.case)
    Case.objects.bulk_create(cases)
    Grant.objects.bulk_create(grants)
    SealedRecord.objects.bulk_create(records)
    parts = (CasePart.Part.BROUGHT, CasePart.Part.CASEWORKER)
    CasePart.objects.bulk_create([CasePart(case=case, member=actor.member, part=part) for case in cases for part in parts])
    custody.write_all(actor.organisation, acts, actor=actor.id, purpose=Purpose.TRIAGE, today=today)
    return [case.id for case in cases]


@dataclass(frozen=True)
class _SealedFile:
    case: Any
    grants: list[Any]
    records: list[Any]


def _sealed_file(case_id: str, number: int, actors: "list[Actor]", today: date) -> _SealedFile:
    from safeconduct.core import canonical, sealing
    from safeconduct.desk.cases.models import Case
    from safeconduct.desk.vault import keys
    from safeconduct.desk.vault.keyholders import Subject
    from safeconduct.desk.vault.models import Grant, SealedRecord, new_id
    from safeconduct.desk.vault.opening import record_context
    from safeconduct.desk.vault.sections import ROOT, Section

    organisation = actors[0].organisation
    subject, root = Subject(case_id, organisation), sealing.CaseKey.generate()
    held = keys.SectionKeys(subject, roots={1: root})
    grants = [
        Grant(
            subject=case_id,
            key_version=1,
            holder=actor.id,
            sections=ROOT,
            sealed=sealing.seal_to(
                actor.sealing.public_key(), keys.grant_context(subject, actor.id, 1, ROOT), root.secret_bytes()
            ),
        )
        for actor in actors
    ]
    records = []
    for section, kind, content in _contents(number, today):
        name = new_id()
        sealed = sealing.seal_record(held.get(section, 1), record_context(subject, section, name, 1), canonical.encode(content))
        records.append(
            SealedRecord(record=name, subject=case_id, section=section, key_version=1, kind=kind, day=today, sealed=sealed)
        )
    case = Case(
        id=case_id,
        organisation=actors[0].member.organisation,
        reference=f"{actors[0].member.organisation.code}-{secrets.token_hex(5)}",
        opened_on=today - timedelta(days=number % 700),
        reading_key=held.get(Section.EVALUATIONS, 1).reading_pair().public_key().encode(),
    )
    return _SealedFile(case, grants, records)


def _contents(number: int, today: date) -> list[tuple[Any, str, dict[str, Any]]]:
    from safeconduct import packs
    from safeconduct.desk.vault.sections import Section

    card = {
        "name": f"{_NAMES[number % len(_NAMES)]}-{number}",
        "country": _COUNTRIES[number % len(_COUNTRIES)],
        "category": _CATEGORIES[number % len(_CATEGORIES)],
        "urgency": _URGENCIES[number % len(_URGENCIES)],
        "risk": "raised",
        "language": "ru",
        "since": today.isoformat(),
    }
    wording = packs.consents(packs.CONSENTS).stamp.value()
    purposes = {"case_handling": {"given": True, "recipients": []}}
    filed = {
        "pack": packs.questionnaire(packs.REQUEST).stamp.value(),
        "language": "ru",
        "answers": {"account": {"state": "answered", "parts": {"story": story()}}},
        "files": [],
    }
    return [
        (Section.SUMMARY, "card", card),
        (Section.SUMMARY, "consents", {"wording": wording, "day": today.isoformat(), "purposes": purposes}),
        (Section.CONTACT, "request", {"request": "none", "note": ""}),
        (Section.ACCOUNT, "request", filed),
    ]


def _signed_in(actors: "list[Actor]", codes: dict[str, str]) -> list[dict[str, str]]:
    from safeconduct.desk.accounts import sessions

    now, found = datetime.now(UTC), []
    for actor in actors:
        cookie, _ = sessions.open_session(actor.member, actor.keys, now=now)
        found.append({"name": actor.member.sign_in_name, "cookie": cookie, "code": codes[actor.member.sign_in_name]})
    return found


def _today() -> date:
    return datetime.now(UTC).date()


if __name__ == "__main__":
    main()
