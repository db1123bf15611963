"""Documents that are there to be opened by nobody: whoever opens one rings an alarm that only security readers hear."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.models import Case
from safeconduct.desk.concerns.models import Canary, CanaryAlarm
from safeconduct.desk.custody import services as custody
from safeconduct.desk.evidence.services import items_of


@transaction.atomic
def place(case: Case, actor: Actor, record: str, *, today: date) -> Canary | None:
    """Make a piece of evidence that the actor can read a canary; None where it is none, or is one already."""
    if record not in {item.id for item in items_of(case, actor, today=today)}:
        return None
    canary, is_new = Canary.objects.get_or_create(
        record=record, defaults={"case": case, "placed_by": actor.member, "placed_on": today}
    )
    if not is_new:
        return None
    _write(case.organisation_id, Act.CANARY_PLACED, actor, canary.id, today)
    return canary


def remove(canary: Canary) -> None:
    """An ordinary document again; its alarms go with it."""
    canary.delete()


@transaction.atomic
def note_opening(case: Case, actor: Actor, record: str, *, today: date) -> None:
    """Ring the alarm where this is a canary. Whoever opens it sees no difference; security readers ring nothing."""
    canary = Canary.objects.filter(record=record, case=case).first()
    if canary is None or (actor.has_role(Role.SECURITY_READER) and actor.organisation == case.organisation_id):
        return
    _, is_new = CanaryAlarm.objects.get_or_create(canary=canary, member=actor.member, day=today)
    if is_new:
        _write(case.organisation_id, Act.CANARY_OPENED, actor, canary.id, today)


def among(records: Iterable[str]) -> set[str]:
    """Those of some records that are canaries: they never leave in a dossier or an export."""
    return set(Canary.objects.filter(record__in=list(records)).values_list("record", flat=True))


def unanswered(organisation: str) -> Sequence[CanaryAlarm]:
    """Alarms that no security reader has answered, the newest first."""
    rows = CanaryAlarm.objects.filter(canary__case__organisation_id=organisation, is_answered=False)
    return list(rows.select_related("canary__case", "member__organisation").order_by("-day", "-id"))


@transaction.atomic
def answer(canary: Canary, actor: Actor, *, today: date) -> None:
    """Say that the alarms of a canary were looked into."""
    CanaryAlarm.objects.filter(canary=canary).update(is_answered=True)
    _write(canary.case.organisation_id, Act.ALARM_ANSWERED, actor, canary.id, today)


def _write(organisation: str, act: Act, actor: Actor, thing: str, today: date) -> None:
    custody.write(organisation, act, actor=actor.id, thing=thing, purpose=Purpose.SECURITY, today=today)
