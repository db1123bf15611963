"""Roles are given by those who may; whoever leaves loses sessions, sign-in and the organisation's keys."""

import pytest
from django.urls import reverse

from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts import enrolment, membership, sessions
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.errors import LastCoordinator, NotAllowed, RolesDoNotFit, SignInRefused
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.accounts.roles import KEY_ROLES, Role
from safeconduct.desk.cases import leaving
from safeconduct.desk.cases import services as cases
from safeconduct.desk.cases.models import CasePart
from safeconduct.desk.dossiers.vouching import voucher_of
from safeconduct.desk.vault import granting, opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.models import Grant
from safeconduct.desk.vault.sections import Section
from tests.cast import NOW, TODAY, Cast, a_case
from tests.desk.accounts.parts import acts, attempt, client_of, joined


def change(cast: Cast, by: str, whose: str, *roles: Role) -> list[str]:
    """Change a member's roles; what they have then."""
    membership.change_roles(cast.actor(whose).member, list(roles), actor=cast.actor(by), today=TODAY)
    found: list[str] = cast.actor(whose).member.roles
    return found


def test_a_coordinator_gives_and_takes_roles(cast: Cast) -> None:
    assert change(cast, "amal", "farah", Role.COORDINATOR, Role.EVALUATOR) == ["coordinator", "evaluator"]
    assert acts("lantern", cast.actor("farah").id)[-2:] == ["role.given", "role.withdrawn"]


@pytest.mark.parametrize("role", sorted(KEY_ROLES))
@pytest.mark.parametrize("whose", ["dana", "gita"])
def test_an_administrator_gives_no_role_that_opens_cases_least_of_all_to_themselves(cast: Cast, role: Role, whose: str) -> None:
    with pytest.raises(NotAllowed):
        change(cast, "dana", whose, role)
    assert cast.actor(whose).member.roles in (["administrator"], ["auditor"])


def test_an_administrator_gives_and_takes_roles_without_keys(cast: Cast) -> None:
    assert change(cast, "dana", "gita", Role.AUDITOR, Role.PUBLISHER) == ["auditor", "publisher"]


def test_a_coordinator_by_name_only_gives_no_role_that_opens_cases(cast: Cast) -> None:
    hana = joined(cast, Role.COORDINATOR, by="dana")
    with pytest.raises(NotAllowed):
        membership.change_roles(cast.actor("dana").member, [Role.CASEWORKER], actor=hana, today=TODAY)


def test_a_coordinator_by_name_only_receives_no_new_case(cast: Cast) -> None:
    hana = joined(cast, Role.COORDINATOR, by="dana")
    case = a_case(cast)
    assert set(Grant.objects.filter(subject=case.id).values_list("holder", flat=True)) == {
        cast.actor("amal").id,
        cast.actor("farah").id,
    }
    with pytest.raises(NotGranted), opening.opened(case.subject, holder=hana, purpose=Purpose.HANDLING, today=TODAY):
        pass


@pytest.mark.parametrize(("by", "whose"), [("chidi", "dana"), ("gita", "farah"), ("bea", "amal")])
def test_nobody_else_changes_roles_or_lets_go(cast: Cast, by: str, whose: str) -> None:
    with pytest.raises(NotAllowed):
        change(cast, by, whose, Role.PUBLISHER)
    with pytest.raises(NotAllowed):
        membership.deactivate(cast.actor(whose).member, actor=cast.actor(by), today=TODAY)


@pytest.mark.parametrize("roles", [(), (Role.ADMINISTRATOR, Role.EVALUATOR), (Role.AUDITOR, Role.COORDINATOR)])
def test_roles_have_to_fit_together(cast: Cast, roles: tuple[Role, ...]) -> None:
    with pytest.raises(RolesDoNotFit):
        change(cast, "amal", "farah", *roles)


def test_the_last_coordinator_with_keys_stays(cast: Cast) -> None:
    joined(cast, Role.COORDINATOR, by="dana")
    change(cast, "amal", "farah", Role.LIAISON)
    with pytest.raises(LastCoordinator):
        change(cast, "dana", "amal", Role.PUBLISHER)
    with pytest.raises(LastCoordinator):
        membership.deactivate(cast.actor("amal").member, actor=cast.actor("dana"), today=TODAY)


def test_whoever_loses_the_roles_loses_the_organisations_keys(cast: Cast) -> None:
    farah, lantern = cast.actor("farah"), cast.organisation("lantern")
    assert granting.holds_seed(enrolment.signing_subject(lantern), farah.id)
    change(cast, "amal", "farah", Role.CASEWORKER)
    assert not granting.holds_seed(enrolment.signing_subject(lantern), farah.id)
    assert granting.holds_seed(enrolment.desk_subject(lantern), farah.id)
    change(cast, "amal", "farah", Role.LIAISON)
    assert not granting.holds_seed(enrolment.desk_subject(lantern), farah.id)


