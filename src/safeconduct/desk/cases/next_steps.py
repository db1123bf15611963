"""The next thing to do in a case, for the person who reads it: decided by stage, in words, with where to go."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.models import Case, CasePart


@dataclass(frozen=True)
class NextStep:
    """What comes next. `state` is normal or waiting (on somebody else)."""

    title: str
    text: str
    state: str = "normal"
    url: str = ""
    label: str = ""


def next_step(case: Case, actor: Actor) -> NextStep:
    """The next step of a case as this reader sees it."""
    coordinates = actor.has_role(Role.COORDINATOR) and actor.organisation == case.organisation_id
    match Case.Stage(case.stage):
        case Case.Stage.INTERVIEW:
            return _interview(case, coordinates)
        case Case.Stage.EVALUATION:
            text = _("Each evaluation is locked until both are in.")
            return _step(_("Evaluations are under way"), text, coordinates, "evaluations:of-case", _("See the evaluators"), case)
        case Case.Stage.DECISION:
            text = _("Both evaluations are in. Compare them side by side and decide.")
            return _step(_("Decide"), text, coordinates, "evaluations:compare", _("Compare"), case)
        case Case.Stage.DOSSIER:
            text = _("The case is recommended. Compose the dossier; the evaluators attest it and a second person releases it.")
            return _step(_("Compose the dossier"), text, coordinates, "dossiers:of-case", _("Dossiers"), case)
        case Case.Stage.SUBMISSION:
            text = _("A dossier is released. Record its submission, and the entry permit when it comes.")
            return _step(_("Submit to the authority"), text, True, "pathways:of-case", _("Path"), case)
        case Case.Stage.PERMIT:
            text = _("An entry permit is recorded. Follow the journey and the asylum steps.")
            return _step(_("Follow the path"), text, True, "pathways:of-case", _("Path"), case)
        case Case.Stage.CLOSED:
            return NextStep(
                _("The case is closed"), _("The person received the reasons and may ask for a review by someone new."), "waiting"
            )


def _interview(case: Case, coordinates: bool) -> NextStep:
    if not case.parts.filter(part=CasePart.Part.INTERVIEWER).exists():
        text = _("Hold the interview on the screening questionnaire. Whoever holds it does not evaluate.")
        return _step(_("Hold the interview"), text, True, "cases:interview", _("Interview"), case)
    text = _("Two evaluators of different organisations, neither the interviewer nor the one who received the person.")
    return _step(_("Assign two evaluators"), text, coordinates, "evaluations:of-case", _("Assign"), case)


def _step(title: str, text: str, is_own: bool, route: str, label: str, case: Case) -> NextStep:
    if not is_own:
        return NextStep(title, text, "waiting")
    return NextStep(title, text, "normal", reverse(route, kwargs={"case_id": case.id}), label)
