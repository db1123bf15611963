"""Sessions end: by rest, by signing out here or elsewhere, and with the membership. Fresh proofs are asked where it matters."""

from datetime import timedelta

import pytest
from django.urls import reverse

from safeconduct.desk.accounts import membership, sessions
from safeconduct.desk.accounts.errors import SignInRefused, TooSoon
from safeconduct.desk.accounts.middleware import SESSION_COOKIE
from safeconduct.desk.accounts.models import Session
from safeconduct.desk.vault.secrets import Passphrase
from tests.cast import NOW, PASSPHRASE, TODAY, Cast
from tests.desk.accounts.parts import OTHER_PASSPHRASE, acts, make_stale

HOME, SIGN_IN = "/desk/", "/account/sign-in/"
IDLE = timedelta(minutes=30)


def cookie_of(cast: Cast, name: str = "amal") -> str:
    """A fresh session's cookie."""
    actor = cast.actor(name)
    return sessions.open_session(actor.member, actor.keys, now=NOW)[0]


def test_a_session_lasts_while_it_is_used_and_ends_after_half_an_hour_of_rest(cast: Cast) -> None:
    cookie = cookie_of(cast)
    for step in range(1, 5):
        assert sessions.actor_of_cookie(cookie, now=NOW + step * timedelta(minutes=29))
    last = NOW + 4 * timedelta(minutes=29)
    assert sessions.actor_of_cookie(cookie, now=last + IDLE + timedelta(seconds=1)) is None
    assert sessions.actor_of_cookie(cookie, now=last) is None


def test_staying_begins_the_rest_anew(cast: Cast) -> None:
    cookie = cookie_of(cast)
    actor = sessions.actor_of_cookie(cookie, now=NOW + timedelta(seconds=50))
    assert actor is not None
    sessions.stay(actor, now=NOW + timedelta(seconds=50))
    assert sessions.actor_of_cookie(cookie, now=NOW + IDLE + timedelta(seconds=45))


def test_staying_by_page_and_by_script(cast: Cast) -> None:
    client = cast.client("amal")
    by_script = client.post(reverse("accounts:stay"), headers={"accept": "application/json"})
    assert by_script.json() == {"seconds": 1800}
    assert client.post(reverse("accounts:stay"))["location"] == reverse("accounts:account")
    assert cast.stranger().post(reverse("accounts:stay"))["location"] == SIGN_IN
    assert client.get(reverse("accounts:stay")).status_code == 405


@pytest.mark.parametrize("part", ["token", "secret", "both"])
def test_a_cookie_that_was_tampered_with_opens_nothing(cast: Cast, part: str) -> None:
    token, _, secret = cookie_of(cast).partition(".")
    other_token, _, other_secret = cookie_of(cast, "farah").partition(".")
    forged = {"token": f"{other_token}.{secret}", "secret": f"{token}.{other_secret}", "both": "x.y"}[part]
    assert sessions.actor_of_cookie(forged, now=NOW) is None


