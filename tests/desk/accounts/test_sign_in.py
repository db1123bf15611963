"""Signing in: what fits opens a session; what does not is slowed and never locks anybody out."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from safeconduct.desk.accounts import attempts, devices, sessions
from safeconduct.desk.accounts.errors import SignInRefused, TooSoon
from safeconduct.desk.accounts.middleware import DEVICE_COOKIE
from safeconduct.desk.accounts.models import Session, SignInBucket
from safeconduct.desk.accounts.sessions import SignIn
from safeconduct.desk.vault.secrets import Passphrase, new_token
from safeconduct.desk.web import clock
from tests.cast import NOW, PASSPHRASE, Cast
from tests.desk.accounts.parts import acts, attempt, code_of

MINUTE = timedelta(minutes=1)


def guess(name: str = "amal", device: str = "") -> SignIn:
    """What somebody types who does not know the passphrase."""
    return SignIn(name, Passphrase("not the one they chose"), "123456", device)


def refuse(times: int, name: str = "amal", device: str = "", start: datetime = NOW) -> datetime:
    """Fail a number of times, waiting as long as asked; the moment after the last."""
    now = start
    for _ in range(times):
        try:
            sessions.sign_in(guess(name, device), now=now)
        except TooSoon as wait:
            now += timedelta(seconds=wait.seconds)
            with pytest.raises(SignInRefused):
                sessions.sign_in(guess(name, device), now=now)
        except SignInRefused:
            pass
    return now


def test_name_passphrase_and_code_open_a_session(cast: Cast) -> None:
    cookie, actor = sessions.sign_in(attempt(cast), now=NOW)
    assert actor.id == cast.actor("amal").id
    found = sessions.actor_of_cookie(cookie, now=NOW)
    assert found is not None
    assert found.keys == actor.keys
    assert "session.opened" in acts("lantern", actor.id)


@pytest.mark.parametrize(
    "change",
    [{"name": "nobody"}, {"passphrase": Passphrase("wrong")}, {"code": "000000"}, {"code": ""}, {"code": "AAAA-BBBB-CCCC-DDDD"}],
    ids=["name", "passphrase", "code", "no code", "recovery code"],
)
def test_whatever_is_wrong_the_answer_is_the_same(cast: Cast, change: dict[str, object]) -> None:
    with pytest.raises(SignInRefused) as refused:
        sessions.sign_in(replace(attempt(cast), **change), now=NOW)  # type: ignore[arg-type]  # one field by name
    assert str(refused.value) == "refused"
    assert not Session.objects.exists()


def test_the_page_says_the_same_for_every_failure_and_keeps_the_name(cast: Cast) -> None:
    stranger, pages = cast.stranger(), set()
    for name, passphrase in (("amal", "wrong"), ("nobody", PASSPHRASE), ("amal", "wrong\x07")):
        answer = stranger.post(reverse("accounts:sign-in"), {"name": name, "passphrase": passphrase, "code": "123456"})
        assert answer.status_code == 422
        pages.add(str(answer.context["form"].non_field_errors()))
        assert PASSPHRASE.encode() not in answer.content
    assert len(pages) == 1


def test_the_name_may_be_typed_in_capitals(cast: Cast) -> None:
    assert sessions.sign_in(replace(attempt(cast), name=" Amal "), now=NOW)[1].id == cast.actor("amal").id


def test_failures_are_slowed_to_a_minute_and_no_further(cast: Cast) -> None:
    now = refuse(30)
    with pytest.raises(TooSoon) as wait:
        sessions.sign_in(guess(), now=now)
    assert wait.value.seconds == attempts.LONGEST_WAIT_S + 1
    later = now + timedelta(seconds=wait.value.seconds)
    assert sessions.sign_in(attempt(cast, at=later), now=later)


def test_the_first_failures_cost_nothing(cast: Cast) -> None:
    for _ in range(attempts.FREE_FAILURES - 1):
        with pytest.raises(SignInRefused):
            sessions.sign_in(guess(), now=NOW)
    assert sessions.sign_in(attempt(cast), now=NOW)


def test_a_guesser_elsewhere_does_not_slow_a_known_browser(cast: Cast) -> None:
    now = refuse(12)
    with pytest.raises(TooSoon):
        sessions.sign_in(attempt(cast, at=now), now=now)
    known = devices.new_device(cast.actor("amal").member)
    assert sessions.sign_in(attempt(cast, at=now, device=known), now=now)


def test_a_known_browser_is_slowed_too_when_it_guesses(cast: Cast) -> None:
    known = devices.new_device(cast.actor("amal").member)
    now = refuse(5, device=known)
    with pytest.raises(TooSoon):
        sessions.sign_in(guess(device=known), now=now)
    assert sessions.sign_in(attempt(cast, at=now), now=now)


def test_a_browser_that_says_it_is_known_is_believed_for_its_own_member_only(cast: Cast) -> None:
    """Whoever guesses sends whatever cookie they like, another with every guess."""
    now = refuse(12)
    for invented in (new_token().text(), devices.new_device(cast.actor("bea").member), "", f"{cast.actor('amal').id}.x:y"):
        with pytest.raises(TooSoon):
            sessions.sign_in(guess(device=invented), now=now)


def test_spaces_around_a_name_are_no_other_name(cast: Cast) -> None:
    now = refuse(12)
    with pytest.raises(TooSoon):
        sessions.sign_in(guess(" Amal "), now=now)


def test_guesses_at_the_same_moment_each_count(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second guess that begins while the first is still being compared finds it counted."""
    counted = []

    def compare(*_: object) -> None:
        counted.append(SignInBucket.objects.get().failures)
        raise SignInRefused("refused")

    monkeypatch.setattr(sessions, "unlock", compare)
    for _ in range(2):
        with pytest.raises(SignInRefused):
            sessions.sign_in(guess(), now=NOW)
    assert counted == [1, 2]


