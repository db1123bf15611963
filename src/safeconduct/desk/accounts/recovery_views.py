"""Pages of recovery: set up, drill, open for a member, and the member's way back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safeconduct.desk.accounts import membership, recovery
from safeconduct.desk.accounts.access import member_for_steward
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.errors import LinkUnusable, NotAllowed, PassphraseTooWeak, SharesUnusable
from safeconduct.desk.accounts.membership import STEWARDS
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.recovery_forms import RecoverForm, SetUpForm, SharesForm
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.accounts.views import signed_in
from safeconduct.desk.vault.recovery import digest_of
from safeconduct.desk.web import clock
from safeconduct.desk.web.links import public_link
from safeconduct.desk.web.notices import redirect_saying


@require_GET
@for_members(*STEWARDS)
def overview(request: DeskRequest) -> HttpResponse:
    """Whether the organisation could bring back a lost passphrase, and for whom."""
    organisation = request.actor.member.organisation
    public = organisation.recovery_public_key
    digest = digest_of(bytes(public)) if public else ""
    members = Member.objects.filter(organisation=organisation, is_active=True, joined_on__isnull=False)
    page = {
        "organisation": organisation,
        "mark": digest[:8],
        "custodians": recovery.custodians_of(organisation, request.actor),
        "not_yet": members.exclude(recovery_key_digest=digest).order_by("alias") if digest else [],
        "may_set_up": membership.gives_keys(request.actor),
    }
    return render(request, "accounts/recovery.html", page)


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
@with_fresh_proof
def set_up(request: DeskRequest) -> HttpResponse:
    """Make a key and show the custodians' sheets, once, to be printed."""
    form = SetUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            sheets = recovery.set_up(
                request.actor, threshold=typed["threshold"], custodians=typed["custodians"], today=clock.today()
            )
        except NotAllowed:
            form.add_error(None, gettext("Only a coordinator who holds the organisation's keys sets recovery up."))
        else:
            return _sheets(request, sheets)
    return render(request, "accounts/recovery_set_up.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_members(*STEWARDS)
def drill(request: DeskRequest) -> HttpResponse:
    """Check with the custodians that their sheets give the key; nothing is opened."""
    form = SharesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            recovery.drill(request.actor, form.sheets(), today=clock.today())
        except SharesUnusable as refused:
            form.say_shares_unusable(refused)
        else:
            return redirect_saying("drill-passed", "accounts:recovery")
    page = {"form": form, "organisation": request.actor.member.organisation}
    return render(request, "accounts/recovery_drill.html", page, status=422 if form.errors else 200)


@require_POST
@for_members(*STEWARDS)
@with_fresh_proof
def open_for(request: DeskRequest, member_id: str) -> HttpResponse:
    """A link and a code for a member who lost the passphrase, shown once."""
    member = member_for_steward(request.actor, member_id)
    try:
        given = recovery.open_recovery(member, actor=request.actor, now=clock.now())
    except NotAllowed:
        return render(request, "accounts/recovery_opened.html", {"member": member}, status=422)
    link = public_link("accounts:recover", token=given.token)
    page = {"member": member, "link": link, "code": given.code, "organisation": member.organisation}
    return render(request, "accounts/recovery_opened.html", page)


@require_http_methods(["GET", "POST"])
def recover(request: HttpRequest, token: str) -> HttpResponse:
    """A member comes back: code, shares and a new passphrase. The page is the same for a link that does not exist."""
    form = RecoverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            cookie, actor = recovery.recover(token, typed["code"], form.sheets(), typed["secret"], now=clock.now())
        except LinkUnusable:
            form.say_unusable()
        except SharesUnusable as refused:
            form.say_shares_unusable(refused)
        except PassphraseTooWeak:
            form.say_too_weak()
        else:
            return signed_in(request, cookie, actor, "accounts:second-factor")
    return render(request, "accounts/recover.html", {"form": form}, status=422 if form.errors else 200)


def _sheets(request: DeskRequest, sheets: list[tuple[str, str]]) -> HttpResponse:
    organisation = request.actor.member.organisation
    page = {
        "organisation": organisation,
        "sheets": [(name, words.split(" ")) for name, words in sheets],
        "mark": digest_of(bytes(organisation.recovery_public_key or b""))[:8],
    }
    return render(request, "accounts/recovery_sheets.html", page)
