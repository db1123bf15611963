"""Pages of site cards: a coordinator signs one; anybody reads it and takes the file along."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.core.statements import NotStatementForm
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.intake.access import desk_for_public
from safeconduct.desk.sitecards import selectors, services
from safeconduct.desk.sitecards.forms import CardForm, own_address
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
@with_fresh_proof
def sign(request: DeskRequest) -> HttpResponse:
    """Sign the organisation's card."""
    organisation = request.actor.member.organisation
    form = CardForm(request.POST if request.method == "POST" else None, initial={"addresses": own_address()})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            services.sign_card(request.actor, typed["addresses"], days=typed["days"], today=clock.today())
        except (NotGranted, NotStatementForm):
            form.add_error(
                None, gettext("You do not hold the organisation’s signing key. Another coordinator can give it to you.")
            )
        else:
            return redirect_saying("card-signed", "sitecards:sign")
    page = {"form": form, "shown": selectors.card_of(organisation, today=clock.today()), "organisation": organisation}
    return render(request, "sitecards/sign.html", page, status=422 if form.errors else 200)


@require_GET
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """The card of one organisation, in words."""
    organisation = desk_for_public(slug)
    shown = selectors.card_of(organisation, today=clock.today())
    return render(request, "sitecards/card.html", {"organisation": organisation, "shown": shown})


@require_GET
def file(request: HttpRequest, slug: str) -> HttpResponse:
    """The signed file, for `verify` and for partners who publish it."""
    shown = selectors.card_of(desk_for_public(slug), today=clock.today())
    if shown is None:
        raise Http404
    response = HttpResponse(shown.encoded, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="site-card-{slug}.json"'
    return response
