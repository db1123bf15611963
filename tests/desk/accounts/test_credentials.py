"""Members change their own passphrase, authenticator and recovery codes; keys and cases stay the same."""

from datetime import timedelta

import pytest
from django.urls import reverse

from safeconduct.desk.accounts import credentials, sessions
from safeconduct.desk.accounts.actors import owner_of
from safeconduct.desk.accounts.errors import CodeUnusable, PassphraseTooWeak, SignInRefused
from safeconduct.desk.accounts.passphrases import require_strong
from safeconduct.desk.accounts.sessions import SignIn
from safeconduct.desk.vault import identities
from safeconduct.desk.vault.secrets import Passphrase, SealingRefused
from safeconduct.desk.web import clock
from tests.cast import NOW, PASSPHRASE, Cast
from tests.desk.accounts.parts import OTHER_PASSPHRASE, acts, attempt, factor_of

LATER = NOW + timedelta(minutes=2)


def test_a_new_passphrase_opens_the_same_keys_and_the_old_one_nothing(cast: Cast) -> None:
    amal = cast.actor("amal")
    elsewhere, _ = sessions.open_session(amal.member, amal.keys, now=NOW)
    credentials.change_passphrase(amal, Passphrase(OTHER_PASSPHRASE), now=NOW)
    assert sessions.actor_of_cookie(elsewhere, now=NOW) is None
    with pytest.raises(SignInRefused):
        sessions.sign_in(attempt(cast), now=NOW)
    _, again = sessions.sign_in(attempt(cast, passphrase=OTHER_PASSPHRASE), now=NOW)
    assert again.keys == amal.keys
    assert "credential.changed" in acts("lantern", amal.id)


@pytest.mark.parametrize(
    "text",
    [
        "short as this",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "amal amal lantern amal",
        "qwerty password 123456",
        "Lantern passphrase Amal",
    ],
)
def test_weak_passphrases_are_refused_and_change_nothing(cast: Cast, text: str) -> None:
    amal = cast.actor("amal")
    with pytest.raises(PassphraseTooWeak):
        credentials.change_passphrase(amal, Passphrase(text), now=NOW)
    assert sessions.sign_in(attempt(cast), now=NOW)


@pytest.mark.parametrize("text", ["four words without capitals", "четыре тихих слова рядом", "ÀÉÎÕÜ 12 rivières froides"])
def test_length_and_variety_are_all_that_is_asked(text: str) -> None:
    require_strong(Passphrase(text), ["amal", "Lantern"])


def test_the_passphrase_page(cast: Cast) -> None:
    client, address = cast.client("amal"), reverse("accounts:passphrase")
    for typed in (
        {"passphrase": OTHER_PASSPHRASE, "again": OTHER_PASSPHRASE + "!"},
        {"passphrase": "short", "again": "short"},
        {"passphrase": OTHER_PASSPHRASE + "\x07", "again": OTHER_PASSPHRASE + "\x07"},
        {},
    ):
        answer = client.post(address, typed)
        assert answer.status_code == 422
        assert OTHER_PASSPHRASE.encode() not in answer.content
    answer = client.post(address, {"passphrase": OTHER_PASSPHRASE, "again": OTHER_PASSPHRASE})
    assert answer.status_code == 302
    assert client.get(reverse("home")).status_code == 200
    owner, sealed = owner_of(cast.actor("amal").member), bytes(cast.actor("amal").member.sealed_keys)
    assert identities.unlock(owner, sealed, Passphrase(OTHER_PASSPHRASE)) == cast.actor("amal").keys
    with pytest.raises(SealingRefused):
        identities.unlock(owner, sealed, Passphrase(PASSPHRASE))


def test_another_authenticator_counts_once_it_is_confirmed(cast: Cast) -> None:
    old = factor_of(cast.actor("amal"))
    credentials.begin_second_factor(cast.actor("amal"))
    pending = credentials.pending_second_factor(cast.actor("amal"))
    assert pending is not None
    assert sessions.sign_in(attempt(cast), now=NOW)
    with pytest.raises(CodeUnusable):
        credentials.confirm_second_factor(cast.actor("amal"), old.code(int(LATER.timestamp())), now=LATER)
    code = pending.code(int(LATER.timestamp()))
    assert credentials.confirm_second_factor(cast.actor("amal"), code, now=LATER) == []
    for refused in (old.code(int(LATER.timestamp())), code):
        with pytest.raises(SignInRefused):
            sessions.sign_in(SignIn("amal", Passphrase(PASSPHRASE), refused), now=LATER)
    later = LATER + timedelta(minutes=1)
    assert sessions.sign_in(attempt(cast, at=later), now=later)
    assert cast.actor("amal").member.recovery_codes.count() == 10


def test_nothing_is_confirmed_where_nothing_waits(cast: Cast) -> None:
    with pytest.raises(CodeUnusable):
        credentials.confirm_second_factor(cast.actor("amal"), "123456", now=NOW)


def test_another_authenticator_by_page(cast: Cast) -> None:
    client, address = cast.client("amal"), reverse("accounts:second-factor")
    assert client.get(address).context["factor"] is None
    assert client.get(reverse("accounts:second-factor-picture")).status_code == 404
    client.post(address, {"begin": "1"})
    factor = client.get(address).context["factor"]
    assert factor.typed().replace(" ", "") in factor.address("amal")
    answer = client.post(address, {"digits": factor.code(int(clock.now().timestamp()))})
    assert answer["location"].startswith(reverse("accounts:account"))


def test_new_recovery_codes_replace_the_old_ones(cast: Cast) -> None:
    client, address = cast.client("amal"), reverse("accounts:recovery-codes")
    assert client.get(address).context["codes"] == []
    assert cast.actor("amal").member.recovery_codes.count() == 10
    fresh = client.post(address).context["codes"]
    assert len(set(fresh)) == 10
    with pytest.raises(SignInRefused):
        sessions.sign_in(SignIn("amal", Passphrase(PASSPHRASE), cast.enrolled["amal"].recovery_codes[3]), now=NOW)
    assert sessions.sign_in(SignIn("amal", Passphrase(PASSPHRASE), fresh[3]), now=LATER)


def test_the_account_page_says_how_many_codes_are_left(cast: Cast) -> None:
    assert b"10 codes left" in cast.client("amal").get(reverse("accounts:account")).content
