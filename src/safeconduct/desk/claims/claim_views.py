"""Pages of prompts and claims."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.cases.access import refuse
from safeconduct.desk.cases.models import Case
from safeconduct.desk.claims import services
from safeconduct.desk.claims.access import ROLES, case_of_claims, may_write
from safeconduct.desk.claims.errors import PromptGone
from safeconduct.desk.claims.forms import AnswerForm, ClaimForm
from safeconduct.desk.claims.views import timeline_for
from safeconduct.desk.claims.words import ANSWERS, standings
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying

_SHOWN = ("text", "standing", "reason", "supports", "contradicts")


@require_http_methods(["GET", "POST"])
@for_members(*ROLES)
def prompt(request: DeskRequest, case_id: str, prompt_id: str) -> HttpResponse:
    """One prompt with its statements side by side, and answering it."""
    case = case_of_claims(request.actor, case_id)
    line = next((each for each in timeline_for(request, case).prompts if each.prompt.id == prompt_id), None)
    if line is None or (request.method == "POST" and not may_write(request.actor, case)):
        refuse(case, request.actor)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, language = form.cleaned_data["reason"], get_language() or "en"
        try:
            services.answer_prompt(
                case, request.actor, prompt_id, form.answered(), reason, language=language, today=clock.today()
            )
        except PromptGone:
            return redirect_saying("prompt-gone", "claims:timeline", case_id=case.id)
        except NotGranted:
            refuse(case, request.actor)
        return redirect_saying("prompt-answered", "claims:timeline", case_id=case.id)
    page = {"case": case, "line": line, "answers": ANSWERS, "form": form, "may_write": may_write(request.actor, case)}
    return render(request, "claims/prompt.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_members(*ROLES)
def of_case(request: DeskRequest, case_id: str) -> HttpResponse:
    """The claims of a case, and a new one."""
    return _claims(request, case_of_claims(request.actor, case_id), "")


@require_http_methods(["GET", "POST"])
@for_members(*ROLES)
def claim(request: DeskRequest, case_id: str, claim_id: str) -> HttpResponse:
    """One claim, and changing it."""
    return _claims(request, case_of_claims(request.actor, case_id), claim_id)


def _claims(request: DeskRequest, case: Case, claim_id: str) -> HttpResponse:
    timeline, writes = timeline_for(request, case), may_write(request.actor, case)
    line = next((each for each in timeline.claims if each.record.id == claim_id), None)
    if (claim_id and line is None) or (request.method == "POST" and not writes):
        refuse(case, request.actor)
    initial = {name: line.record.content[name] for name in _SHOWN} if line else {}
    form = ClaimForm(request.POST if request.method == "POST" else None, initial=initial, timeline=timeline)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_claim(case, request.actor, form.claimed(), today=clock.today(), record=claim_id)
        except NotGranted:
            refuse(case, request.actor)
        return redirect_saying("claim-recorded", "claims:of-case", case_id=case.id)
    page = {"case": case, "timeline": timeline, "line": line, "form": form, "may_write": writes}
    page["standings"] = standings(get_language() or "en")
    template = "claims/claim.html" if line else "claims/of_case.html"
    return render(request, template, page, status=422 if form.errors else 200)