def test_signing_in_makes_the_browser_known(cast: Cast) -> None:
    stranger, amal = cast.stranger(), cast.actor("amal").member
    now = clock.now()
    typed = {"name": "amal", "passphrase": PASSPHRASE, "code": code_of(cast, "amal", now)}
    assert stranger.post(reverse("accounts:sign-in"), typed).status_code == 302
    assert devices.is_known(stranger.cookies[DEVICE_COOKIE].value, amal)


def test_names_that_do_not_exist_are_slowed_the_same(cast: Cast) -> None:
    now = refuse(12, name="nobody")
    with pytest.raises(TooSoon):
        sessions.sign_in(guess("nobody"), now=now)


def test_success_forgets_the_failures_and_no_address_is_kept(cast: Cast) -> None:
    now = refuse(5)
    later = now + 2 * MINUTE
    sessions.sign_in(attempt(cast, at=later), now=later)
    assert not SignInBucket.objects.exists()
    assert {field.name for field in SignInBucket._meta.get_fields()} == {"digest", "failures", "next_attempt_at"}


def test_the_page_says_how_long_to_wait(cast: Cast) -> None:
    stranger = cast.stranger()
    typed = {"name": "amal", "passphrase": "wrong", "code": "123456"}
    answers = [stranger.post(reverse("accounts:sign-in"), typed).content for _ in range(6)]
    assert b"and try again" in answers[-1]
    assert b"and try again" not in answers[0]


def test_a_code_is_used_once(cast: Cast) -> None:
    sessions.sign_in(attempt(cast), now=NOW)
    for at in (NOW, NOW + timedelta(seconds=20)):
        with pytest.raises(SignInRefused):
            sessions.sign_in(attempt(cast), now=at)
    later = NOW + MINUTE
    assert sessions.sign_in(attempt(cast, at=later), now=later)


def test_an_earlier_code_is_refused_after_a_later_one(cast: Cast) -> None:
    early = code_of(cast, "amal", NOW - timedelta(seconds=30))
    sessions.sign_in(attempt(cast), now=NOW)
    with pytest.raises(SignInRefused):
        sessions.sign_in(replace(attempt(cast), code=early), now=NOW)


def test_a_recovery_code_stands_in_once(cast: Cast) -> None:
    code = cast.enrolled["amal"].recovery_codes[0]
    by_code = replace(attempt(cast), code=code.lower().replace("-", " "))
    assert sessions.sign_in(by_code, now=NOW)
    with pytest.raises(SignInRefused):
        sessions.sign_in(by_code, now=NOW)
    assert cast.actor("amal").member.recovery_codes.count() == 9


def test_a_recovery_code_is_not_used_up_by_a_wrong_passphrase_or_by_somebody_else(cast: Cast) -> None:
    code = cast.enrolled["amal"].recovery_codes[0]
    for other in (attempt(cast, passphrase="wrong"), attempt(cast, "farah")):
        with pytest.raises(SignInRefused):
            sessions.sign_in(replace(other, code=code), now=NOW)
    assert sessions.sign_in(replace(attempt(cast), code=code), now=NOW)


def test_a_refusal_is_written_down_where_there_is_a_member(cast: Cast) -> None:
    with pytest.raises(SignInRefused):
        sessions.sign_in(guess(), now=NOW)
    assert acts("lantern", cast.actor("amal").id)[-1] == "session.refused"
