"""Words of the case pages for codes that the database holds."""

from django.utils.translation import gettext_lazy as _

from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.vault.sections import CASE_SECTIONS, Section

STAGES = {
    Case.Stage.INTERVIEW: _("Interview"),
    Case.Stage.EVALUATION: _("Evaluation"),
    Case.Stage.DECISION: _("Decision"),
    Case.Stage.DOSSIER: _("Dossier"),
    Case.Stage.SUBMISSION: _("Submission"),
    Case.Stage.PERMIT: _("Entry permit"),
    Case.Stage.CLOSED: _("Closed"),
}
CATEGORIES = {
    "conscript": _("Conscript"),
    "contract": _("Contract soldier"),
    "mobilised": _("Mobilised person"),
    "officer": _("Officer"),
    "reservist": _("Reservist"),
    "cadet": _("Cadet"),
    "volunteer": _("Volunteer unit"),
    "prison": _("Recruited from prison"),
    "never": _("Never served"),
    "unknown": _("Not known yet"),
}
URGENCIES = {"urgent": _("Urgent"), "soon": _("Soon"), "routine": _("Routine"), "unknown": _("Not known yet")}
RISKS = {"low": _("Low"), "raised": _("Raised"), "high": _("High"), "unknown": _("Not known yet")}
SECTIONS = {
    Section.SUMMARY: _("Summary and consents"),
    Section.CONTACT: _("Contact"),
    Section.IDENTITY: _("Identity"),
    Section.ACCOUNT: _("Account"),
    Section.CONDUCT: _("Deployments and conduct"),
    Section.HEALTH: _("Health"),
    Section.CONVICTIONS: _("Convictions"),
    Section.EVIDENCE: _("Evidence"),
    Section.EVALUATIONS: _("Evaluations"),
    Section.LEGAL: _("Legal"),
    Section.DESK: _("Only for this desk"),
}
NOT_CONSENTED = _(
    "The person has not agreed that this organisation receives parts of the case. Ask them, and record the consent."
)
PARTS = {
    CasePart.Part.BROUGHT: _("Received the person"),
    CasePart.Part.CASEWORKER: _("Caseworker"),
    CasePart.Part.INTERVIEWER: _("Interviewer"),
    CasePart.Part.ASKED: _("Asked to evaluate"),
    CasePart.Part.EVALUATOR: _("Evaluator"),
    CasePart.Part.RESEARCHER: _("Researcher"),
    CasePart.Part.COORDINATOR: _("Coordinator"),
    CasePart.Part.LIAISON: _("Liaison"),
}


def section_choices() -> list[tuple[str, str]]:
    """Sections of a case with their names."""
    return [(section.value, str(SECTIONS[section])) for section in CASE_SECTIONS]
