"""Evidence pages."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.access import case_for_reader, refuse
from safeconduct.desk.evidence import services
from safeconduct.desk.evidence.forms import KIND_LABELS, EvidenceForm
from safeconduct.desk.vault import files
from safeconduct.desk.vault.errors import NotGranted, UploadRefused
from safeconduct.desk.vault.filetypes import EXTENSIONS
from safeconduct.desk.web import clock
from safeconduct.desk.web.downloads import as_download
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
        except NotGranted:
            refuse(case, request.actor)
        else:
            return redirect_saying("evidence-added", "evidence:of-case", case_id=case.id)
    items = services.items_of(case, request.actor, today=clock.today())
    page = {"case": case, "items": items, "kinds": KIND_LABELS, "form": form, "may_add": may_add}
    return render(request, "evidence/of_case.html", page, status=422 if form.errors else 200)


@require_GET
@for_members(*READERS)
def original(request: DeskRequest, case_id: str, record_id: str) -> StreamingHttpResponse | HttpResponse:
    """The original of a piece of evidence, as a download: it is never shown inside a page."""
    case = case_for_reader(request.actor, case_id)
    try:
        reference = services.original_of(case, request.actor, record_id, today=clock.today())
    except NotGranted:
        raise Http404 from None
    name = f"{case.reference}-{record_id[:4]}.{EXTENSIONS[reference['type']]}"
    return as_download(files.stream(reference), name=name, size=reference["size"])
