"""What security readers and approvers find in the demonstration: a concern, a canary that rang, a copy to approve."""

from datetime import date

from safeconduct.demo.coalition import actor_named
from safeconduct.demo.evidence import LETTER, arrived
from safeconduct.desk.cases import services as cases
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.concerns import canaries
from safeconduct.desk.concerns import services as concerns
from safeconduct.desk.evidence import services as evidence
from safeconduct.desk.exports import services as exports
from safeconduct.desk.vault.sections import Section

FEAR = "Deux demandes racontent la même nuit presque dans les mêmes mots. Hasard, ou récit appris par cœur ?"
LIST = evidence.Item(
    title="Liste des contacts (exemplaire fictif)",
    kind="other",
    source="Déposée par la lectrice de sûreté",
    obtained="Document-leurre : personne n'a de raison de l'ouvrir",
    dated="",
    shows="",
    reveals=(),
)


def worry(case: Case, today: date) -> None:
    """Sacha raises a concern; Inès has put a canary into the case, and Sacha has opened it."""
    camille, ines, sacha = actor_named("camille"), actor_named("ines"), actor_named("sacha")
    concerns.raise_concern(case, sacha, concerns.Raised(kind="coached", text=FEAR), today=today)
    cases.give_part(case, camille, ines.member, CasePart.Part.CASEWORKER, [Section.EVIDENCE], today=today)
    record = evidence.add_item(case, ines, LIST, arrived("contacts.txt", LETTER), today=today)
    canaries.place(case, ines, record, today=today)
    canaries.note_opening(case, sacha, record, today=today)


def ask_for_a_copy(case: Case, today: date) -> None:
    """Camille asks for a copy of a case; a second coordinator has to approve."""
    wish = exports.Wish(parts=("text", "lists"), reason="Transmission à l'avocate avant l'audience", days=3)
    exports.ask(case, actor_named("camille"), wish, today=today)
