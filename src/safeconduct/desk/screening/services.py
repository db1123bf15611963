"""Writes of screenings: a run seals its queries and what it found; people decide each hit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.screening import lookup
from safeconduct.desk.screening.errors import SecondPersonNeeded
from safeconduct.desk.screening.findings import Finding, has_proposed, waits
from safeconduct.desk.screening.lookup import Found, Person
from safeconduct.desk.screening.models import Screening
from safeconduct.desk.screening.selectors import HIT, RUN, SECTION, person_of
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.opening import OpenFile, OpenRecord

_BANDS = ("weak", "possible", "strong")


@dataclass(frozen=True, repr=False)
class Outcome:
    """What a run found."""

    found: int
    new: Sequence[str]
    """Records of hits that are new or ask again; the rest were seen before."""


def screen_case(case: Case, actor: Actor, person: Person, *, today: date) -> Outcome:
    """Look a person up in every list and seal the hits in the case, in one transaction with its entry.

    Only what is new is marked so: hits that somebody decided stay decided until their entry changes or the likeness grows.
    Raises NotGranted, NoLists or NoName before anything is written.
    """
    # Read before the search: lists that change meanwhile leave the case behind, and it is screened again.
    key, served = lookup.lists_key(), lookup.list_lines(today)
    found = lookup.look_up(person)
    with opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today) as file:
        if SECTION not in file.sections:
            raise NotGranted("no key of the section that holds screenings")
        new = _keep(file, found, today)
        lists = [{"list": each.list, "version": each.version} for each in served]
        more = {"birth_place": person.birth_place, "documents": list(person.documents)}
        asked = {"names": list(person.names), "born": person.born, "country": person.country, **more}
        run = {"asked": asked, "lists": lists, "by": actor.member.alias, "found": len(found), "new": new}
        record = file.write(SECTION, RUN, run)
        file.note(Act.SCREENING_RUN, record)
        waiting = waits(hit.content for hit in file.records(kind=HIT))
        Screening.objects.update_or_create(case=case, defaults={"lists": key, "run_on": today, "waits": waiting})
    return Outcome(len(found), new)


def screen_from_file(case: Case, actor: Actor, *, today: date) -> Outcome | None:
    """The same with the names that the case's identity section holds; None where there is none that the actor can read."""
    person = person_of(case, actor, today=today)
    return screen_case(case, actor, person, today=today) if person.names else None


def decide(case: Case, actor: Actor, record: str, finding: Finding, reason: str, *, today: date) -> None:
    """Say of a hit whether it is the person, with the reason.

    Whoever said "true match" does not confirm it: SecondPersonNeeded. NotGranted where there is no such hit. Both before writing.
    """
    with opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today) as file:
        hit = file.read(record)
        if hit.kind != HIT:
            raise NotGranted("not a hit of a screening")
        if finding is Finding.TRUE_MATCH and has_proposed(hit.content, actor.id):
            raise SecondPersonNeeded("another person confirms it")
        said = {
            "finding": finding.value,
            "reason": reason,
            "by": actor.id,
            "alias": actor.member.alias,
            "on": today.isoformat(),
            "basis": hit.content["basis"],
            "version": hit.content["version"],
        }
        file.write(SECTION, HIT, {**hit.content, "decisions": [*hit.content["decisions"], said]}, replaces=hit)
        file.note(Act.SCREENING_DECIDED, record)
        Screening.objects.filter(case=case).update(waits=waits(each.content for each in file.records(kind=HIT)))


def _keep(file: OpenFile, found: Sequence[Found], today: date) -> list[str]:
    """Seal hits that are new or changed; gives their records."""
    known = {(hit.content["list"], hit.content["entry"]): hit for hit in file.records(kind=HIT)}
    new = []
    for each in found:
        before = known.get((each.list, each.id))
        if before is None:
            content = {**each.content, "first_seen": today.isoformat(), "decisions": []}
            new.append(file.write(SECTION, HIT, content))
            continue
        if not _asks_again(before, each):
            continue
        kept = {"first_seen": before.content["first_seen"], "decisions": before.content["decisions"]}
        new.append(file.write(SECTION, HIT, {**each.content, **kept}, replaces=before))
    return new


def _asks_again(before: OpenRecord, each: Found) -> bool:
    """Whether the list says something else, or more is known of the person and they are more alike than people saw."""
    was, now = (_BANDS.index(content["band"]) for content in (before.content, each.content))
    return str(before.content["digest"]) != each.digest or now > was
