"""The custody log's pages, for auditors: acts and identifiers, nothing about anybody."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from safeconduct.core.custody import NO_OBJECT, Act, Purpose
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.auditing import checking
from safeconduct.desk.auditing.forms import FilterForm
from safeconduct.desk.auditing.selectors import log_page
from safeconduct.desk.custody import selectors, services
from safeconduct.desk.web import clock


@require_GET
@for_members(Role.AUDITOR)
def entries(request: DeskRequest) -> HttpResponse:
    """The log of the auditor's organisation, newest first."""
    form = FilterForm(request.GET or None)
    typed = form.cleaned_data if form.is_valid() else {}
    act, thing = typed.get("act", ""), typed.get("object", "")
    page = log_page(request.actor, before=_before(request), act=Act(act) if act else None, thing=thing, today=clock.today())
    rest = urlencode({"act": act, "object": thing})
    return render(request, "auditing/log.html", {"form": form, "page": page, "rest": rest}, status=422 if form.errors else 200)


@require_GET
@for_members(Role.AUDITOR)
def proof(request: DeskRequest, position: int) -> HttpResponse:
    """A proof that one entry stands in the log, to be checked by anybody who has the log's public key."""
    organisation = request.actor.organisation
    try:
        entry = selectors.entry_at(organisation, position)
    except LookupError:
        raise Http404 from None
    (bundle,) = checking.prove(organisation, [entry])
    services.write(
        organisation, Act.LOG_READ, actor=request.actor.id, thing=NO_OBJECT, purpose=Purpose.AUDIT, today=clock.today()
    )
    response = HttpResponse(bundle.encode(), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="proof-{organisation}-{position}.json"'
    return response


def _before(request: DeskRequest) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