def test_signing_out_ends_the_session_and_clears_the_browser(cast: Cast) -> None:
    client = cast.client("amal")
    kept = client.cookies[SESSION_COOKIE].value
    answer = client.post(reverse("accounts:sign-out"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    client.cookies[SESSION_COOKIE] = kept
    assert client.get(HOME).status_code == 302
    assert acts("lantern", cast.actor("amal").id)[-1] == "session.closed"


def test_one_other_session_or_all_others_can_be_ended(cast: Cast) -> None:
    here, there, elsewhere = (cast.client("amal") for _ in range(3))
    digest = there.get(reverse("accounts:account")).context["here"].digest
    assert here.post(reverse("accounts:end-session"), {"session": digest}).status_code == 302
    assert there.get(HOME)["location"].startswith(SIGN_IN)
    assert elsewhere.get(HOME).status_code == 200
    here.post(reverse("accounts:end-sessions"))
    assert elsewhere.get(HOME)["location"].startswith(SIGN_IN)
    assert here.get(HOME).status_code == 200


def test_nobody_ends_the_session_of_somebody_else(cast: Cast) -> None:
    theirs = cast.client("farah")
    digest = theirs.get(reverse("accounts:account")).context["here"].digest
    assert cast.client("amal").post(reverse("accounts:end-session"), {"session": digest}).status_code == 404
    assert theirs.get(HOME).status_code == 200


def test_letting_a_member_go_ends_their_sessions_at_once(cast: Cast) -> None:
    client = cast.client("farah")
    membership.deactivate(cast.actor("farah").member, actor=cast.actor("amal"), today=TODAY)
    assert client.get(HOME)["location"].startswith(SIGN_IN)
    assert not Session.objects.filter(member__sign_in_name="farah").exists()


def test_even_a_session_that_was_overlooked_dies_with_the_membership(cast: Cast) -> None:
    cookie = cookie_of(cast, "farah")
    member = cast.actor("farah").member
    member.is_active = False
    member.save()
    assert sessions.actor_of_cookie(cookie, now=NOW) is None


def test_a_sensitive_page_asks_who_is_there_and_comes_back(cast: Cast) -> None:
    client = cast.client("amal")
    make_stale(cast, "amal")
    address = reverse("accounts:passphrase")
    asked = client.get(address)
    assert asked["location"] == f"{reverse('accounts:prove')}?next={address}"
    wrong = client.post(reverse("accounts:prove"), {"proof": "wrong", "next": address})
    assert wrong.status_code == 422
    assert client.get(address).status_code == 302
    assert client.post(reverse("accounts:prove"), {"proof": PASSPHRASE, "next": address})["location"] == address
    assert client.get(address).status_code == 200


def test_a_proof_never_leads_to_another_site(cast: Cast) -> None:
    for address in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        answer = cast.client("amal").post(reverse("accounts:prove"), {"proof": PASSPHRASE, "next": address})
        assert answer["location"] == reverse("accounts:account")


def test_a_posted_form_is_carried_through_the_question_and_loses_nothing(cast: Cast) -> None:
    client = cast.client("dana")
    make_stale(cast, "dana")
    address, typed = reverse("accounts:invite"), {"alias": "Hana", "roles": ["auditor", "publisher"], "language": "ru"}
    asked = client.post(address, typed)
    assert asked.status_code == 403
    assert sorted(asked.context["carried"]) == [
        ("alias", "Hana"),
        ("language", "ru"),
        ("roles", "auditor"),
        ("roles", "publisher"),
    ]
    assert client.post(address, typed | {"proof": "wrong"}).status_code == 403
    done = client.post(address, typed | {"proof": PASSPHRASE})
    assert done.context["invitation"].roles == ["auditor", "publisher"]


def test_a_new_passphrase_is_typed_again_rather_than_written_into_the_question(cast: Cast) -> None:
    client = cast.client("amal")
    make_stale(cast, "amal")
    asked = client.post(reverse("accounts:passphrase"), {"passphrase": OTHER_PASSPHRASE, "again": OTHER_PASSPHRASE})
    assert (asked.status_code, OTHER_PASSPHRASE.encode() in asked.content) == (403, False)
    assert client.post(reverse("accounts:passphrase"), {"proof": PASSPHRASE}).status_code == 422


def test_a_proof_lasts_five_minutes_and_guessing_it_is_slowed(cast: Cast) -> None:
    actor = cast.actor("amal")
    cookie, _ = sessions.open_session(actor.member, actor.keys, now=NOW)
    late = NOW + timedelta(minutes=6)
    found = sessions.actor_of_cookie(cookie, now=late)
    assert found is not None
    assert not found.is_fresh(late)
    for _ in range(3):
        with pytest.raises(SignInRefused):
            sessions.prove_again(found, Passphrase("wrong"), now=late)
    with pytest.raises(TooSoon):
        sessions.prove_again(found, Passphrase(PASSPHRASE), now=late)
    later = late + timedelta(seconds=5)
    sessions.prove_again(found, Passphrase(PASSPHRASE), now=later)
    assert found.is_fresh(later + timedelta(minutes=4))
    assert not found.is_fresh(later + timedelta(minutes=5))


def test_every_page_says_until_when_one_stays_signed_in(cast: Cast) -> None:
    page = cast.client("amal").get(HOME)
    assert 1790 <= page.context["session_end"].seconds <= 1800
    assert b"You stay signed in until" in page.content
    assert b"You stay signed in until" not in cast.stranger().get(SIGN_IN).content


def test_guessing_the_proof_by_page_is_slowed(cast: Cast) -> None:
    client = cast.client("amal")
    answers = [client.post(reverse("accounts:prove"), {"proof": "wrong"}) for _ in range(6)]
    assert b"and try again" in answers[-1].content
    assert client.post(reverse("accounts:prove"), {"proof": "wrong\x07"}).status_code == 422
