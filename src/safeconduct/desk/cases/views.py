"""Case pages: door, form, one call, render."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct import packs
from safeconduct.core.packtext import PackStamp
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import DESK_ROLES, Role
from safeconduct.desk.cases import selectors, services, words
from safeconduct.desk.cases.access import case_for_coordinator, case_for_reader, plays
from safeconduct.desk.cases.errors import NotConsented
from safeconduct.desk.cases.forms import ConsentsForm, PartForm, SearchForm
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.cases.next_steps import next_step
from safeconduct.desk.cases.services import Consent
from safeconduct.desk.intake.access import request_for_desk
from safeconduct.desk.intake.errors import AlreadyTriaged, OwnConsentMissing, StillInside
from safeconduct.desk.intake.forms import TriageForm
from safeconduct.desk.intake.models import Request
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.web import clock
from safeconduct.desk.web.answers import told
from safeconduct.desk.web.notices import redirect_saying
from safeconduct.desk.web.paging import page_number

CASE_ROLES = (Role.CASEWORKER, Role.COORDINATOR, Role.RESEARCHER, Role.LIAISON)


@require_http_methods(["GET", "POST"])
@for_members(*CASE_ROLES)
def case_list(request: DeskRequest) -> HttpResponse:
    """The actor's cases, or those that a search finds."""
    search = SearchForm(request.POST or None)
    page: dict[str, object] = {"search": search, "stages": words.STAGES}
    if request.method == "POST" and search.is_valid() and search.cleaned_data["words"].strip():
        page["found"] = selectors.search_cases(request.actor, search.cleaned_data["words"], now=clock.now())
    else:
        stage = request.GET.get("stage", "")
        page["listed"] = selectors.case_page(request.actor, page=page_number(request), stage=stage, today=clock.today())
        page["stage"] = stage
    return render(request, "cases/list.html", page)


@require_http_methods(["GET", "POST"])
@for_members(*DESK_ROLES)
def triage(request: DeskRequest, request_id: str) -> HttpResponse:
    """Triage a request and open a case, with consent recorded purpose by purpose."""
    row = request_for_desk(request.actor, request_id)
    if row.state not in (Request.State.NEW, Request.State.OPEN):
        raise Http404
    pack, language = packs.consents(packs.CONSENTS), get_language() or "en"
    form = TriageForm(request.POST or None, shown_in=language)
    consents = ConsentsForm(request.POST or None, pack=pack, organisation=row.organisation.name, language=language)
    if request.method == "POST" and form.is_valid() and consents.is_valid():
        try:
            case = services.open_case(
                row,
                request.actor,
                services.Triage(**form.cleaned_data),
                consents.consents(),
                wording=pack.stamp,
                today=clock.today(),
            )
        except AlreadyTriaged:
            return redirect("inbox:request", request_id=row.id)
        except StillInside:
            form.add_error("country", gettext("No case file is kept of people inside Russia. Answer with advice instead."))
        except OwnConsentMissing:
            return redirect("intake:own-consent", request_id=row.id)
        except NotAllowed:
            consents.add_error("case_handling.given", gettext("Without this consent no case can be opened."))
        else:
            return redirect_saying("case-opened", "cases:case", case_id=case.id)
    page = {"row": row, "form": form, "consents": consents, "pack": pack, "preamble": pack.preamble.in_language(language)}
    return render(request, "cases/triage.html", page, status=422 if form.errors or consents.errors else 200)


