"""Writes about incidents: a search seals what it asked and found; a person decides each coincidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.incidents import lookup
from safeconduct.desk.incidents.findings import Finding
from safeconduct.desk.incidents.lookup import Reached, Said
from safeconduct.desk.incidents.models import IncidentSearch
from safeconduct.desk.incidents.selectors import HIT, RUN, SECTION
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.opening import OpenFile


@dataclass(frozen=True)
class Outcome:
    """What a search found."""

    found: int
    new: int
    """Coincidences that nobody has seen, or of which the dataset tells something else now."""
    left_out: int


def search_case(case: Case, actor: Actor, said: Sequence[Said], reached: Reached, *, today: date) -> Outcome:
    """Ask every dataset about the stays and seal what was found in the case, in one transaction with its entry.

    Decisions stay with their coincidence until the dataset tells it differently. Raises NotGranted, NoIncidents or
    StayUnclear before anything is written.
    """
    # Read before the search: datasets that change meanwhile leave the case behind, and it is searched again.
    key, searched = lookup.sources_key(), lookup.datasets()
    answer = lookup.look_up(said, reached, today=today)
    with opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today) as file:
        if SECTION not in file.sections:
            raise NotGranted("no key of the section that holds searches for incidents")
        kept, new = _keep(file, answer.hits, today)
        run = {
            "stays": list(answer.stays),
            "km": reached.km,
            "days": reached.days,
            "datasets": [{"id": each.id, "title": each.title, "version": each.version} for each in searched],
            "by": actor.member.alias,
            "hits": kept,
            "left_out": answer.left_out,
        }
        record = file.write(SECTION, RUN, run)
        file.note(Act.INCIDENTS_SEARCHED, record)
        IncidentSearch.objects.update_or_create(case=case, defaults={"sources": key, "run_on": today})
    return Outcome(len(kept), new, answer.left_out)


def decide(case: Case, actor: Actor, record: str, finding: Finding, reason: str, *, today: date) -> None:
    """Say what is to be done with a coincidence, and why. NotGranted, before writing, where there is none."""
    with opening.opened(case.subject, holder=actor, purpose=Purpose.VERIFICATION, today=today) as file:
        hit = file.read(record)
        if hit.kind != HIT:
            raise NotGranted("not a coincidence with an incident")
        said = {
            "finding": finding.value,
            "reason": reason,
            "by": actor.id,
            "alias": actor.member.alias,
            "on": today.isoformat(),
            "basis": hit.content["basis"],
        }
        file.write(SECTION, HIT, {**hit.content, "decisions": [*hit.content["decisions"], said]}, replaces=hit)
        file.note(Act.INCIDENT_DECIDED, record)


def _keep(file: OpenFile, found: Sequence[Mapping[str, object]], today: date) -> tuple[list[str], int]:
    """Seal coincidences that are new or told differently; gives the records of all, and how many were sealed."""
    known = {_name(hit.content): hit for hit in file.records(kind=HIT)}
    records, new = [], 0
    for each in found:
        before = known.get(_name(each))
        if before is not None and before.content["basis"] == each["basis"]:
            records.append(before.id)
            continue
        new += 1
        kept = {name: before.content[name] for name in ("first_seen", "decisions")} if before else {}
        content = {**each, "first_seen": today.isoformat(), "decisions": [], **kept}
        records.append(file.write(SECTION, HIT, content, replaces=before))
    return records, new


def _name(content: Mapping[str, object]) -> tuple[object, object, object]:
    return content["dataset"], content["event"], content["stay"]
