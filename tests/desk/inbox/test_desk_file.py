"""What the desk writes for itself about a request, and who can open it."""

from datetime import timedelta

import pytest

from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.accounts import enrolment
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.custody.selectors import entries_of
from safeconduct.desk.inbox import canned, interpreting, reading, services
from safeconduct.desk.inbox.errors import NotOfThisDesk, OwnReview, PeriodRefused
from safeconduct.desk.inbox.models import DeskSide, Interpreting
from safeconduct.desk.intake import sessions
from safeconduct.desk.intake.errors import AlreadyTriaged
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.selectors import conversation_for_applicant
from safeconduct.desk.intake.services import send_as_applicant, send_as_desk
from safeconduct.desk.vault import opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.keyholders import Keyholder
from safeconduct.desk.vault.models import Grant
from safeconduct.desk.vault.secrets import Passphrase, Receipt
from tests.cast import NOW, PASSPHRASE, TODAY, Cast, a_request

STORY = "I was called up and I left."


def person_of(receipt: Receipt) -> Keyholder:
    """The person behind a receipt, as their own browser has them."""
    back = sessions.person_of_cookie(sessions.come_back(receipt.digits(), now=NOW), now=NOW)
    assert back is not None
    return back[1]


def an_interpreter(cast: Cast, name: str = "ines") -> Actor:
    """Somebody of Lantern who interprets."""
    new = enrolment.NewMember(sign_in_name=name, alias=name.title(), roles=[Role.INTERPRETER], passphrase=Passphrase(PASSPHRASE))
    return enrolment.enrol(cast.organisation("lantern"), new, today=TODAY).actor


def sheet(**changed: object) -> services.Sheet:
    """An ordinary triage sheet with single findings changed."""
    found = {"safety": "unsure", "urgency": "urgent", "risk": "high", "language": "ru", "findings": "Alone."}
    return services.Sheet(**{**found, **changed})  # type: ignore[arg-type]  # as the tests name them


def test_notes_and_triage_sheet_open_to_colleagues_and_not_to_the_person(cast: Cast) -> None:
    receipt, request = a_request(cast)
    services.write_note(request, cast.actor("amal"), "His brother rang.", today=TODAY)
    services.write_sheet(request, cast.actor("amal"), sheet(), today=TODAY)
    seen = reading.request_for_reading(request, cast.actor("farah"), today=TODAY)
    assert [note.text for note in seen.notes] == ["His brother rang."]
    assert seen.sheet["findings"] == "Alone."
    subject = DeskSide.objects.get(request=request).subject("lantern")
    with (
        pytest.raises(NotGranted),
        opening.opened(subject, holder=person_of(receipt), purpose=Purpose.APPLICANT, today=TODAY),
    ):
        pass
    assert Grant.objects.filter(subject=subject.id).exclude(holder=request.organisation.desk).count() == 0


@pytest.mark.parametrize("name", ["bea", "chidi", "dana", "gita"])
def test_members_without_the_desk_key_neither_read_nor_write_notes(cast: Cast, name: str) -> None:
    _, request = a_request(cast)
    services.write_note(request, cast.actor("amal"), "His brother rang.", today=TODAY)
    with pytest.raises(NotGranted):
        services.write_note(request, cast.actor(name), "Let me in.", today=TODAY)
    with pytest.raises(NotGranted):
        reading.request_for_reading(request, cast.actor(name), today=TODAY)


def test_a_later_sheet_replaces_the_first_which_stays_as_a_version(cast: Cast) -> None:
    _, request = a_request(cast)
    services.write_sheet(request, cast.actor("amal"), sheet(), today=TODAY)
    services.write_sheet(request, cast.actor("farah"), sheet(urgency="routine"), today=TODAY)
    seen = reading.request_for_reading(request, cast.actor("amal"), today=TODAY)
    assert (seen.sheet["urgency"], seen.sheet["by"]) == ("routine", "Farah")


