"""Dossier pages: compose, attest, release, hand out."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct import packs
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases import words as case_words
from safeconduct.desk.cases.access import case_for_coordinator
from safeconduct.desk.dossiers import selectors, services
from safeconduct.desk.dossiers.access import attestation_for_evaluator, dossier_for_releaser
from safeconduct.desk.dossiers.errors import NotReady, SamePerson
from safeconduct.desk.dossiers.forms import ComposeForm, ReleaseForm
from safeconduct.desk.dossiers.models import Dossier
from safeconduct.desk.dossiers.papers import roots
from safeconduct.desk.dossiers.readiness import COMPOSABLE
from safeconduct.desk.dossiers.vouching import trust_file
from safeconduct.desk.dossiers.words import NOT_READY, STATES
from safeconduct.desk.vault import files
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_GET
@for_members(Role.COORDINATOR)
def of_case(request: DeskRequest, case_id: str) -> HttpResponse:
    """The dossiers of a case."""
    case = case_for_coordinator(request.actor, case_id)
    rows = case.dossiers.select_related("composed_by", "released_by").order_by("-version")
    shown = [(row, STATES[Dossier.State(row.state)], row.attestations.filter(envelope=None).count()) for row in rows]
    releases = selectors.releases(case, request.actor, today=clock.today())
    page = {
        "case": case,
        "dossiers": shown,
        "releases": releases,
        "may_compose": case.stage in COMPOSABLE,
        "reader": request.actor.id,
    }
    return render(request, "dossiers/of_case.html", page)


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
def compose(request: DeskRequest, case_id: str) -> HttpResponse:
    """Compose a version for one authority, within the consents."""
    case = case_for_coordinator(request.actor, case_id)
    if case.stage not in COMPOSABLE:
        raise Http404
    found = selectors.choices(case, request.actor, today=clock.today())
    names = case_words.section_choices()
    form = ComposeForm(request.POST or None, recipients=found.recipients, items=found.items, section_names=names)
    if request.method == "POST" and form.is_valid():
        try:
            services.compose_dossier(case, request.actor, form.plan(), today=clock.today())
        except NotReady as reason:
            form.add_error(None, str(NOT_READY[reason.reason]))
        else:
            return redirect_saying("composed", "dossiers:of-case", case_id=case.id)
    return render(request, "dossiers/compose.html", {"case": case, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_members(Role.EVALUATOR)
@with_fresh_proof
def attest(request: DeskRequest, attestation_id: str) -> HttpResponse:
    """What an evaluator signs under a dossier: their evaluation, in words, and the dossier's digest."""
    row = attestation_for_evaluator(request.actor, attestation_id)
    if request.method == "POST" and row.envelope is None:
        services.attest_dossier(row, request.actor, today=clock.today())
        return redirect_saying("attested", "home")
    statement = selectors.statement_for(row, request.actor)
    language = get_language() or "en"
    usable, _ = packs.criteria_at_hand()
    names = {each.id: each.name.in_language(language) for pack in usable for each in pack.criteria}
    words = [(names.get(criterion, criterion), word) for criterion, word in statement.criteria.items()]
    page = {"row": row, "case": row.dossier.case, "statement": statement, "words": words}
    return render(request, "dossiers/attest.html", page)


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
@with_fresh_proof
def release(request: DeskRequest, dossier_id: str) -> HttpResponse:
    """A second person reads once more what leaves, and signs for the organisation."""
    dossier = dossier_for_releaser(request.actor, dossier_id)
    problem = ""
    shown = selectors.shown_before_release(dossier, request.actor, today=clock.today())
    form = ReleaseForm(request.POST or None, things=[(thing.id, f"{thing.title} — {thing.reveals}") for thing in shown.things])
    if request.method == "POST":
        read = form.cleaned_data["read"] if form.is_valid() else ()
        try:
            services.release_dossier(dossier, request.actor, read=read, today=clock.today(), now=clock.now())
        except SamePerson:
            problem = gettext("You composed this dossier; a second person has to release it.")
        except NotReady as reason:
            problem = str(NOT_READY[reason.reason])
        else:
            return redirect_saying("released", "dossiers:of-case", case_id=dossier.case_id)
    waiting = dossier.attestations.filter(envelope=None).select_related("evaluator")
    page = {
        "dossier": dossier,
        "case": dossier.case,
        "shown": shown,
        "form": form,
        "waiting": waiting,
        "problem": problem,
        "is_second": dossier.composed_by_id != request.actor.id,
    }
    return render(request, "dossiers/release.html", page, status=422 if problem else 200)


@require_GET
@for_members(Role.COORDINATOR, Role.LIAISON)
@with_fresh_proof
def package(request: DeskRequest, dossier_id: str) -> HttpResponseBase:
    """The released package, streamed out of its seal; each hand-out is an entry of the log."""
    dossier = dossier_for_releaser(request.actor, dossier_id)
    try:
        reference = services.package_of(dossier, request.actor, today=clock.today())
    except NotReady as reason:
        return not_handed_out(request, dossier, reason)
    response = StreamingHttpResponse(files.stream(reference), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{reference["name"]}"'
    response.headers["Content-Length"] = str(reference["size"])
    return response


def not_handed_out(request: DeskRequest, dossier: Dossier, reason: NotReady) -> HttpResponse:
    """Why a released package does not leave now; 404 where there is none."""
    if reason.reason in ("release", "withdrawn"):
        raise Http404
    page = {"case": dossier.case, "problem": NOT_READY[reason.reason]}
    return render(request, "dossiers/held.html", page, status=409)


@require_GET
@for_members(Role.COORDINATOR)
@with_fresh_proof
def document(request: DeskRequest, dossier_id: str) -> HttpResponseBase:
    """The composed document, to be read before it is released."""
    dossier = dossier_for_releaser(request.actor, dossier_id)
    reference = services.document_of(dossier, request.actor, today=clock.today())
    response = StreamingHttpResponse(files.stream(reference), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{dossier.case.reference}-{dossier.version}.pdf"'
    response.headers["Content-Length"] = str(reference["size"])
    return response


@require_GET
@for_members()
def certificates(request: DeskRequest) -> HttpResponse:
    """Root certificates of the coalition, to import where the signature inside the PDF is checked."""
    response = HttpResponse(roots(), content_type="application/x-pem-file")
    response.headers["Content-Disposition"] = 'attachment; filename="organisation-roots.pem"'
    return response


@require_GET
@for_members()
def trust(request: DeskRequest) -> HttpResponse:
    """The trust file: public keys of the coalition, to give to authorities by another way than the dossier."""
    response = HttpResponse(trust_file(clock.today()), content_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="trust.json"'
    return response
