"""Every template is drawn by some page and keeps the house's rules; what the tests never draw would be found by people."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.template.base import Template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.test import Client, RequestFactory
from django.test.signals import template_rendered

from safeconduct.desk.accounts import enrolment
from safeconduct.desk.accounts.middleware import SESSION_COOKIE
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.accounts.sessions import open_session
from safeconduct.desk.cases.models import Case
from safeconduct.desk.dossiers.models import Dossier
from safeconduct.desk.dossiers.vouching import vouch_for
from safeconduct.desk.evaluations import services as evaluating
from safeconduct.desk.evaluations.models import Assignment
from safeconduct.desk.inbox.interpreting import give_thread
from safeconduct.desk.intake.middleware import CONVERSATION_COOKIE
from safeconduct.desk.intake.sessions import come_back
from safeconduct.desk.vault.secrets import Passphrase
from safeconduct.desk.web import clock, views
from tests.cast import PASSPHRASE, TODAY, Cast, a_request
from tests.contracts.test_routes import address, ask, table
from tests.evaluators import declared
from tests.walked import World, capture, overlap, pictured_request, world

DESK = Path(__file__).resolve().parents[2] / "src" / "safeconduct" / "desk"
SOURCES = sorted(DESK.glob("*/templates/**/*.html"))
UNSAFE = re.compile(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off|mark_safe|SafeString|format_html_join")


def name_of(path: Path) -> str:
    """A template's name as views and includes write it."""
    return path.relative_to(next(each for each in path.parents if each.name == "templates")).as_posix()


NAMES = [name_of(path) for path in SOURCES]


@cache
def compiled(name: str) -> Template:
    """A template of the desk, compiled."""
    template: Template = engines["django"].get_template(name).template  # type: ignore[attr-defined]  # Django's own backend
    return template


