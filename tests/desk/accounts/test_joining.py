"""An invitation is a link that works once, and only with the code that was spoken."""

from datetime import timedelta

import pytest
from django.urls import reverse

from safeconduct.desk.accounts import credentials, enrolment, invitations, membership, sessions
from safeconduct.desk.accounts.errors import (
    CodeUnusable,
    LinkUnusable,
    NameTaken,
    NotAllowed,
    PassphraseTooWeak,
    RolesDoNotFit,
    SignInRefused,
)
from safeconduct.desk.accounts.links import MOST_FAILURES, GivenLink
from safeconduct.desk.accounts.models import Invitation, Member
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.accounts.sessions import SignIn
from safeconduct.desk.vault.models import Holder
from safeconduct.desk.vault.secrets import Passphrase
from safeconduct.desk.web import clock
from tests.cast import NOW, PASSPHRASE, TODAY, Cast
from tests.desk.accounts.parts import acts, factor_of, invited, joined, joining, without_tokens


def wrong(code: str) -> str:
    """A code that differs in one digit."""
    return code[:-1] + ("1" if code[-1] == "0" else "0")


def test_an_invited_person_makes_their_own_keys_and_signs_in(cast: Cast) -> None:
    hana = joined(cast)
    assert (hana.member.roles, hana.member.languages, hana.organisation) == (["caseworker"], "fr", "lantern")
    assert not Invitation.objects.exists()
    assert acts("lantern", hana.id) == ["session.opened", "member.joined"]
    later = NOW + timedelta(minutes=2)
    attempt = SignIn("hana", Passphrase(PASSPHRASE), factor_of(hana).code(int(later.timestamp())))
    assert sessions.sign_in(attempt, now=later)[1].id == hana.id


def test_a_new_desk_member_lacks_keys_until_a_coordinator_gives_them(cast: Cast) -> None:
    hana = joined(cast)
    assert enrolment.lacks_keys(hana.member)
    for name in ("dana", "gita", "bea"):
        with pytest.raises(NotAllowed):
            enrolment.welcome(hana.member, actor=cast.actor(name), today=TODAY)
    enrolment.welcome(hana.member, actor=cast.actor("amal"), today=TODAY)
    assert not enrolment.lacks_keys(hana.member)


def test_a_coordinator_by_name_only_cannot_give_keys(cast: Cast) -> None:
    hana, ines = joined(cast, Role.COORDINATOR), joined(cast, name="ines", by="dana")
    assert not membership.gives_keys(hana)
    with pytest.raises(NotAllowed):
        enrolment.welcome(ines.member, actor=hana, today=TODAY)