def test_whoever_was_let_go_cannot_sign_in_and_holds_no_key_of_the_organisation(cast: Cast) -> None:
    farah = cast.actor("farah")
    membership.deactivate(farah.member, actor=cast.actor("dana"), today=TODAY)
    with pytest.raises(SignInRefused):
        sessions.sign_in(attempt(cast, "farah"), now=NOW)
    for subject in (enrolment.desk_subject(farah.member.organisation), enrolment.signing_subject(farah.member.organisation)):
        assert granting.open_seed(subject, farah) is None
    assert acts("lantern", farah.id)[-1] == "member.removed"
    with pytest.raises(NotAllowed):
        enrolment.welcome(cast.actor("farah").member, actor=cast.actor("amal"), today=TODAY)


def test_nobody_lets_themselves_go(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        membership.deactivate(cast.actor("amal").member, actor=cast.actor("amal"), today=TODAY)


def test_a_coordinator_lets_back_in_and_gives_keys_again(cast: Cast) -> None:
    membership.deactivate(cast.actor("farah").member, actor=cast.actor("amal"), today=TODAY)
    with pytest.raises(NotAllowed):
        membership.let_back_in(cast.actor("farah").member, actor=cast.actor("dana"), today=TODAY)
    membership.let_back_in(cast.actor("farah").member, actor=cast.actor("amal"), today=TODAY)
    assert enrolment.lacks_keys(cast.actor("farah").member)
    enrolment.welcome(cast.actor("farah").member, actor=cast.actor("amal"), today=TODAY)
    assert sessions.sign_in(attempt(cast, "farah"), now=NOW)


def test_case_keys_of_whoever_left_are_listed_and_taken_with_new_keys_for_each_case(cast: Cast) -> None:
    amal, bea = cast.actor("amal"), cast.actor("bea")
    some = [a_case(cast, working_name=name) for name in ("Stepan", "Oleg")]
    for case in some:
        cases.give_part(case, amal, bea.member, CasePart.Part.RESEARCHER, [Section.ACCOUNT], today=TODAY)
    membership.deactivate(bea.member, actor=_another_coordinator(cast), today=TODAY)
    assert [member.id for member in leaving.holders_who_left(amal)] == [bea.id]
    assert leaving.remove_from_all(Member.objects.get(pk=bea.id), amal, today=TODAY) == 2
    for case in some:
        assert "key.rotated" in acts("lantern", case.id)
        with opening.opened(case.subject, holder=amal, purpose=Purpose.HANDLING, today=TODAY) as file:
            file.write(Section.ACCOUNT, "note", {"text": "said after Bea had left"})
        with pytest.raises(NotGranted), opening.opened(case.subject, holder=bea, purpose=Purpose.HANDLING, today=TODAY):
            pass
    assert leaving.holders_who_left(amal) == []


def _another_coordinator(cast: Cast) -> Actor:
    """Somebody of Harbour who may let Bea go."""
    ines = joined(cast, Role.COORDINATOR, by="bea", name="ines")
    enrolment.welcome(ines.member, actor=cast.actor("bea"), today=TODAY)
    return ines


def test_only_a_coordinator_takes_case_keys_and_not_their_own(cast: Cast) -> None:
    a_case(cast)
    for by, whose in (("dana", "amal"), ("amal", "amal")):
        with pytest.raises(NotAllowed):
            leaving.remove_from_all(cast.actor(whose).member, cast.actor(by), today=TODAY)


def test_cases_that_the_coordinator_cannot_open_are_named_apart(cast: Cast) -> None:
    case = a_case(cast)
    hana = joined(cast, Role.COORDINATOR)
    enrolment.welcome(hana.member, actor=cast.actor("amal"), today=TODAY)
    held = leaving.keys_held(cast.actor("farah").member, hana)
    assert (list(held.within_reach), list(held.beyond_reach)) == ([], [case])
    assert leaving.remove_from_all(cast.actor("farah").member, hana, today=TODAY) == 0


def url(name: str, cast: Cast, whose: str) -> str:
    """The address of something to do about a member."""
    return reverse(name, kwargs={"member_id": cast.actor(whose).id})


def test_the_pages_of_the_organisation(cast: Cast) -> None:
    amal = cast.client("amal")
    listed = amal.get(reverse("accounts:organisation")).content.decode()
    assert all(name in listed for name in ("Amal", "Dana", "Farah", "Gita"))
    assert "Chidi" not in listed
    refused = amal.post(url("accounts:member", cast, "dana"), {"roles": ["administrator", "caseworker"]})
    assert refused.status_code == 422
    assert amal.post(url("accounts:member", cast, "dana"), {}).status_code == 422
    amal.post(url("accounts:member", cast, "gita"), {"roles": ["auditor", "publisher"]})
    assert cast.actor("gita").member.roles == ["auditor", "publisher"]
    amal.post(url("accounts:deactivate", cast, "gita"))
    assert not cast.actor("gita").member.is_active
    assert b"has left" in amal.get(url("accounts:member", cast, "gita")).content
    amal.post(url("accounts:let-back-in", cast, "gita"))
    assert cast.actor("gita").member.is_active
    assert amal.post(url("accounts:deactivate", cast, "amal")).status_code == 422


def test_an_administrator_sees_members_and_no_case(cast: Cast) -> None:
    a_case(cast)
    dana = cast.client("dana")
    assert dana.get(reverse("accounts:organisation")).status_code == 200
    assert dana.get(url("accounts:member", cast, "amal")).status_code == 200
    assert dana.post(url("accounts:member", cast, "dana"), {"roles": ["caseworker"]}).status_code == 422
    for route in ("accounts:give-keys", "accounts:let-back-in", "dossiers:vouch", "cases:keys-of-member"):
        assert dana.post(url(route, cast, "farah")).status_code == 404
    assert dana.get(reverse("cases:who-left")).status_code == 404


@pytest.mark.parametrize("route", ["accounts:member", "cases:keys-of-member"])
def test_members_of_others_look_as_if_they_did_not_exist(cast: Cast, route: str) -> None:
    amal = cast.client("amal")
    answers = [amal.get(url(route, cast, "chidi")), amal.get(reverse(route, kwargs={"member_id": "nobodyatall22222"}))]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_keys_of_a_member_are_taken_by_page(cast: Cast) -> None:
    case, amal = a_case(cast), cast.client("amal")
    page = amal.get(url("cases:keys-of-member", cast, "farah"))
    assert case.reference.encode() in page.content
    amal.post(url("cases:keys-of-member", cast, "farah"))
    assert not Grant.objects.filter(subject=case.id, holder=cast.actor("farah").id).exists()
    own = amal.post(url("cases:keys-of-member", cast, "amal"))
    assert own.status_code == 200
    assert Grant.objects.filter(subject=case.id, holder=cast.actor("amal").id).exists()
    assert amal.get(reverse("cases:who-left")).status_code == 200


def test_a_coordinator_vouches_for_an_evaluator_of_their_own(cast: Cast) -> None:
    chidi = cast.client("chidi")
    assert voucher_of(cast.actor("emil").member) is None
    chidi.post(url("dossiers:vouch", cast, "emil"))
    assert voucher_of(cast.actor("emil").member) is not None
    assert chidi.post(url("dossiers:vouch", cast, "chidi")).status_code == 404
    assert cast.client("amal").post(url("dossiers:vouch", cast, "emil")).status_code == 404


def test_a_coordinator_by_name_only_cannot_vouch(cast: Cast) -> None:
    hana = joined(cast, Role.COORDINATOR, Role.EVALUATOR, by="amal")
    assert client_of(hana).post(reverse("dossiers:vouch", kwargs={"member_id": hana.id})).status_code == 404


def test_invitations_are_listed_and_taken_back_by_page(cast: Cast) -> None:
    dana = cast.client("dana")
    invitation = dana.post(reverse("accounts:invite"), {"alias": "Hana", "roles": ["caseworker"], "language": "en"}).context[
        "invitation"
    ]
    assert b"Hana" in dana.get(reverse("accounts:organisation")).content
    address = reverse("accounts:revoke-invitation", kwargs={"invitation_id": invitation.id})
    assert cast.client("chidi").post(address).status_code == 404
    assert dana.post(address).status_code == 302
    assert b"Hana" not in dana.get(reverse("accounts:organisation")).content


def test_what_the_pages_refuse_is_said_and_changes_nothing(cast: Cast) -> None:
    amal = cast.client("amal")
    assert amal.get(reverse("accounts:invite")).status_code == 200
    mixed = {"alias": "Hana", "roles": ["auditor", "caseworker"], "language": "en"}
    said = amal.post(reverse("accounts:invite"), mixed)
    assert (said.status_code, b"choose one or the other" in said.content) == (422, True)
    assert amal.post(url("accounts:let-back-in", cast, "farah"))["location"] == url("accounts:member", cast, "farah")
    by_name_only = client_of(joined(cast, Role.COORDINATOR))
    change(cast, "amal", "farah", Role.LIAISON)
    change(cast, "amal", "farah", Role.CASEWORKER)
    refused = by_name_only.post(url("accounts:give-keys", cast, "farah"))
    assert (refused.status_code, b"holds the organisation" in refused.content) == (422, True)
    assert by_name_only.post(reverse("accounts:recovery-set-up"), {"custodians": "a\nb", "threshold": "2"}).status_code == 422
