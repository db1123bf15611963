"""A lost passphrase is brought back by enough custodians, and by nobody less; no case is lost with it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from safeconduct.core.custody import Purpose
from safeconduct.desk.accounts import credentials, membership, recovery, sessions
from safeconduct.desk.accounts.errors import LinkUnusable, NotAllowed, PassphraseTooWeak, SharesUnusable, SignInRefused
from safeconduct.desk.accounts.links import GivenLink
from safeconduct.desk.accounts.models import Member, Organisation, RecoverySession
from safeconduct.desk.vault import identities, opening
from safeconduct.desk.vault.recovery import first_misread, sheets_in
from safeconduct.desk.vault.secrets import Passphrase, SealingRefused
from safeconduct.desk.web import clock
from tests.cast import NOW, PASSPHRASE, TODAY, Cast, a_case
from tests.desk.accounts.parts import OTHER_PASSPHRASE, acts, attempt, factor_of, joined

CUSTODIANS = ["Notary K.", "Wren", "Sister M."]
NEW = Passphrase(OTHER_PASSPHRASE)


@pytest.fixture
def sheets(cast: Cast) -> list[str]:
    """The words of three custodians of Lantern, two of whom are needed; Amal and Farah have signed in since."""
    made = recovery.set_up(cast.actor("amal"), threshold=2, custodians=CUSTODIANS, today=TODAY)
    sessions.sign_in(attempt(cast, "farah"), now=NOW)
    return [words for _, words in made]


def opened(cast: Cast, whose: str = "farah", by: str = "dana") -> GivenLink:
    """A recovery that somebody opened for a member."""
    return recovery.open_recovery(cast.actor(whose).member, actor=cast.actor(by), now=NOW)


def test_a_member_who_lost_the_passphrase_opens_the_old_case_again(cast: Cast, sheets: list[str]) -> None:
    case = a_case(cast, "farah")
    before = cast.actor("farah")
    given = opened(cast)
    cookie, arrived = recovery.recover(given.token, given.code, sheets[1:], NEW, now=NOW)
    assert arrived.keys == before.keys
    pending = credentials.pending_second_factor(arrived)
    assert pending is not None
    codes = credentials.confirm_second_factor(arrived, pending.code(int(NOW.timestamp())), now=NOW)
    assert len(codes) == 10
    found = sessions.actor_of_cookie(cookie, now=NOW)
    assert found is not None
    with opening.opened(case.subject, holder=found, purpose=Purpose.HANDLING, today=TODAY) as file:
        card = file.newest("card")
        assert card is not None
        assert card.content["name"] == "Stepan"
    later = NOW + timedelta(minutes=1)
    with pytest.raises(SignInRefused):
        sessions.sign_in(attempt(cast, "farah", at=later), now=later)
    assert sessions.sign_in(attempt(cast, "farah", OTHER_PASSPHRASE, at=later), now=later)
    assert "recovery.used" in acts("lantern", before.id)
    assert cast.actor("farah").member.joined_on == TODAY


@pytest.mark.parametrize("which", [[0, 1], [0, 2], [2, 1], [0, 1, 2]])
def test_any_two_custodians_are_enough(cast: Cast, sheets: list[str], which: list[int]) -> None:
    given = opened(cast)
    assert recovery.recover(given.token, given.code, [sheets[each] for each in which], NEW, now=NOW)


def test_one_custodian_alone_a_repeated_sheet_or_a_misread_word_open_nothing(cast: Cast, sheets: list[str]) -> None:
    given = opened(cast)
    sealed = bytes(cast.actor("farah").member.sealed_keys)
    misread = sheets[1].rpartition(" ")[0] + " zzz"
    for typed, sheet in (([sheets[0]], 0), ([sheets[0], sheets[0]], 0), ([sheets[0], misread], 2), ([], 0)):
        with pytest.raises(SharesUnusable) as refused:
            recovery.recover(given.token, given.code, typed, NEW, now=NOW)
        assert refused.value.sheet == sheet
    assert bytes(cast.actor("farah").member.sealed_keys) == sealed
    assert recovery.recover(given.token, given.code, sheets[:2], NEW, now=NOW)


def test_sheets_of_another_organisation_open_nothing(cast: Cast, sheets: list[str]) -> None:
    given = opened(cast)
    other = recovery.set_up(cast.actor("chidi"), threshold=2, custodians=CUSTODIANS, today=TODAY)
    with pytest.raises(SharesUnusable):
        recovery.recover(given.token, given.code, [words for _, words in other], NEW, now=NOW)


def test_enough_sheets_without_link_or_code_open_nothing(cast: Cast, sheets: list[str]) -> None:
    given = opened(cast)
    wrong = given.code[:-1] + ("1" if given.code[-1] == "0" else "0")
    for token, code in ((given.token, wrong), ("x" * 43, given.code)):
        with pytest.raises(LinkUnusable):
            recovery.recover(token, code, sheets, NEW, now=NOW)
    with pytest.raises(LinkUnusable):
        recovery.recover(given.token, given.code, sheets, NEW, now=NOW + recovery.VALID_FOR)


def test_a_weak_passphrase_changes_nothing(cast: Cast, sheets: list[str]) -> None:
    given = opened(cast)
    with pytest.raises(PassphraseTooWeak):
        recovery.recover(given.token, given.code, sheets, Passphrase("farah farah farah"), now=NOW)
    assert sessions.sign_in(attempt(cast, "farah", at=NOW + timedelta(minutes=1)), now=NOW + timedelta(minutes=1))


def test_recovery_ends_everything_else_that_signed_in(cast: Cast, sheets: list[str]) -> None:
    farah = cast.actor("farah")
    elsewhere, _ = sessions.open_session(farah.member, farah.keys, now=NOW)
    given = opened(cast)
    _, arrived = recovery.recover(given.token, given.code, sheets, NEW, now=NOW)
    assert sessions.actor_of_cookie(elsewhere, now=NOW) is None
    assert cast.actor("farah").member.recovery_codes.count() == 0
    later = NOW + timedelta(minutes=2)
    with pytest.raises(SignInRefused):
        sessions.sign_in(attempt(cast, "farah", OTHER_PASSPHRASE, at=later), now=later)
    assert RecoverySession.objects.count() == 1
    pending = credentials.pending_second_factor(arrived)
    assert pending is not None
    credentials.confirm_second_factor(arrived, pending.code(int(later.timestamp())), now=later)
    with pytest.raises(LinkUnusable):
        recovery.recover(given.token, given.code, sheets, NEW, now=NOW)


@pytest.mark.parametrize(("whose", "by"), [("farah", "gita"), ("farah", "chidi"), ("amal", "amal"), ("chidi", "amal")])
def test_only_a_colleague_who_looks_after_members_opens_a_recovery(cast: Cast, sheets: list[str], whose: str, by: str) -> None:
    with pytest.raises(NotAllowed):
        opened(cast, whose, by)


def test_without_a_copy_or_a_membership_there_is_nothing_to_open(cast: Cast, sheets: list[str]) -> None:
    with pytest.raises(NotAllowed):
        opened(cast, "gita")
    given = opened(cast)
    membership.deactivate(cast.actor("farah").member, actor=cast.actor("amal"), today=TODAY)
    with pytest.raises(LinkUnusable):
        recovery.recover(given.token, given.code, sheets, NEW, now=NOW)
    with pytest.raises(NotAllowed):
        opened(cast)


@pytest.mark.parametrize("name", ["dana", "gita"])
def test_only_a_coordinator_with_keys_sets_recovery_up(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        recovery.set_up(cast.actor(name), threshold=2, custodians=CUSTODIANS, today=TODAY)


@pytest.mark.parametrize(("threshold", "custodians"), [(1, 3), (4, 3), (2, 1), (2, 17)])
def test_impossible_splits_are_refused(cast: Cast, threshold: int, custodians: int) -> None:
    names = [f"custodian {number}" for number in range(custodians)]
    with pytest.raises(SealingRefused):
        recovery.set_up(cast.actor("amal"), threshold=threshold, custodians=names, today=TODAY)
    assert cast.organisation("lantern").recovery_public_key is None


def test_copies_are_made_at_enrolment_and_at_the_next_sign_in(cast: Cast, sheets: list[str]) -> None:
    assert cast.actor("amal").member.recovery_keys is not None
    assert joined(cast).member.recovery_keys is not None
    assert cast.actor("gita").member.recovery_keys is None
    sessions.sign_in(attempt(cast, "gita"), now=NOW)
    assert cast.actor("gita").member.recovery_keys is not None


def test_a_new_key_takes_over_member_by_member_and_old_sheets_open_old_copies(cast: Cast, sheets: list[str]) -> None:
    new = [words for _, words in recovery.set_up(cast.actor("amal"), threshold=2, custodians=CUSTODIANS, today=TODAY)]
    given = opened(cast)
    with pytest.raises(SharesUnusable):
        recovery.recover(given.token, given.code, new, NEW, now=NOW)
    recovery.recover(given.token, given.code, sheets, NEW, now=NOW)
    again = opened(cast)
    with pytest.raises(SharesUnusable):
        recovery.recover(again.token, again.code, sheets, NEW, now=NOW)
    assert recovery.recover(again.token, again.code, new, NEW, now=NOW)


def test_the_names_of_custodians_are_for_holders_of_the_desks_key(cast: Cast, sheets: list[str]) -> None:
    lantern = cast.organisation("lantern")
    assert recovery.custodians_of(lantern, cast.actor("farah")) == CUSTODIANS
    assert recovery.custodians_of(lantern, cast.actor("dana")) == []
    assert recovery.custodians_of(cast.organisation("steppe"), cast.actor("chidi")) == []
    assert b"Wren" not in bytes(lantern.sealed_custodians or b"")


def test_a_drill_is_recorded_and_touches_nothing(cast: Cast, sheets: list[str]) -> None:
    before = list(Member.objects.order_by("id").values())
    recovery.drill(cast.actor("dana"), sheets[:2], today=TODAY)
    assert list(Member.objects.order_by("id").values()) == before
    assert cast.organisation("lantern").recovery_drilled_on == TODAY
    assert acts("lantern", "recovery:lantern") == ["setting.changed", "recovery.drilled"]


def test_a_drill_fails_with_too_few_wrong_or_old_sheets(cast: Cast, sheets: list[str]) -> None:
    with pytest.raises(SharesUnusable):
        recovery.drill(cast.actor("amal"), sheets[:1], today=TODAY)
    with pytest.raises(SharesUnusable):
        recovery.drill(cast.actor("chidi"), sheets, today=TODAY)
    recovery.set_up(cast.actor("amal"), threshold=2, custodians=CUSTODIANS, today=TODAY)
    with pytest.raises(SharesUnusable):
        recovery.drill(cast.actor("amal"), sheets, today=TODAY)
    with pytest.raises(NotAllowed):
        recovery.drill(cast.actor("gita"), sheets, today=TODAY)
    assert cast.organisation("lantern").recovery_drilled_on is None


def test_sheets_may_be_typed_with_any_breaks_and_capitals(sheets: list[str]) -> None:
    typed = sheets[0].upper().replace(" ", "\n", 20) + "\n\n  " + sheets[1].replace(" ", "   ")
    assert sheets_in(typed) == sheets[:2]
    assert first_misread([*sheets[:2], "one two three"]) == 3
    assert first_misread(sheets) == 0


def test_recovery_through_the_pages(cast: Cast) -> None:
    amal, dana = cast.client("amal"), cast.client("dana")
    assert b"No recovery key yet" in dana.get(reverse("accounts:recovery")).content
    typed = {"custodians": "Notary K.\nWren\n\nSister M.\n", "threshold": "2"}
    for wrong in ({"threshold": "4"}, {"threshold": "1"}, {"custodians": "Wren"}, {"custodians": "Wren\nWren"}):
        assert amal.post(reverse("accounts:recovery-set-up"), typed | wrong).status_code == 422
    page = amal.post(reverse("accounts:recovery-set-up"), typed)
    sheets = [" ".join(words) for _, words in page.context["sheets"]]
    assert page.content.count(b'class="sheet"') == 3
    assert b"Sister M." in page.content
    assert b"Wren" in amal.get(reverse("accounts:recovery")).content
    assert b"Wren" not in dana.get(reverse("accounts:recovery")).content
    assert dana.post(reverse("accounts:recovery-set-up"), typed).status_code == 404

    assert dana.post(reverse("accounts:recovery-drill"), {"shares": sheets[0]}).status_code == 422
    said = dana.post(reverse("accounts:recovery-drill"), {"shares": f"{sheets[0]} {sheets[1][:-1]}"})
    assert b"Sheet 2 is not as it stands on paper" in said.content
    assert dana.post(reverse("accounts:recovery-drill"), {"shares": "\n".join(sheets[:2])}).status_code == 302

    cast.client("farah")
    address = reverse("accounts:open-recovery", kwargs={"member_id": cast.actor("farah").id})
    shown = dana.post(address)
    person = cast.stranger()
    path = shown.context["link"].removeprefix("http://127.0.0.1:8000")
    form = {
        "code": shown.context["code"],
        "shares": " ".join(sheets[1:]),
        "passphrase": OTHER_PASSPHRASE,
        "again": OTHER_PASSPHRASE,
    }
    assert person.get(path).status_code == 200
    for wrong in ({"code": "1"}, {"shares": sheets[0]}, {"passphrase": "short", "again": "short"}, {"again": PASSPHRASE}):
        assert person.post(path, form | wrong).status_code == 422
    assert person.post(path, form)["location"] == reverse("accounts:second-factor")
    factor = person.get(reverse("accounts:second-factor")).context["factor"]
    done = person.post(reverse("accounts:second-factor"), {"digits": factor.code(int(clock.now().timestamp()))})
    assert len(done.context["codes"]) == 10
    assert person.get(reverse("home")).status_code == 200
    owner = identities.Owner(member=cast.actor("farah").id, organisation="lantern")
    assert identities.unlock(owner, bytes(cast.actor("farah").member.sealed_keys), NEW) == cast.actor("farah").keys
    assert factor_of(cast.actor("farah")).typed() == factor.typed()
    assert Organisation.objects.get(pk="lantern").recovery_drilled_on is not None


def test_an_impossible_recovery_is_said_and_strangers_find_nothing(cast: Cast) -> None:
    dana = cast.client("dana")
    assert dana.post(reverse("accounts:open-recovery", kwargs={"member_id": cast.actor("farah").id})).status_code == 422
    assert dana.post(reverse("accounts:open-recovery", kwargs={"member_id": cast.actor("chidi").id})).status_code == 404
    assert cast.client("bea").get(reverse("accounts:recovery")).status_code == 200
    assert cast.client("gita").get(reverse("accounts:recovery")).status_code == 404
    form = {"code": "123456789", "shares": "a", "passphrase": OTHER_PASSPHRASE, "again": OTHER_PASSPHRASE}
    assert cast.stranger().post(reverse("accounts:recover", kwargs={"token": "x" * 43}), form).status_code == 422
