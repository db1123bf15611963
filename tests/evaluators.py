"""Evaluators walked through the services, from being asked to holding the file."""

import json

from safeconduct.core.custody import Act
from safeconduct.desk.cases.models import Case
from safeconduct.desk.custody.models import Entry
from safeconduct.desk.evaluations import services, teasers
from safeconduct.desk.evaluations.models import Assignment
from safeconduct.packs import WAR_REFUSERS
from tests.cast import TODAY, Cast


def declared(cast: Cast, row: Assignment, name: str) -> Assignment:
    """They look at the names and declare no conflict."""
    teasers.show_names(row, cast.actor(name), today=TODAY)
    services.declare(row, cast.actor(name), has_conflict=False, today=TODAY)
    return Assignment.objects.select_related("case__organisation", "evaluator__organisation").get(pk=row.pk)


def accepted(cast: Cast, row: Assignment, name: str) -> Assignment:
    """The same, and Amal opens the file to them."""
    services.open_file(declared(cast, row, name), cast.actor("amal"), today=TODAY)
    return Assignment.objects.select_related("case__organisation", "evaluator__organisation").get(pk=row.pk)


def assigned(cast: Cast, case: Case, *names: str, criteria_name: str = WAR_REFUSERS) -> list[Assignment]:
    """Evaluators asked, declared free of conflicts and with the file open."""
    amal = cast.actor("amal")
    members = [cast.actor(name).member for name in names]
    rows = [services.assign(case, amal, member, today=TODAY, criteria_name=criteria_name) for member in members]
    return [accepted(cast, row, name) for row, name in zip(rows, names, strict=True)]


def told_in_the_log(act: Act, thing: str) -> list[str]:
    """Who did this to the thing, by the custody logs."""
    entries = [json.loads(bytes(entry.body)) for entry in Entry.objects.order_by("id")]
    return [entry["actor"] for entry in entries if entry["act"] == act.value and entry["object"] == thing]
