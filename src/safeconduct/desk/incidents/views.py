"""Pages about incidents. Places and dates travel in the body of a form and in no address."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.cases.access import refuse
from safeconduct.desk.cases.models import Case
from safeconduct.desk.incidents import drawing, lookup, selectors, services
from safeconduct.desk.incidents.access import ROLES, case_for_researcher
from safeconduct.desk.incidents.describing import told
from safeconduct.desk.incidents.errors import NoIncidents, StayUnclear
from safeconduct.desk.incidents.forms import DecisionForm, ReachForm, StayForm, stay_forms
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_GET
@for_members(*ROLES)
def of_case(request: DeskRequest, case_id: str) -> HttpResponse:
    """The last search of a case: stays, map, what may touch them, and what was decided."""
    case, today = case_for_researcher(request.actor, case_id), clock.today()
    found = selectors.incidents_of(case, request.actor, today=today)
    searched, stays = getattr(case, "incident_search", None), drawing.stays_told(found)
    letters = {stay["key"]: letter for letter, stay, _ in stays}
    page = {
        "case": case,
        "run": found.run,
        "stays": stays,
        "hits": [told(line) | {"letter": letters.get(line.content["stay"], "")} for line in found.hits],
        "earlier": [told(line) for line in found.earlier],
        "map": drawing.map_of(found),
        "datasets": lookup.datasets(),
        "is_behind": searched is not None and searched.sources != lookup.sources_key(),
    }
    return render(request, "incidents/of_case.html", page)


@require_http_methods(["GET", "POST"])
@for_members(*ROLES)
def search(request: DeskRequest, case_id: str) -> HttpResponse:
    """Which stays to ask about, taken from the interview, and asking."""
    case, today = case_for_researcher(request.actor, case_id), clock.today()
    if request.method == "POST":
        rows, reach = stay_forms(request.POST, []), ReachForm(request.POST)
        typed = [row for row in rows if not row.is_blank]
        if not typed:
            reach.add_error(None, gettext("At least one stay is needed."))
        if all([reach.is_valid(), *(row.is_valid() for row in typed)]):
            answer = _searched(request, case, typed, reach)
            if answer is not None:
                return answer
    else:
        said = selectors.stays_of(case, request.actor, today=today)
        rows, reach, typed = stay_forms(None, said), ReachForm(), []
    for row in set(rows) - set(typed):
        row.is_bound = False
    problems = [form for form in (reach, *typed) if form.errors]
    page = {"case": case, "rows": rows, "reach": reach, "problems": problems, "datasets": lookup.datasets()}
    return render(request, "incidents/search.html", page, status=422 if problems else 200)


def _searched(request: DeskRequest, case: Case, typed: Sequence[StayForm], reach: ReachForm) -> HttpResponse | None:
    """The way on after a search; None where it could not be made, with the reason on its form."""
    said = [row.said() for row in typed]
    try:
        outcome = services.search_case(case, request.actor, said, reach.reached(), today=clock.today())
    except NoIncidents:
        reach.add_error(None, gettext("No dataset was imported yet. An administrator of the server imports them."))
        return None
    except StayUnclear as refused:
        typed[refused.row].add_error(refused.field, gettext("Please look at this again."))
        return None
    except NotGranted:
        refuse(case, request.actor)
    return redirect_saying("searched-new" if outcome.new else "searched", "incidents:of-case", case_id=case.id)


@require_http_methods(["GET", "POST"])
@for_members(*ROLES)
def hit(request: DeskRequest, case_id: str, overlap_id: str) -> HttpResponse:
    """One coincidence side by side, and deciding what follows."""
    case, today = case_for_researcher(request.actor, case_id), clock.today()
    found = selectors.incidents_of(case, request.actor, today=today)
    line = next((each for each in (*found.hits, *found.earlier) if each.record == overlap_id), None)
    if line is None:
        refuse(case, request.actor)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.decide(case, request.actor, overlap_id, form.found(), form.cleaned_data["reason"], today=today)
        return redirect_saying("incident-decided", "incidents:of-case", case_id=case.id)
    page = {"case": case, "form": form, **told(line)}
    return render(request, "incidents/hit.html", page, status=422 if form.errors else 200)
