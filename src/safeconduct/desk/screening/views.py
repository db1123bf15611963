"""Pages of screening. What is looked for travels in the body of a form and in no address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.cases.access import refuse
from safeconduct.desk.screening import batch, lookup, selectors, services, words
from safeconduct.desk.screening.access import ROLES, case_for_screener
from safeconduct.desk.screening.errors import NoLists, NoName, SecondPersonNeeded
from safeconduct.desk.screening.findings import Finding
from safeconduct.desk.screening.forms import DecisionForm, PersonForm
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_GET
@for_members(*ROLES)
def of_case(request: DeskRequest, case_id: str) -> HttpResponse:
    """Hits of a case and what was decided about them."""
    case, today = case_for_screener(request.actor, case_id), clock.today()
    found = selectors.screening_of(case, request.actor, today=today)
    screened = getattr(case, "screening", None)
    page = {
        "case": case,
        "hits": [(line, words.STATES[line.state], words.BANDS.get(line.content["band"], "")) for line in found.hits],
        "runs": found.runs,
        "may_research": found.may_research,
        "lists": lookup.list_lines(today),
        "is_behind": screened is not None and screened.lists != lookup.lists_key(),
    }
    return render(request, "screening/of_case.html", page)


@require_http_methods(["GET", "POST"])
@for_members(*ROLES)
def run(request: DeskRequest, case_id: str) -> HttpResponse:
    """The names to look for, taken from the identity section, and looking for them."""
    case, today = case_for_screener(request.actor, case_id), clock.today()
    if request.method == "POST":
        form = PersonForm(request.POST)
    else:
        person = selectors.person_of(case, request.actor, today=today)
        told = {"names": "\n".join(person.names), "born": person.born, "country": person.country}
        form = PersonForm(initial=told | {"birth_place": person.birth_place})
    if form.is_bound and form.is_valid():
        try:
            outcome = services.screen_case(case, request.actor, form.person(), today=today)
        except NoLists:
            form.add_error(None, gettext("No list was imported yet. An administrator of the server imports lists."))
        except NoName:
            form.add_error("names", gettext("Each line needs a name with letters."))
        except NotGranted:
            refuse(case, request.actor)
        else:
            return redirect_saying("screened-new" if outcome.new else "screened", "screening:of-case", case_id=case.id)
    page = {"case": case, "form": form, "lists": lookup.list_lines(today)}
    return render(request, "screening/run.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_members(*ROLES)
def hit(request: DeskRequest, case_id: str, hit_id: str) -> HttpResponse:
    """One hit side by side with what was looked for, and deciding about it."""
    case, today = case_for_screener(request.actor, case_id), clock.today()
    line = next((each for each in selectors.screening_of(case, request.actor, today=today).hits if each.record == hit_id), None)
    if line is None:
        refuse(case, request.actor)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.decide(case, request.actor, hit_id, form.found(), form.cleaned_data["reason"], today=today)
            return redirect_saying("hit-decided", "screening:of-case", case_id=case.id)
        except SecondPersonNeeded:
            form.add_error("finding", gettext("You said so already: somebody else confirms it."))
    page = {
        "case": case,
        "line": line,
        "state": words.STATES[line.state],
        "band": words.BANDS.get(line.content["band"], ""),
        "features": [words.line_of(each, get_language() or "en") for each in line.content["features"]],
        "decisions": [(words.FINDINGS[_finding(each)], each) for each in line.content["decisions"]],
        "form": form,
    }
    return render(request, "screening/hit.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_members(*ROLES)
def open_cases(request: DeskRequest) -> HttpResponse:
    """All open cases on which the reader works, screened some at a time: each press of the button does the next ones."""
    today = clock.today()
    done = None
    if request.method == "POST":
        done = batch.screen_some(request.actor, after=request.POST.get("after", ""), today=today)
    page = {"standing": batch.standing(request.actor), "done": done, "lists": lookup.list_lines(today)}
    return render(request, "screening/open_cases.html", page)


def _finding(decision: dict[str, str]) -> Finding:
    return Finding(decision["finding"])
