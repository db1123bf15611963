"""Pages of a case's path."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from safeconduct import packs
from safeconduct.core.procedures import Step, StepState
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.access import case_for_reader
from safeconduct.desk.cases.models import Case
from safeconduct.desk.dossiers.models import Dossier
from safeconduct.desk.pathways import selectors, services
from safeconduct.desk.pathways.errors import NotReady, OtherRecipient
from safeconduct.desk.pathways.forms import PERMIT_KINDS, AuthorityForm, EventForm, PermitForm, SubmissionForm
from safeconduct.desk.pathways.last_days import last_days
from safeconduct.desk.pathways.models import Submission
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying

READERS = (Role.CASEWORKER, Role.COORDINATOR, Role.LIAISON)
WRITERS = (Role.COORDINATOR, Role.LIAISON)


@require_http_methods(["GET"])
@for_members(*READERS)
def of_case(request: DeskRequest, case_id: str) -> HttpResponse:
    """Submissions, the permit, and the steps that follow."""
    case = _own_case(request, case_id)
    return _page(request, case, EventForm(events=_events()))


def _page(request: DeskRequest, case: Case, event_form: EventForm) -> HttpResponse:
    path = selectors.path_of(case, request.actor, today=clock.today())
    language = get_language() or "en"
    procedure = packs.procedure(packs.FRANCE_ENTRY)
    page = {
        "case": case,
        "submissions": [content | {"on": date.fromisoformat(content["on"])} for _, content in path.submissions],
        "permits": [_permit(content) for content in path.permits],
        "steps": [_step(step, language) for step in path.steps],
        "last_days": last_days(path.events, language=language, today=clock.today()),
        "disclaimer": procedure.disclaimer.in_language(language),
        "event_form": event_form,
        "may_write": request.actor.has_role(*WRITERS),
        "can_submit": case.dossiers.filter(state=Dossier.State.RELEASED).exists(),
    }
    return render(request, "pathways/of_case.html", page, status=422 if event_form.errors else 200)


def _events() -> list[tuple[str, str]]:
    language = get_language() or "en"
    return [(code, name.in_language(language)) for code, name in packs.procedure(packs.FRANCE_ENTRY).events.items()]


@require_http_methods(["GET", "POST"])
@for_members(*WRITERS)
def submit(request: DeskRequest, case_id: str) -> HttpResponse:
    """Record that a released dossier was handed to an authority."""
    case = _own_case(request, case_id)
    released = list(case.dossiers.filter(state=Dossier.State.RELEASED).values_list("id", flat=True))
    if not released:
        raise Http404
    form = SubmissionForm(request.POST or None, dossiers=released, organisation=request.actor.organisation)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            services.record_submission(
                typed["dossier"], request.actor, typed["authority"], how=typed["how"], on=typed["on"], today=clock.today()
            )
        except OtherRecipient:
            form.add_error(
                "authority",
                gettext(
                    "This dossier was composed for another authority. Compose a version for this one, with the person’s consent."
                ),
            )
        else:
            return redirect_saying("submitted", "pathways:of-case", case_id=case.id)
    page = {"case": case, "form": form, "authority_form": AuthorityForm()}
    return render(request, "pathways/submit.html", page, status=422 if form.errors else 200)


@require_http_methods(["POST"])
@for_members(*WRITERS)
def add_authority(request: DeskRequest, case_id: str) -> HttpResponse:
    """Add an authority to the organisation's list, and go on with the submission."""
    case = _own_case(request, case_id)
    form = AuthorityForm(request.POST)
    if form.is_valid():
        services.add_authority(request.actor, **form.cleaned_data, today=clock.today())
        return redirect_saying("saved", "pathways:submit", case_id=case.id)
    released = list(case.dossiers.filter(state=Dossier.State.RELEASED).values_list("id", flat=True))
    empty = SubmissionForm(dossiers=released, organisation=request.actor.organisation)
    return render(request, "pathways/submit.html", {"case": case, "form": empty, "authority_form": form}, status=422)


@require_http_methods(["GET", "POST"])
@for_members(*WRITERS)
def permit(request: DeskRequest, case_id: str) -> HttpResponse:
    """Record the entry permit."""
    case = _own_case(request, case_id)
    path = selectors.path_of(case, request.actor, today=clock.today())
    if not path.submissions:
        raise Http404
    names = [
        (submission, f"{content['name']}, {formats.date_format(date.fromisoformat(content['on']), 'j E Y')}")
        for submission, content in path.submissions
    ]
    form = PermitForm(request.POST or None, submissions=names)
    if request.method == "POST" and form.is_valid():
        submission: Submission = form.cleaned_data["submission"]
        try:
            services.record_permit(submission, request.actor, form.details(), today=clock.today())
        except NotReady:
            form.add_error("valid_until", gettext("The permit would end before it begins."))
        else:
            return redirect_saying("permit-recorded", "pathways:of-case", case_id=case.id)
    return render(request, "pathways/permit.html", {"case": case, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["POST"])
@for_members(*WRITERS)
def event(request: DeskRequest, case_id: str) -> HttpResponse:
    """Record that a step happened on a day."""
    case = _own_case(request, case_id)
    form = EventForm(request.POST, events=_events())
    if not form.is_valid():
        return _page(request, case, form)
    services.record_event(case, request.actor, form.cleaned_data["event"], form.cleaned_data["on"], today=clock.today())
    return redirect_saying("step-recorded", "pathways:of-case", case_id=case.id)


def _own_case(request: DeskRequest, case_id: str) -> Case:
    case = case_for_reader(request.actor, case_id)
    if case.organisation_id != request.actor.organisation:
        raise Http404
    return case


def _permit(content: dict[str, Any]) -> dict[str, Any]:  # Any: as it was recorded, with days and words for the page
    days = {name: date.fromisoformat(content[name]) for name in ("issued_on", "valid_from", "valid_until")}
    return content | days | {"kind": PERMIT_KINDS.get(content["kind"], content["kind"])}


_STATES = {
    StepState.DONE: "done",
    StepState.DUE: "due",
    StepState.UNKNOWN_RULE: "unknown",
    StepState.NOT_TRIGGERED: "off",
    StepState.NOT_NEEDED: "unneeded",
}


def _step(step: Step, language: str) -> dict[str, Any]:  # Any: the component's variables
    text = step.plan.do.in_language(language)
    if step.state is StepState.UNKNOWN_RULE:
        since = formats.date_format(step.unknown_since, "j E Y") if step.unknown_since else "?"
        unknown = packs.procedure(packs.FRANCE_ENTRY).unknown.filled(since=since).in_language(language)
        text = f"{unknown} {text}"
    when = ""
    if step.done_on:
        when = formats.date_format(step.done_on, "j E Y")
    elif step.due_on:
        when = gettext("by %(day)s") % {"day": formats.date_format(step.due_on, "j E Y")}
    return {
        "title": step.plan.title.in_language(language),
        "state": "overdue" if step.overdue else _STATES[step.state],
        "when": when,
        "text": text,
        "source": " · ".join(f"{rule.id}: {rule.source}" for rule in step.rules),
    }
