"""What has to hold when a dossier is composed, when it is released, and whenever its package is handed out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from safeconduct.core.dossier import Draft
from safeconduct.core.evaluation import Outcome
from safeconduct.core.packtext import PackStamp
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Organisation
from safeconduct.desk.cases.models import Case
from safeconduct.desk.concerns import canaries
from safeconduct.desk.concerns.services import is_held_back
from safeconduct.desk.dossiers.errors import NotReady
from safeconduct.desk.dossiers.vouching import voucher_of
from safeconduct.desk.evaluations.errors import NotYetOpen
from safeconduct.desk.evaluations.selectors import Compared, compared, decision_of
from safeconduct.desk.redactions.services import Covered, wording_for
from safeconduct.desk.vault import opening
from safeconduct.packs import consents_of

COMPOSABLE = (Case.Stage.DOSSIER, Case.Stage.SUBMISSION, Case.Stage.PERMIT)


@dataclass(frozen=True, repr=False)
class Redacted:
    """How far things are covered for one authority: what is compared to notice that somebody covered more since."""

    covered: dict[str, str]
    """Record of evidence to the SHA-256 of the file that leaves in its place."""
    wording: str

    @classmethod
    def of(cls, file: opening.OpenFile, recipient: str, evidence: Sequence[str]) -> "Redacted":
        """As it stands in an open case."""
        found = {record: Covered.of(file, recipient, record).file for record in evidence}
        covered = {record: each["sha256"] for record, each in found.items() if each is not None}
        return cls(covered, "\n".join(wording_for(file, recipient).lines()))

    def value(self) -> dict[str, Any]:
        """As it is kept with a composed dossier."""
        return {"covered": self.covered, "wording": self.wording}


def counting(case: Case, actor: Actor, *, today: date) -> Compared:
    """The evaluations that a dossier rests on. NotReady: stage, consent, held-back, expired."""
    if case.stage not in COMPOSABLE:
        raise NotReady("stage")
    require_free(case)
    try:
        side_by_side = compared(case, actor, today=today)
    except NotYetOpen:
        raise NotReady("expired") from None
    if not side_by_side.comparison.enough:
        raise NotReady("expired")
    return side_by_side


def require_free(case: Case, evidence: Sequence[str] = ()) -> None:
    """NotReady while the person's own change of consents waits, or a security concern is not cleared; for a canary too.

    For a canary in the words for a file that cannot leave.
    """
    if is_held_back(case):
        raise NotReady("held-back")
    if canaries.among(evidence):
        raise NotReady("uncleaned")
    if case.awaits_consents:
        raise NotReady("consent")


def require_recommended(file: opening.OpenFile) -> None:
    """NotReady `decision` where the newest decision is another one."""
    decision = decision_of(file)
    if decision is None or decision["outcome"] != Outcome.RECOMMENDED.value:
        raise NotReady("decision")


def consent_for(file: opening.OpenFile, recipient: str, language: str, organisation: Organisation) -> str:
    """What the person agreed to for this authority, in its language. NotReady `consent` where they do not, or not any more."""
    record = file.newest("consents")
    said = record.content["purposes"].get("state_authority") if record else None
    if record is None or said is None or not said["given"] or recipient not in said["recipients"]:
        raise NotReady("consent")
    pack = consents_of(PackStamp.from_value(record.content["wording"]))
    wording = pack.purpose("state_authority").wording.filled(organisation=organisation.name, recipient=recipient)
    return wording.in_language(language)


def require_as_composed(
    case: Case, file: opening.OpenFile, kept: dict[str, Any], draft: Draft, side_by_side: Compared, *, today: date
) -> None:
    """What held when a dossier was composed holds still. NotReady: consent, decision, uncleaned, expired, voucher, changed."""
    require_free(case, kept["evidence"])
    require_recommended(file)
    consent_for(file, kept["recipient"], kept["language"], case.organisation)
    if today > draft.manifest.valid_until:
        raise NotReady("expired")
    for each, named in zip(side_by_side.opened, draft.manifest.evaluators, strict=False):
        voucher = voucher_of(each.evaluator)
        if voucher is None or voucher.key != named.key or not voucher.covers(today):
            raise NotReady("voucher")
    evaluations = [statement.evaluation for statement in draft.statements()]
    redacted = Redacted.of(file, kept["recipient"], kept["evidence"]).value()
    if evaluations != [each.digest for each in side_by_side.opened] or redacted != kept.get("redacted"):
        raise NotReady("changed")
