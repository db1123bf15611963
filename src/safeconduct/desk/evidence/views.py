"""Evidence pages."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.access import case_for_reader, refuse
from safeconduct.desk.cases.errors import NotConsented
from safeconduct.desk.evidence import checking, selectors, services, twins
from safeconduct.desk.evidence.forms import ANSWERS, KIND_LABELS, LIKENESSES, REVEAL_LABELS, ChecksForm, EvidenceForm
from safeconduct.desk.vault.errors import NotGranted, UploadRefused
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying

READERS = (Role.CASEWORKER, Role.COORDINATOR, Role.RESEARCHER, Role.EVALUATOR)


@require_http_methods(["GET", "POST"])
@for_members(*READERS)
def of_case(request: DeskRequest, case_id: str) -> HttpResponse:
    """Documents and captures of a case, and a new one."""
    case = case_for_reader(request.actor, case_id)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    may_add = request.actor.has_role(Role.CASEWORKER, Role.COORDINATOR, Role.RESEARCHER)
    if request.method == "POST" and not may_add:
        refuse(case, request.actor)
    if request.method == "POST" and form.is_valid():
        (upload, *_) = form.cleaned_data.pop("attachment")
        try:
            services.add_item(case, request.actor, services.Item(**form.cleaned_data), upload, today=clock.today())
        except UploadRefused:
            form.add_error("attachment", gettext("This kind of file cannot be taken: pictures, PDF, sound, video or plain text."))
        except NotConsented:
            form.add_error("kind", gettext("The person has not agreed to recordings; ask them first."))
        except NotGranted:
            refuse(case, request.actor)
        else:
            return redirect_saying("evidence-added", "evidence:of-case", case_id=case.id)
    items = services.items_of(case, request.actor, today=clock.today())
    alike = twins.twins_of(case, request.actor, today=clock.today())
    page = {
        "case": case,
        "items": [(each, each.id in alike) for each in items],
        "kinds": KIND_LABELS,
        "reveals": REVEAL_LABELS,
        "form": form,
        "may_add": may_add,
    }
    return render(request, "evidence/of_case.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_members(*READERS)
def item(request: DeskRequest, case_id: str, record_id: str) -> HttpResponse:
    """Where an item comes from, what was done with it, and its checks, which a person signs."""
    case, language = case_for_reader(request.actor, case_id), get_language() or "en"
    try:
        found = selectors.item_of(case, request.actor, record_id, today=clock.today())
    except NotGranted:
        raise Http404 from None
    may_check = checking.may_check(request.actor, case)
    if request.method == "POST" and not may_check:
        refuse(case, request.actor)
    form = ChecksForm(request.POST if request.method == "POST" else None, found.checks, language)
    if request.method == "POST" and form.is_valid():
        try:
            checking.sign_checks(case, request.actor, record_id, form.answers(), today=clock.today())
        except checking.NothingAnswered:
            form.add_error(None, gettext("You have answered nothing, or nothing otherwise than before."))
        else:
            return redirect_saying("checks-signed", "evidence:item", case_id=case.id, record_id=record_id)
    page = {"case": case, "item": found, "form": form, "may_check": may_check}
    words = {"kinds": KIND_LABELS, "answers": ANSWERS, "likenesses": LIKENESSES}
    page["twins"] = twins.twins_of(case, request.actor, today=clock.today()).get(record_id, [])
    return render(request, "evidence/item.html", page | words, status=422 if form.errors else 200)
