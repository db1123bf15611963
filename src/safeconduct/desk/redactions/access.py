"""The doors to redactions: an authority of the consents, a piece of evidence, a page."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.access import case_for_coordinator
from safeconduct.desk.cases.models import Case
from safeconduct.desk.redactions.selectors import Audience, audiences_in
from safeconduct.desk.redactions.services import Covered, wording_for
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.opening import OpenRecord


@dataclass(frozen=True, repr=False)
class Found:
    """A piece of evidence and what is covered in it for one authority."""

    case: Case
    audience: Audience
    item: OpenRecord
    covered: Covered


def audience_of_case(actor: Actor, case_id: str, audience: str, *, today: date) -> tuple[Case, Audience, list[str]]:
    """A case, an authority that its person consented to, and the lines kept for it. Http404 for any other."""
    case = case_for_coordinator(actor, case_id)
    with opening.opened(case.subject, holder=actor, purpose=Purpose.DOSSIER, today=today) as file:
        found = next((each for each in audiences_in(file) if each.id == audience), None)
        if found is not None:
            return case, found, wording_for(file, found.name).lines()
    raise Http404


def item_for_audience(actor: Actor, case_id: str, audience: str, record_id: str, *, today: date) -> Found:
    """The same with a piece of evidence. Http404 where there is none."""
    case, found, _ = audience_of_case(actor, case_id, audience, today=today)
    try:
        with opening.opened(case.subject, holder=actor, purpose=Purpose.DOSSIER, today=today) as file:
            item = file.read(record_id)
            if item.kind == "evidence":
                return Found(case, found, item, Covered.of(file, found.name, record_id))
    except NotGranted:
        pass
    raise Http404