@pytest.mark.parametrize("name", ["gita", "emil"])
def test_only_administrators_and_coordinators_invite(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        invited(cast, by=name)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("roles", [(Role.ADMINISTRATOR, Role.CASEWORKER), (Role.AUDITOR, Role.EVALUATOR)])
def test_administration_and_audit_do_not_go_with_case_keys(cast: Cast, roles: tuple[Role, ...]) -> None:
    with pytest.raises(RolesDoNotFit):
        invited(cast, *roles)


def test_the_code_is_worthless_without_its_link_and_the_link_without_its_code(cast: Cast) -> None:
    given, other = invited(cast), invited(cast, alias="Ines")
    for link in (
        GivenLink(given.token, wrong(given.code)),
        GivenLink(given.token, "hello"),
        GivenLink(given.token, other.code),
        GivenLink(other.token, given.code),
        GivenLink("nothing", given.code),
        GivenLink(given.token[:-1], given.code),
    ):
        with pytest.raises(LinkUnusable):
            invitations.join(link.token, link.code, joining(), now=NOW)
    assert not Member.objects.filter(sign_in_name="hana").exists()
    invitations.join(given.token, given.code, joining(), now=NOW)


def test_five_wrong_codes_kill_the_link_also_for_the_right_one(cast: Cast) -> None:
    given = invited(cast)
    for _ in range(MOST_FAILURES):
        with pytest.raises(LinkUnusable):
            invitations.join(given.token, wrong(given.code), joining(), now=NOW)
    with pytest.raises(LinkUnusable):
        invitations.join(given.token, given.code, joining(), now=NOW)


def test_a_right_code_with_a_weak_passphrase_costs_no_attempt(cast: Cast) -> None:
    given = invited(cast)
    for _ in range(MOST_FAILURES + 1):
        with pytest.raises(PassphraseTooWeak):
            invitations.join(given.token, given.code, joining(passphrase="hana hana hana hana"), now=NOW)
    invitations.join(given.token, given.code, joining(), now=NOW)


def test_a_link_dies_after_three_days(cast: Cast) -> None:
    given = invited(cast)
    with pytest.raises(LinkUnusable):
        invitations.join(given.token, given.code, joining(), now=NOW + timedelta(hours=72))
    invitations.join(given.token, given.code, joining(), now=NOW + timedelta(hours=71, minutes=59))


def test_a_link_that_was_used_to_the_end_or_revoked_is_dead(cast: Cast) -> None:
    given = invited(cast)
    _, actor = invitations.join(given.token, given.code, joining(), now=NOW)
    invitations.revoke(Invitation.objects.get(), cast.actor("dana"))
    assert not Member.objects.filter(pk=actor.id).exists()
    with pytest.raises(LinkUnusable):
        invitations.join(given.token, given.code, joining(), now=NOW)


@pytest.mark.parametrize(("name", "alias"), [("bea", "Hana"), ("hana", "AMAL")])
def test_names_and_aliases_are_taken_once(cast: Cast, name: str, alias: str) -> None:
    given = invited(cast)
    with pytest.raises(NameTaken):
        invitations.join(given.token, given.code, joining(name, alias), now=NOW)
    assert not Member.objects.filter(sign_in_name="hana").exists()


def test_until_the_second_factor_is_confirmed_joining_can_begin_again_and_nobody_can_sign_in(cast: Cast) -> None:
    given = invited(cast)
    _, first = invitations.join(given.token, given.code, joining(), now=NOW)
    pending = credentials.pending_second_factor(first)
    assert pending is not None
    with pytest.raises(SignInRefused):
        sessions.sign_in(SignIn("hana", Passphrase(PASSPHRASE), pending.code(int(NOW.timestamp()))), now=NOW)
    with pytest.raises(CodeUnusable):
        credentials.confirm_second_factor(first, "000000", now=NOW - timedelta(days=1))
    with pytest.raises(NotAllowed):
        enrolment.welcome(first.member, actor=cast.actor("amal"), today=TODAY)
    _, second = invitations.join(given.token, given.code, joining(), now=NOW)
    assert not Holder.objects.filter(pk=first.id).exists()
    assert Holder.objects.filter(pk=second.id).exists()
    assert acts("lantern", second.id) == ["session.opened"]


def test_joining_through_the_pages(cast: Cast) -> None:
    coordinator = cast.client("amal")
    answer = coordinator.post(reverse("accounts:invite"), {"alias": "Hana", "roles": ["caseworker"], "language": "fr"})
    link, code = answer.context["link"], answer.context["code"]
    assert code not in link
    assert code.replace(" ", "") not in link
    newcomer = cast.stranger()
    path = link.removeprefix("http://127.0.0.1:8000")
    assert newcomer.get(path).status_code == 200
    typed = {"code": code, "sign_in_name": "hana", "alias": "Hana", "passphrase": PASSPHRASE, "again": PASSPHRASE}
    refused = newcomer.post(path, typed | {"code": wrong(code), "again": "something else entirely"})
    assert (refused.status_code, refused.context["form"].errors.keys()) == (422, {"again"})
    assert newcomer.post(path, typed | {"code": wrong(code)}).status_code == 422
    assert newcomer.post(path, typed | {"passphrase": "short", "again": "short"}).status_code == 422
    assert newcomer.post(path, typed)["location"] == reverse("accounts:second-factor")
    assert newcomer.get(reverse("home"))["location"] == reverse("accounts:second-factor")
    page = newcomer.get(reverse("accounts:second-factor"))
    picture = newcomer.get(reverse("accounts:second-factor-picture"))
    assert (picture["content-type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert newcomer.post(reverse("accounts:second-factor"), {"digits": "12"}).status_code == 422
    digits = page.context["factor"].code(int(clock.now().timestamp()))
    codes = newcomer.post(reverse("accounts:second-factor"), {"digits": digits}).context["codes"]
    assert len(codes) == 10
    assert newcomer.get(reverse("home")).status_code == 200
    assert newcomer.get(reverse("accounts:second-factor-picture")).status_code == 404
    member = Member.objects.get(sign_in_name="hana")
    assert b"Waits for keys" in coordinator.get(reverse("accounts:organisation")).content
    coordinator.post(reverse("accounts:give-keys", kwargs={"member_id": member.id}))
    assert not enrolment.lacks_keys(member)


def test_a_link_that_never_was_looks_like_any_other(cast: Cast) -> None:
    given, stranger = invited(cast), cast.stranger()
    pages = {}
    for token in (given.token, "x" * 43):
        pages[token] = without_tokens(stranger.get(reverse("accounts:join", kwargs={"token": token})).content, token)
    assert len(set(pages.values())) == 1


def test_a_name_that_is_taken_is_said_on_the_page(cast: Cast) -> None:
    given = invited(cast)
    typed = {"code": given.code, "sign_in_name": "amal", "alias": "Hana", "passphrase": PASSPHRASE, "again": PASSPHRASE}
    said = cast.stranger().post(reverse("accounts:join", kwargs={"token": given.token}), typed)
    assert (said.status_code, b"is taken" in said.content) == (422, True)
