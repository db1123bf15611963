"""An invented list of five people, and Anton's screening against it: a namesake who is not he."""

from datetime import date
from pathlib import Path

from safeconduct.demo.coalition import actor_named
from safeconduct.desk.cases.models import Case
from safeconduct.desk.screening import services as screening
from safeconduct.lists import Chosen, default_folder, import_files

LIST = Path(__file__).with_name("list.csv")
LIST_NAME = "invented"


def import_list(today: date) -> None:
    """Serve the invented list in this home."""
    import_files([LIST], default_folder(), Chosen(name=LIST_NAME, licence="invented, free to use"), today=today)


def screen(case: Case, today: date) -> int:
    """Look for the person of a case; how many hits wait for a decision."""
    outcome = screening.screen_from_file(case, actor_named("sacha"), today=today)
    return len(outcome.new) if outcome else 0