def test_a_request_is_looked_after_by_who_shares_the_desk_and_by_nobody_else(cast: Cast) -> None:
    _, request = a_request(cast)
    services.assign(request, cast.actor("amal"), cast.actor("farah").member, today=TODAY)
    request.refresh_from_db()
    assert request.assigned_to == cast.actor("farah").member
    assert entries_of("lantern", act=Act.REQUEST_ASSIGNED, thing=request.id)
    for stranger in ("bea", "dana", "chidi"):
        with pytest.raises(NotOfThisDesk):
            services.assign(request, cast.actor("amal"), cast.actor(stranger).member, today=TODAY)
    services.assign(request, cast.actor("farah"), None, today=TODAY)
    request.refresh_from_db()
    assert request.assigned_to is None


@pytest.mark.parametrize("state", [Request.State.ADVISED, Request.State.REFERRED])
def test_the_person_reads_the_words_with_which_a_request_ends(cast: Cast, state: Request.State) -> None:
    receipt, request = a_request(cast)
    services.close(request, cast.actor("amal"), state, "Harbour can help you.", today=TODAY)
    request.refresh_from_db()
    assert (request.state, request.awaits_desk, request.awaits_applicant) == (state, False, True)
    told = conversation_for_applicant(request, person_of(receipt), today=TODAY)
    assert [message.text for message in told.messages] == ["Harbour can help you."]
    with pytest.raises(AlreadyTriaged):
        services.close(request, cast.actor("farah"), Request.State.SPAM, "", today=TODAY)


def test_spam_is_answered_with_nothing_and_can_be_taken_up_again(cast: Cast) -> None:
    receipt, request = a_request(cast)
    services.close(request, cast.actor("amal"), Request.State.SPAM, "An advertisement.", today=TODAY)
    request.refresh_from_db()
    assert request.state == Request.State.SPAM
    assert not conversation_for_applicant(request, person_of(receipt), today=TODAY).messages
    assert services.reopen(request, cast.actor("farah"), today=TODAY)
    request.refresh_from_db()
    assert request.state == Request.State.OPEN
    assert not services.reopen(request, cast.actor("farah"), today=TODAY)


def test_a_second_request_of_one_person_is_joined_with_a_reason_that_both_keep(cast: Cast) -> None:
    (_, second), (_, first) = a_request(cast), a_request(cast)
    services.merge(second, first, cast.actor("amal"), "The same story and day.", today=TODAY)
    second.refresh_from_db()
    assert (second.state, second.merged_into) == (Request.State.MERGED, first)
    for request, other in ((first, second), (second, first)):
        (note,) = reading.request_for_reading(request, cast.actor("farah"), today=TODAY).notes
        assert (note.text, note.joined) == ("The same story and day.", other.id)


def test_requests_are_not_joined_to_themselves_nor_across_desks(cast: Cast) -> None:
    (_, request), (_, elsewhere) = a_request(cast), a_request(cast, "steppe")
    for into in (request, elsewhere):
        with pytest.raises(NotOfThisDesk):
            services.merge(request, into, cast.actor("amal"), "A guess.", today=TODAY)
    request.refresh_from_db()
    assert request.state == Request.State.NEW


def test_a_canned_answer_is_marked_by_a_second_person_and_loses_the_mark_with_a_change(cast: Cast) -> None:
    lantern, amal, farah = cast.organisation("lantern"), cast.actor("amal"), cast.actor("farah")
    canned.add(lantern, amal, canned.Words(title="Lawyer", language="ru", text="Спросите юриста."), today=TODAY)
    (written,) = canned.answers(lantern, farah, today=TODAY)
    assert (written.reviewed_by, written.is_own) == ("", False)
    with pytest.raises(OwnReview):
        canned.review(lantern, amal, written.id, today=TODAY)
    canned.review(lantern, farah, written.id, today=TODAY)
    assert canned.answers(lantern, amal, today=TODAY)[0].reviewed_by == "Farah"
    canned.change(lantern, farah, written.id, canned.Words(title="Lawyer", language="ru", text="Не ждите."), today=TODAY)
    assert canned.answers(lantern, amal, today=TODAY)[0].reviewed_by == ""
    canned.take_away(lantern, amal, written.id, today=TODAY)
    assert not canned.answers(lantern, amal, today=TODAY)


def test_another_desk_has_answers_of_its_own(cast: Cast) -> None:
    words = canned.Words(title="Lawyer", language="ru", text="Спросите юриста.")
    canned.add(cast.organisation("lantern"), cast.actor("amal"), words, today=TODAY)
    assert not canned.answers(cast.organisation("steppe"), cast.actor("chidi"), today=TODAY)
    with pytest.raises(NotGranted):
        canned.answers(cast.organisation("lantern"), cast.actor("chidi"), today=TODAY)