@require_GET
@for_members(*CASE_ROLES)
def case_page(request: DeskRequest, case_id: str) -> HttpResponse:
    """One case, as far as the reader holds its sections."""
    case = case_for_reader(request.actor, case_id)
    found = selectors.case_file(case, request.actor, today=clock.today())
    language = get_language() or "en"
    interview = [
        (
            words.SECTIONS[Section(section)],
            told(packs.questionnaire_of(PackStamp.from_value(record.content["pack"])), record.content["answers"], language),
        )
        for section, record in found.interview
    ]
    page = {
        "case": case,
        "file": found,
        "stage": words.STAGES[Case.Stage(case.stage)],
        "category": words.CATEGORIES.get(found.card.get("category", "unknown")),
        "urgency": words.URGENCIES.get(found.card.get("urgency", "unknown")),
        "risk": words.RISKS.get(found.card.get("risk", "unknown")),
        "interview": interview,
        "people": _people(case),
        "next": next_step(case, request.actor),
        "coordinates": plays(request.actor, case, CasePart.Part.COORDINATOR),
        "own": case.organisation_id == request.actor.organisation,
    }
    return render(request, "cases/case.html", page)


def _people(case: Case) -> list[tuple[Member, str]]:
    """Everybody with a part in the case, once, with all their parts."""
    found: dict[str, tuple[Member, list[str]]] = {}
    for part in case.parts.select_related("member__organisation").order_by("id"):
        found.setdefault(part.member_id, (part.member, []))[1].append(str(words.PARTS[CasePart.Part(part.part)]))
    return [(member, ", ".join(parts)) for member, parts in found.values()]


@require_http_methods(["GET", "POST"])
@for_members(Role.CASEWORKER, Role.COORDINATOR)
def consents_page(request: DeskRequest, case_id: str) -> HttpResponse:
    """What the person consents to, purpose by purpose; earlier answers stay as history."""
    case = case_for_reader(request.actor, case_id)
    if case.organisation_id != request.actor.organisation:
        raise Http404
    pack, language = packs.consents(packs.CONSENTS), get_language() or "en"
    recorded = selectors.consents_of_case(case, request.actor, today=clock.today())
    given = {
        purpose: Consent(purpose=purpose, given=said["given"], recipients=said["recipients"])
        for purpose, said in recorded.get("purposes", {}).items()
    }
    form = ConsentsForm(request.POST or None, pack=pack, organisation=case.organisation.name, language=language, given=given)
    if request.method == "POST" and form.is_valid():
        services.change_consents(case, request.actor, form.consents(), wording=pack.stamp, today=clock.today())
        return redirect_saying("saved", "cases:case", case_id=case.id)
    page = {
        "case": case,
        "form": form,
        "preamble": pack.preamble.in_language(language),
        "withdrawal": pack.withdrawal.in_language(language),
    }
    return render(request, "cases/consents.html", page)


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
def people(request: DeskRequest, case_id: str) -> HttpResponse:
    """Who works on the case, with keys to which sections."""
    case = case_for_coordinator(request.actor, case_id)
    eligible = [member.id for member in Member.objects.filter(is_active=True) if member.has_role(*CASE_ROLES)]
    form = PartForm(
        request.POST or None,
        organisation=case.organisation_id,
        members=eligible,
        section_names=words.section_choices(),
    )
    if request.method == "POST" and form.is_valid():
        sections = [Section(name) for name in form.cleaned_data["sections"]]
        member, part = form.cleaned_data["member"], form.cleaned_data["part"]
        try:
            services.give_part(case, request.actor, member, part, sections, today=clock.today())
        except NotConsented:
            form.add_error("member", str(words.NOT_CONSENTED))
        else:
            return redirect_saying("saved", "cases:people", case_id=case.id)
    page = {"case": case, "form": form, "people": _people(case)}
    return render(request, "cases/people.html", page, status=422 if form.errors else 200)


@require_POST
@for_members(Role.COORDINATOR)
@with_fresh_proof
def remove_member(request: DeskRequest, case_id: str, member_id: str) -> HttpResponse:
    """Take a member off the case; its keys change."""
    case = case_for_coordinator(request.actor, case_id)
    part = case.parts.filter(member_id=member_id).select_related("member").first()
    if part is None or member_id == request.actor.id:
        raise Http404
    services.remove_member(case, request.actor, part.member, today=clock.today())
    return redirect_saying("member-removed", "cases:people", case_id=case.id)
