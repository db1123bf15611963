"""Consents that the person changed on their own page, taken over into their case. Until then nothing of the case may leave."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases import clocks
from safeconduct.desk.cases.models import Case
from safeconduct.desk.intake import filed_consents
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.services import opened_by_desk
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.sections import Section

Consents = Mapping[str, Any]  # Any: canonical values


def follow_person(case: Case, actor: Actor, *, today: date) -> None:
    """Withdraw and give in the case what the person withdrew and gave. NotGranted without the desk's and the case's keys."""
    for request in case.requests.exclude(consents_changed_on=None).select_related("organisation"):
        with opened_by_desk(request, actor, Purpose.HANDLING, today=today) as thread:
            said = thread.newest(filed_consents.KIND)
            with opening.opened(case.subject, holder=actor, purpose=Purpose.HANDLING, today=today) as file:
                present = file.newest("consents")
                if said is not None and present is not None:
                    followed = _followed(present.content, said.content, today)
                    file.write(Section.SUMMARY, "consents", followed, replaces=present)
                    clocks.follow_consent(case, handled=followed["purposes"]["case_handling"]["given"], today=today)
                    file.note(Act.CONSENT_WITHDRAWN, case.id)
            Request.objects.filter(pk=request.pk).update(consents_changed_on=None)


def _followed(case: Consents, person: Consents, today: date) -> dict[str, Any]:
    purposes = dict(case["purposes"])
    for purpose, said in person["purposes"].items():
        before = purposes.get(purpose, {"given": False, "recipients": []})
        purposes[purpose] = {**before, "given": said["given"]}
    return {**case, "day": today.isoformat(), "purposes": purposes}