def test_an_interpreter_reads_one_conversation_for_one_period_and_no_notes(cast: Cast) -> None:
    ines, amal = an_interpreter(cast), cast.actor("amal")
    (_, request), (_, other) = a_request(cast), a_request(cast)
    services.write_note(request, amal, "His brother rang.", today=TODAY)
    interpreting.give_thread(request, amal, ines.member, until=TODAY + timedelta(days=3), today=TODAY)
    (row,) = interpreting.threads_of(ines, today=TODAY)
    conversation, _ = interpreting.read_thread(row, ines, today=TODAY)
    assert conversation.filed["answers"]["account"]["parts"]["story"] == STORY
    interpreting.propose(row, ines, "I left.", today=TODAY)
    assert [each.text for each in interpreting.proposals_for_desk(request, amal, today=TODAY)] == ["I left."]
    subject = DeskSide.objects.get(request=request).subject("lantern")
    with opening.opened(subject, holder=ines, purpose=Purpose.CONVERSATION, today=TODAY) as file:
        assert {record.kind for record in file.records()} == {interpreting.PROPOSAL}
    with (
        pytest.raises(NotGranted),
        opening.opened(other.subject, holder=ines, purpose=Purpose.CONVERSATION, today=TODAY),
    ):
        pass


def test_when_the_period_ends_the_keys_are_taken_and_changed_with_nobody_signed_in(cast: Cast) -> None:
    ines, amal = an_interpreter(cast), cast.actor("amal")
    receipt, request = a_request(cast)
    last = TODAY + timedelta(days=3)
    interpreting.give_thread(request, amal, ines.member, until=last, today=TODAY)
    (row,) = interpreting.threads_of(ines, today=TODAY)
    assert interpreting.end_what_is_over(last) == 0
    after = last + timedelta(days=1)
    with pytest.raises(NotGranted):
        interpreting.read_thread(row, ines, today=after)
    assert interpreting.end_what_is_over(after) == 1
    assert not Grant.objects.filter(holder=ines.id).exists()
    send_as_desk(request, amal, "Only between us.", today=after)
    assert max(Grant.objects.filter(subject=request.id).values_list("key_version", flat=True)) == 2
    person = person_of(receipt)
    send_as_applicant(request, person, "Good.", (), today=after)
    read = conversation_for_applicant(request, person, today=after)
    assert [message.text for message in read.messages] == ["Only between us.", "Good."]
    seen = reading.request_for_reading(request, cast.actor("farah"), today=after)
    assert [message.text for message in seen.conversation.messages] == ["Only between us.", "Good."]
    assert entries_of("lantern", act=Act.GRANT_WITHDRAWN, thing=ines.id)


@pytest.mark.parametrize("change", ["role", "leaves"])
def test_an_interpreter_who_leaves_or_is_none_any_more_loses_the_keys_with_the_next_sweep(cast: Cast, change: str) -> None:
    ines = an_interpreter(cast)
    _, request = a_request(cast)
    interpreting.give_thread(request, cast.actor("amal"), ines.member, until=TODAY + timedelta(days=3), today=TODAY)
    if change == "role":
        ines.member.roles = [Role.PUBLISHER.value]
    else:
        ines.member.is_active = False
    ines.member.save()
    assert interpreting.end_what_is_over(TODAY) == 1
    assert not Interpreting.objects.exists()
    assert not Grant.objects.filter(holder=ines.id).exists()


@pytest.mark.parametrize(("name", "days"), [("ines", -1), ("ines", 93), ("farah", 3), ("emil", 3)])
def test_periods_in_the_past_too_long_or_for_others_are_refused(cast: Cast, name: str, days: int) -> None:
    actor = an_interpreter(cast) if name == "ines" else cast.actor(name)
    _, request = a_request(cast)
    with pytest.raises(PeriodRefused):
        interpreting.give_thread(request, cast.actor("amal"), actor.member, until=TODAY + timedelta(days=days), today=TODAY)
    assert not Interpreting.objects.exists()
