"""Walks the demonstration in a home of its own and times the composing of its dossier; run as a module."""

import json
import sys
import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safeconduct.desk.cases.models import Case
    from safeconduct.desk.dossiers.services import Plan


def main() -> None:
    """Prints how many seconds each composing took and how many bytes the package has."""
    from safeconduct.desk.config.preparation import prepare

    prepare()
    rounds: int = json.loads(sys.argv[1])["rounds"]
    from safeconduct.demo import coalition, walk
    from safeconduct.desk.cases.models import Case
    from safeconduct.desk.dossiers import services as dossiers

    today = datetime.now(UTC).date()
    coalition.found_coalition(today)
    walked = walk.Walk(today, lambda stage: None)
    released = walk.walk_main_job(walked)
    case = Case.objects.select_related("organisation").get(pk=released.case_id)
    plan, times = _plan(case, today), []
    for _ in range(rounds):
        start = time.perf_counter()
        dossiers.compose_dossier(case, coalition.actor_named("camille"), plan, today=today)
        times.append(time.perf_counter() - start)
    stages = {stage.name: stage.seconds for stage in walked.stages}
    print(json.dumps({"composing": times, "stages": stages}))  # noqa: T201  # for the process that runs it


def _plan(case: "Case", today: date) -> "Plan":
    from safeconduct.demo.coalition import AUTHORITY, actor_named
    from safeconduct.desk.dossiers.services import Plan
    from safeconduct.desk.evidence.services import items_of
    from safeconduct.desk.vault.sections import Section

    return Plan(
        recipient=AUTHORITY,
        address=("Bureau des admissions", "Paris"),
        language="fr",
        request="Demande d'autorisation d'entrée aux fins d'asile",
        summary="Une personne fictive, mobilisée, qui a refusé de combattre. " * 8,
        limits="Aucune source russe n'a été interrogée.",
        sections=(Section.ACCOUNT, Section.CONVICTIONS, Section.CONDUCT),
        evidence=[item.id for item in items_of(case, actor_named("camille"), today=today)],
        with_reasons=True,
        contact=("Lueur, coordination", "contact@lueur.example"),
    )


if __name__ == "__main__":
    main()