def test_there_are_templates() -> None:
    assert len(SOURCES) > 50


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(name: str) -> None:
    assert compiled(name).nodelist


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_template_holds_script_or_style_of_its_own(path: Path) -> None:
    """The policy of the pages would not run them; and what is not in a file is not reviewed."""
    found = Inline()
    found.feed(re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", path.read_text(), flags=re.DOTALL))
    assert found.wrong == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_every_template_says_what_it_needs(path: Path) -> None:
    """A comment at its head says what it is for; a partial names its variables there."""
    assert re.search(r"\{#|\{% comment %\}", "\n".join(path.read_text().splitlines()[:2])) or path.parent.name == "errors"


@pytest.mark.parametrize("path", sorted(DESK.rglob("*.py")) + SOURCES, ids=lambda path: path.relative_to(DESK).as_posix())
def test_nothing_is_drawn_unescaped(path: Path) -> None:
    assert UNSAFE.search(path.read_text()) is None


def test_every_template_is_named_by_a_view_or_drawn_by_another_template() -> None:
    """No file is left behind, and none is named that is not there."""
    drawn = {name for source in NAMES for name in drawn_by(source)}
    assert drawn - set(NAMES) == set()
    assert set(NAMES) - drawn - named_in_python() - named_by_django() == set()


def test_every_template_is_drawn(cast: Cast, client: Client) -> None:
    """Going to every route as everybody, and doing what shows the rest, draws each file at least once."""
    drawn: set[str] = set()

    def note(template: Template, **more: object) -> None:
        drawn.add(str(template.name))

    template_rendered.connect(note)
    try:
        go_everywhere(cast)
        do_the_rest(cast, client)
    finally:
        template_rendered.disconnect(note)
    assert set(NAMES) - drawn == set()


def go_everywhere(cast: Cast) -> None:
    """Every route as members of every kind, as an applicant and as a stranger."""
    receipt, request = pictured_request(cast)
    here = world(cast, request.id)
    clients = [cast.client(name) for name in ("amal", "bea", "dana", "gita", "hugo")] + [cast.stranger(), cast.stranger()]
    clients[-1].cookies[CONVERSATION_COOKIE] = come_back(receipt.digits(), now=clock.now())
    for row in table():
        for each in clients:
            ask(each, row.method, address(row.route, here))
    _evaluations(cast, here)
    case = Case.objects.select_related("organisation").get(pk=here.case_id)
    cast.client("amal").get(f"/desk/cases/{case.id}/evidence/{capture(cast, case)}/")


def _evaluations(cast: Cast, here: World) -> None:
    """Before a declaration, after signing, and while the other one is awaited."""
    waiting = Assignment.objects.select_related("case").get(pk=here.assignment_id)
    offered = evaluating.assign(waiting.case, cast.actor("amal"), cast.actor("emil").member, today=TODAY)
    signed = Assignment.objects.get(case_id=here.case_id, evaluator=cast.actor("emil").member)
    for assignment in (offered, signed):
        cast.client("emil").get(f"/desk/evaluations/{assignment.id}/")
    overlap(cast, waiting.case)
    cast.client("bea").get(f"/desk/evaluations/{waiting.id}/")
    declared(cast, offered, "emil")
    cast.client("emil").get(f"/desk/evaluations/{offered.id}/")
    cast.client("amal").get(f"/desk/cases/{waiting.case_id}/evaluations/compare/")
    cast.client("amal").get(f"/desk/cases/{waiting.case_id}/interview/s4/")


def do_the_rest(cast: Cast, client: Client) -> None:
    """What is shown once only, what somebody new sees, and what goes wrong."""
    client.post(
        "/ask/lantern/",
        {
            "where.place.country": "KZ",
            "who_reads.readers": "this_desk",
            "contact.way": "here",
            "language.tongue": "russian",
            "consent.purposes": "case_handling",
        },
    )
    receipt, request = pictured_request(cast)
    person = cast.stranger()
    person.cookies[CONVERSATION_COOKIE] = come_back(receipt.digits(), now=clock.now())
    person.post("/conversation/safety/", {"second": "1"})
    person.post("/conversation/proof/")
    cast.client("amal").get(f"/desk/requests/{request.id}/proof/")
    cast.client("dana").post("/account/organisation/invite/", {"alias": "Ines", "roles": "caseworker", "language": "fr"})
    cast.client("amal").post("/account/organisation/recovery/set-up/", {"custodians": "Ines\nMaud\nOtto", "threshold": 2})
    _newcomer(cast).get("/desk/inbox/")
    _withdrawal(cast)
    _interpreter(cast)
    Client(headers={"host": "elsewhere.example"}).get("/")
    Client(enforce_csrf_checks=True).post("/leave/")
    views.forbidden(RequestFactory().get("/"), PermissionDenied())
    views.failed(RequestFactory().get("/"))
    views.meanwhile(RequestFactory().get("/"))
    views.pack_changed(RequestFactory().get("/"), "made under another content")


def _newcomer(cast: Cast) -> Client:
    """A caseworker to whom no coordinator has given the desk's key yet."""
    new = enrolment.NewMember(sign_in_name="ines", alias="Ines", roles=[Role.CASEWORKER], passphrase=Passphrase(PASSPHRASE))
    actor = enrolment.enrol(cast.organisation("lantern"), new, today=TODAY).actor
    browser = cast.stranger()
    browser.cookies[SESSION_COOKIE], _ = open_session(actor.member, actor.keys, now=clock.now())
    return browser


def _withdrawal(cast: Cast) -> None:
    """The pages of a released dossier: withdrawn, sealed to somebody, held, verified; and of a key that is withdrawn."""
    dossier = Dossier.objects.all()[0]
    Dossier.objects.filter(pk=dossier.pk).update(state=Dossier.State.RELEASED)
    for page in ("withdraw", "sealed"):
        cast.client("amal").get(f"/desk/dossiers/{dossier.id}/{page}/")
    dossier.case.requests.update(consents_changed_on=TODAY)
    cast.client("amal").get(f"/desk/dossiers/{dossier.id}/package/")
    vouch_for(cast.actor("bea").member, cast.actor("bea"), today=TODAY)
    cast.client("bea").get(f"/desk/members/{cast.actor('bea').id}/withdraw-key/")
    Client().post("/verify/", {"dossier": SimpleUploadedFile("dossier.zip", b"none")})


def _interpreter(cast: Cast) -> None:
    """Somebody who interprets one conversation."""
    new = enrolment.NewMember(sign_in_name="ilse", alias="Ilse", roles=[Role.INTERPRETER], passphrase=Passphrase(PASSPHRASE))
    actor = enrolment.enrol(cast.organisation("lantern"), new, today=TODAY).actor
    _, request = a_request(cast)
    give_thread(request, cast.actor("amal"), actor.member, until=clock.today(), today=clock.today())
    browser = cast.stranger()
    browser.cookies[SESSION_COOKIE], _ = open_session(actor.member, actor.keys, now=clock.now())
    browser.get("/desk/threads/")
    browser.get(f"/desk/threads/{request.id}/")


def drawn_by(name: str) -> Iterator[str]:
    """What a template extends or includes, by constant names; the house uses no others."""
    for kind in (ExtendsNode, IncludeNode):
        for node in compiled(name).nodelist.get_nodes_by_type(kind):
            expression = node.parent_name if isinstance(node, ExtendsNode) else node.template  # type: ignore[attr-defined]  # Django's own
            target = getattr(expression, "var", None)
            assert isinstance(target, str), f"{name} draws a template whose name it is given"
            yield target


def named_in_python() -> set[str]:
    """Templates that views name."""
    text = "\n".join(path.read_text() for path in DESK.rglob("*.py"))
    return set(re.findall(r'"([a-z_]+/[a-z_/]+\.html)"', text))


def named_by_django() -> set[str]:
    """Pages of errors, which handlers find by their names."""
    return {name for name in NAMES if re.fullmatch(r"(web/errors/)?(400|403|404|500)\.html", name)}


class Inline(HTMLParser):
    """Finds scripts, styles and handlers that stand in the page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag == "style" or (tag == "script" and "src" not in names):
            self.wrong.append(f"<{tag}>")
        self.wrong += [f"{tag} {name}" for name in names if name == "style" or name.startswith("on")]
        self.wrong += [
            f"{tag} {name}" for name, value in attrs if (value or "").strip().lower().startswith(("javascript:", "data:"))
        ]
