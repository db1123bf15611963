"""Five invented incidents and an invented regiment, and Anton's stays beside them: near some, and nothing is decided by that."""

from datetime import date
from pathlib import Path

from safeconduct.demo.coalition import actor_named
from safeconduct.desk.cases.models import Case
from safeconduct.desk.incidents import selectors
from safeconduct.desk.incidents import services as incidents
from safeconduct.desk.incidents.lookup import Reached, Said
from safeconduct.incidents.kept import Told, import_files

FILES = tuple(Path(__file__).with_name(name) for name in ("incidents.csv", "units.csv"))
WITH_THE_REGIMENT = Said(place="Сватово", dates="2022-11-20/2023-01-14", unit="940-й мотострелковый полк")


def import_incidents(today: date) -> None:
    """Keep the invented incidents and the regiment's positions in this home."""
    import_files(FILES, Told("2022", "Incidents inventés", "libre", "Lueur"), today=today)


def search(case: Case, today: date) -> int:
    """Compare the stays of a case, and one that the researcher has made out; how many coincidences wait for a decision."""
    sacha = actor_named("sacha")
    said = [*selectors.stays_of(case, sacha, today=today)[:1], WITH_THE_REGIMENT]
    return incidents.search_case(case, sacha, said, Reached(10, 1), today=today).new
