"""Passkeys sign in as a second factor, and unlock the keys where they can; a false answer opens nothing."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from safeconduct.desk.accounts import membership, passkeys, recovery, sessions
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.errors import PasskeyRefused, PassphraseNeeded, SignInRefused, TooSoon
from safeconduct.desk.accounts.models import Ceremony, Passkey
from safeconduct.desk.accounts.passkeys import PasskeySignIn
from safeconduct.desk.vault.secrets import Passphrase
from tests.cast import NOW, PASSPHRASE, TODAY, Cast
from tests.desk.accounts.authenticator import HOST, UP, Authenticator
from tests.desk.accounts.parts import acts

LATER = NOW + timedelta(minutes=1)


def signed_in(cast: Cast, name: str = "amal") -> Actor:
    """A member in a session."""
    actor = cast.actor(name)
    found = sessions.actor_of_cookie(sessions.open_session(actor.member, actor.keys, now=NOW)[0], now=NOW)
    assert found is not None
    return found


def registered(cast: Cast, name: str = "amal", *, with_prf: bool = True, key: Authenticator | None = None) -> Authenticator:
    """A passkey that a member registered."""
    actor, key = signed_in(cast, name), key or Authenticator()
    options = passkeys.begin_registration(actor, HOST, now=NOW)
    output = key.prf(options) if with_prf else None
    passkeys.register(actor, HOST, key.make(options), label="blue key", output=output, now=NOW)
    return key


def answered(key: Authenticator, name: str = "amal", *, with_prf: bool = True) -> PasskeySignIn:
    """What a browser posts after using a passkey."""
    options, token = passkeys.begin_sign_in(name, HOST, now=LATER)
    return PasskeySignIn(name=name, token=token, answer=key.use(options), output=key.prf(options) if with_prf else None)


def sign_in(attempt: PasskeySignIn) -> Actor:
    """Sign in at the later moment."""
    return passkeys.sign_in(attempt, HOST, now=LATER)[1]


def test_a_passkey_with_a_prf_signs_in_without_the_passphrase(cast: Cast) -> None:
    key = registered(cast)
    assert sign_in(answered(key)).keys == cast.actor("amal").keys
    assert sign_in(answered(key)).keys == cast.actor("amal").keys
    assert "credential.changed" in acts("lantern", cast.actor("amal").id)


def test_a_passkey_without_a_prf_needs_the_passphrase_beside_it(cast: Cast) -> None:
    key = registered(cast, with_prf=False)
    with pytest.raises(PassphraseNeeded):
        sign_in(answered(key, with_prf=False))
    with pytest.raises(PassphraseNeeded):
        sign_in(answered(key, with_prf=True))
    assert sign_in(replace(answered(key, with_prf=False), passphrase=Passphrase(PASSPHRASE))).keys == cast.actor("amal").keys
    with pytest.raises(SignInRefused):
        sign_in(replace(answered(key, with_prf=False), passphrase=Passphrase("wrong")))


def test_a_passphrase_alone_is_no_passkey(cast: Cast) -> None:
    registered(cast)
    options, token = passkeys.begin_sign_in("amal", HOST, now=LATER)
    other = Authenticator()
    with pytest.raises(SignInRefused):
        sign_in(PasskeySignIn(name="amal", token=token, answer=other.use(options), passphrase=Passphrase(PASSPHRASE)))


def test_another_output_unlocks_nothing(cast: Cast) -> None:
    key = registered(cast)
    with pytest.raises(SignInRefused):
        sign_in(replace(answered(key), output=bytes(32)))


def test_each_passkey_has_a_salt_of_its_own(cast: Cast) -> None:
    first, second = registered(cast), registered(cast, key=Authenticator(b"another passkey of this member.."))
    assert len(set(map(bytes, Passkey.objects.values_list("prf_salt", flat=True)))) == 2
    for key in (first, second):
        assert sign_in(answered(key)).id == cast.actor("amal").id


@pytest.mark.parametrize("change", ["origin", "challenge", "signature", "verification", "shape", "kind"])
def test_a_false_answer_opens_nothing(cast: Cast, change: str) -> None:
    key = registered(cast)
    options, token = passkeys.begin_sign_in("amal", HOST, now=LATER)
    output = key.prf(options)
    if change == "origin":
        key.origin = "https://localhost.example.org"
    elif change == "challenge":
        options = passkeys.begin_sign_in("amal", HOST, now=LATER)[0]
    elif change == "verification":
        key.flags = UP
    answer: dict[str, Any] = key.use(options)
    if change == "signature":
        answer["response"]["signature"] = answer["response"]["authenticatorData"]
    elif change == "shape":
        del answer["response"]["signature"]
    elif change == "kind":
        answer = {"id": 3}
    with pytest.raises(SignInRefused):
        sign_in(PasskeySignIn(name="amal", token=token, answer=answer, output=output))


def test_an_answer_counts_once(cast: Cast) -> None:
    attempt = answered(registered(cast))
    sign_in(attempt)
    with pytest.raises(SignInRefused):
        sign_in(attempt)


def test_also_a_refused_answer_uses_the_challenge_up(cast: Cast) -> None:
    key = registered(cast)
    attempt = answered(key)
    with pytest.raises(SignInRefused):
        sign_in(replace(attempt, answer={"id": 3}))
    with pytest.raises(SignInRefused):
        sign_in(attempt)


def test_a_challenge_waits_five_minutes(cast: Cast) -> None:
    attempt = answered(registered(cast))
    with pytest.raises(SignInRefused):
        passkeys.sign_in(attempt, HOST, now=LATER + passkeys.VALID_FOR + timedelta(seconds=1))


def test_a_passkey_is_no_use_for_somebody_else_or_at_another_name(cast: Cast) -> None:
    key = registered(cast)
    registered(cast, "farah", key=Authenticator(b"the passkey of somebody else...."))
    with pytest.raises(SignInRefused):
        sign_in(replace(answered(key), name="farah"))
    with pytest.raises(SignInRefused):
        sign_in(answered(key, "farah"))
    with pytest.raises(SignInRefused):
        passkeys.sign_in(answered(key), "desk.example.org", now=LATER)


def test_a_count_that_does_not_rise_means_a_copy(cast: Cast) -> None:
    key = registered(cast)
    sign_in(answered(key))
    sign_in(answered(key))
    key.count = 0
    with pytest.raises(SignInRefused):
        sign_in(answered(key))
    key.count = 7
    assert sign_in(answered(key)).session is not None


def test_a_passkey_that_never_counts_is_taken(cast: Cast) -> None:
    key = registered(cast)
    for _ in range(2):
        key.count = -1
        assert sign_in(answered(key)).session is not None


def test_guessing_with_passkeys_is_slowed_like_any_other(cast: Cast) -> None:
    registered(cast)
    for _ in range(3):
        with pytest.raises(SignInRefused):
            sign_in(PasskeySignIn(name="amal", token="", answer={}))
    with pytest.raises(TooSoon):
        sign_in(PasskeySignIn(name="amal", token="", answer={}))


def test_names_without_passkeys_look_like_names_with_one(cast: Cast) -> None:
    registered(cast, "farah")
    shapes = []
    for name in ("farah", "amal", "nobody"):
        first, second = (passkeys.begin_sign_in(name, HOST, now=LATER)[0]["publicKey"] for _ in range(2))
        assert first["allowCredentials"] == second["allowCredentials"]
        assert first["extensions"] == second["extensions"]
        assert first["challenge"] != second["challenge"]
        shapes.append([len(json.dumps(first)), sorted(first), len(first["allowCredentials"])])
    assert shapes[0] == shapes[1] == shapes[2]


def test_members_who_left_or_came_back_by_recovery_cannot_use_their_passkeys(cast: Cast) -> None:
    sheets = [words for _, words in recovery.set_up(cast.actor("amal"), threshold=2, custodians=["a", "b"], today=TODAY)]
    key = registered(cast, "farah")
    attempt = answered(key, "farah")
    given = recovery.open_recovery(cast.actor("farah").member, actor=cast.actor("dana"), now=NOW)
    recovery.recover(given.token, given.code, sheets, Passphrase("eleven grey herons near the sluice"), now=NOW)
    assert not Passkey.objects.exists()
    with pytest.raises(SignInRefused):
        sign_in(attempt)
    chidi = registered(cast, "chidi")
    Passkey.objects.filter(member__sign_in_name="chidi").update(member=cast.actor("dana").member)
    waiting = answered(chidi, "dana")
    membership.deactivate(cast.actor("dana").member, actor=cast.actor("amal"), today=TODAY)
    with pytest.raises(SignInRefused):
        sign_in(waiting)


def test_registering_takes_only_the_answer_to_its_own_challenge(cast: Cast) -> None:
    actor, key = signed_in(cast), Authenticator()
    with pytest.raises(PasskeyRefused):
        passkeys.register(actor, HOST, {}, label="x", output=None, now=NOW)
    options = passkeys.begin_registration(actor, HOST, now=NOW)
    stale = passkeys.begin_registration(actor, HOST, now=NOW)
    with pytest.raises(PasskeyRefused):
        passkeys.register(actor, HOST, key.make(options), label="x", output=None, now=NOW)
    with pytest.raises(PasskeyRefused):
        passkeys.register(actor, HOST, key.make(stale), label="x", output=None, now=NOW)
    key.flags = UP
    unverified = passkeys.begin_registration(actor, HOST, now=NOW)
    with pytest.raises(PasskeyRefused):
        passkeys.register(actor, HOST, key.make(unverified), label="x", output=None, now=NOW)
    assert not Passkey.objects.exists()


def test_nobody_registers_the_passkey_of_somebody_else_or_answers_from_another_session(cast: Cast) -> None:
    key = registered(cast)
    with pytest.raises(PasskeyRefused):
        registered(cast, "farah", key=key)
    here, there = signed_in(cast, "chidi"), signed_in(cast, "chidi")
    options = passkeys.begin_registration(here, HOST, now=NOW)
    with pytest.raises(PasskeyRefused):
        passkeys.register(there, HOST, Authenticator(b"x" * 20).make(options), label="x", output=None, now=NOW)
    with pytest.raises(PasskeyRefused):
        passkeys.begin_registration(cast.actor("chidi"), HOST, now=NOW)


def test_a_short_output_is_refused(cast: Cast) -> None:
    actor, key = signed_in(cast), Authenticator()
    options = passkeys.begin_registration(actor, HOST, now=NOW)
    with pytest.raises(PasskeyRefused):
        passkeys.register(actor, HOST, key.make(options), label="x", output=b"short", now=NOW)


def test_prf_inputs_are_always_given_at_once(cast: Cast) -> None:
    assert passkeys.begin_registration(signed_in(cast), HOST, now=NOW)["publicKey"]["extensions"]["prf"]["eval"]["first"]
    assert passkeys.begin_sign_in("amal", HOST, now=NOW)[0]["publicKey"]["extensions"]["prf"]["eval"]["first"]


def test_labels_are_for_their_owner_only(cast: Cast) -> None:
    registered(cast)
    row = Passkey.objects.get()
    assert b"blue" not in bytes(row.sealed_label)
    assert [label for _, label in passkeys.labels(cast.actor("amal"))] == ["blue key"]
    assert passkeys.labels(cast.actor("farah")) == []


@pytest.mark.parametrize(("host", "possible"), [("127.0.0.1", False), ("[::1]", False), ("localhost", True), ("desk.org", True)])
def test_passkeys_belong_to_names(host: str, possible: bool) -> None:
    assert passkeys.is_possible_at(host) is possible


def test_passkeys_through_the_pages(cast: Cast) -> None:
    client, key = cast.client("amal"), Authenticator()
    address = reverse("accounts:passkeys")
    local: Any = {"HTTP_HOST": HOST}
    options = client.post(reverse("accounts:passkey-options"), **local).json()
    typed = {"answer": json.dumps(key.make(options)), "output": key.prf(options).hex(), "label": "phone"}
    for wrong in ({"label": ""}, {"answer": "{"}, {"answer": "[]"}, {"output": "ff"}):
        assert client.post(address, typed | wrong, **local).status_code == 422
    assert client.post(address, typed, **local).status_code == 302
    assert client.post(address, typed, **local).status_code == 422
    assert b"phone" in client.get(address, **local).content
    assert b"this is a number" in client.get(address, HTTP_HOST="127.0.0.1").content

    stranger = cast.stranger()
    options = stranger.post(reverse("accounts:sign-in-options"), {"name": "amal"}, **local).json()
    posted = {"name": "amal", "answer": json.dumps(key.use(options)), "output": key.prf(options).hex()}
    assert stranger.post(reverse("accounts:sign-in-passkey"), posted, **local)["location"] == reverse("home")
    assert stranger.get(reverse("home")).status_code == 200
    assert not Ceremony.objects.filter(use="sign-in").exists()

    options = stranger.post(reverse("accounts:sign-in-options"), {"name": "amal"}, **local).json()
    posted = {"name": "amal", "answer": json.dumps(key.use(options)), "output": "", "passphrase": ""}
    said = stranger.post(reverse("accounts:sign-in-passkey"), posted, **local)
    assert (said.status_code, b"Type your passphrase too" in said.content) == (422, True)
    again = stranger.post(reverse("accounts:sign-in-passkey"), posted, **local)
    assert (again.status_code, b"do not fit together" in again.content) == (422, True)
    assert stranger.post(reverse("accounts:sign-in-passkey"), {}, **local).status_code == 422

    remove = reverse("accounts:remove-passkey", kwargs={"passkey_id": Passkey.objects.get().id})
    assert cast.client("farah").post(remove).status_code == 404
    assert client.post(remove).status_code == 302
    assert not Passkey.objects.exists()


def test_guessing_by_page_is_slowed(cast: Cast) -> None:
    stranger = cast.stranger()
    posted = {"name": "amal", "answer": "{}", "output": ""}
    said = [stranger.post(reverse("accounts:sign-in-passkey"), posted) for _ in range(5)]
    assert b"and try again" in said[-1].content
    assert {each.status_code for each in said} == {422}
