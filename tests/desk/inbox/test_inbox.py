"""The list: alarms, then the most urgent, then the longest waiting; from sealed cards that this session has opened."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from safeconduct.desk.accounts.sessions import actor_of_cookie, end_session, open_session
from safeconduct.desk.inbox import reading, selectors, services
from safeconduct.desk.inbox.selectors import Wish
from safeconduct.desk.intake import pressure, sessions
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.services import send_as_applicant, send_as_desk
from safeconduct.desk.vault import cards
from safeconduct.desk.vault.erasing import erase
from safeconduct.desk.vault.errors import NotGranted
from tests.cast import NOW, TODAY, Cast, a_request
from tests.desk.inbox.test_desk_file import person_of, sheet

UNSAFE = {"safe_now": {"how_safe": "unsafe"}}


def listed(cast: Cast, show: str = "open", language: str = "", name: str = "amal") -> list[str]:
    """Ids of the first page."""
    found = selectors.inbox(cast.actor(name), Wish(show=show, language=language), page=1, now=NOW)
    return [row.id for row in found.rows]


def aged(request: Request, days: int) -> Request:
    """The same request, filed some days ago."""
    Request.objects.filter(pk=request.pk).update(day=TODAY - timedelta(days=days))
    return request


def test_alarms_come_first_then_urgency_then_waiting(cast: Cast) -> None:
    old, older = aged(a_request(cast)[1], 3), aged(a_request(cast)[1], 9)
    urgent, alarmed = a_request(cast, more=UNSAFE)[1], a_request(cast)[1]
    answered = aged(a_request(cast)[1], 20)
    send_as_desk(answered, cast.actor("amal"), "We have read it.", today=TODAY)
    Request.objects.filter(pk=alarmed.pk).update(alarm_on=TODAY)
    assert listed(cast) == [alarmed.id, urgent.id, older.id, old.id, answered.id]


def test_the_triage_sheet_changes_the_order_and_the_persons_own_card_does_not_know(cast: Cast) -> None:
    calm, pressing = aged(a_request(cast)[1], 9), a_request(cast)[1]
    services.write_sheet(pressing, cast.actor("amal"), sheet(urgency="urgent", language="fr"), today=TODAY)
    assert listed(cast) == [pressing.id, calm.id]
    assert listed(cast, language="fr") == [pressing.id]
    assert reading.request_for_reading(pressing, cast.actor("amal"), today=TODAY).card["urgency"] != "urgent"


def test_filters_show_what_they_say(cast: Cast) -> None:
    mine, deletion, closed = (a_request(cast)[1] for _ in range(3))
    services.assign(mine, cast.actor("amal"), cast.actor("amal").member, today=TODAY)
    Request.objects.filter(pk=deletion.pk).update(deletion_asked_on=TODAY, deletion_due_on=TODAY + timedelta(days=30))
    services.close(closed, cast.actor("amal"), Request.State.SPAM, "", today=TODAY)
    assert listed(cast, "mine") == [mine.id]
    assert listed(cast, "unassigned") == [deletion.id]
    assert listed(cast, "deletion") == [deletion.id]
    assert listed(cast, "closed") == [closed.id]
    assert set(listed(cast)) == {mine.id, deletion.id}


def test_what_nobody_of_the_desk_has_read_since_the_person_wrote_is_unread(cast: Cast) -> None:
    receipt, request = a_request(cast)
    assert listed(cast, "unread") == [request.id]
    reading.request_for_reading(request, cast.actor("farah"), today=TODAY)
    assert listed(cast, "unread") == []
    send_as_applicant(request, person_of(receipt), "One more thing.", (), today=TODAY)
    assert listed(cast, "unread") == [request.id]


def test_waiting_is_counted_from_the_persons_last_word(cast: Cast) -> None:
    receipt, request = a_request(cast)
    aged(request, 9)
    send_as_applicant(request, person_of(receipt), "One more thing.", (), today=TODAY - timedelta(days=2))
    (row,) = selectors.inbox(cast.actor("amal"), Wish(), page=1, now=NOW).rows
    assert row.waits_days == 2


def test_a_thread_that_a_second_code_opened_is_in_no_list(cast: Cast) -> None:
    _, request = a_request(cast)
    code = pressure.make_second_code(request)
    sessions.come_back(code.digits(), now=NOW)
    assert Request.objects.filter(organisation_id="lantern").count() == 2
    assert listed(cast) == [request.id]
    (row,) = selectors.inbox(cast.actor("amal"), Wish(show="alarm"), page=1, now=NOW).rows
    assert row.is_alarm


def test_cards_are_opened_once_for_a_session_and_forgotten_with_it(cast: Cast) -> None:
    a_request(cast, more=UNSAFE)
    now = datetime.now(UTC)
    cookie, actor = open_session(cast.actor("amal").member, cast.actor("amal").keys, now=now)
    selectors.inbox(actor, Wish(), page=1, now=now)
    assert actor.session is not None
    held = cards.MEMORY.of(actor.session.digest, now)
    assert [card["urgency"] for card in held.values()] == ["urgent"]
    end_session(actor, now=now)
    assert not cards.MEMORY.of(actor.session.digest, now)
    assert actor_of_cookie(cookie, now=now) is None


@pytest.mark.parametrize("name", ["dana", "gita", "emil"])
def test_who_does_not_share_the_desk_gets_no_list(cast: Cast, name: str) -> None:
    a_request(cast)
    with pytest.raises(NotGranted):
        listed(cast, name=name)


def test_fifty_stand_on_a_page(cast: Cast) -> None:
    ids = [a_request(cast)[1].id for _ in range(51)]
    first = selectors.inbox(cast.actor("amal"), Wish(), page=1, now=NOW)
    second = selectors.inbox(cast.actor("amal"), Wish(), page=9, now=NOW)
    assert (len(first.rows), len(second.rows), second.page, first.pages) == (50, 1, 2, 2)
    assert {row.id for row in (*first.rows, *second.rows)} == set(ids)


def changes(cast: Cast) -> list[Callable[[], object]]:
    """What may happen to one request between two looks, in an order in which it can."""
    receipt, request = a_request(cast)
    amal = cast.actor("amal")
    rows = Request.objects.filter(pk=request.pk)
    return [
        lambda: a_request(cast, more=UNSAFE),
        lambda: services.write_sheet(request, amal, sheet(urgency="urgent", language="fr"), today=TODAY),
        lambda: services.write_note(request, amal, "Call the lawyer.", today=TODAY),
        lambda: reading.request_for_reading(request, amal, today=TODAY),
        lambda: send_as_applicant(request, person_of(receipt), "One more thing.", (), today=TODAY),
        lambda: services.assign(request, amal, amal.member, today=TODAY),
        lambda: rows.update(alarm_on=TODAY),
        lambda: rows.update(deletion_asked_on=TODAY, deletion_due_on=TODAY + timedelta(days=30)),
        lambda: rows.update(proof_asked_on=TODAY),
        lambda: rows.update(alarm_on=None, deletion_asked_on=None, deletion_due_on=None),
        lambda: services.close(request, amal, Request.State.SPAM, "", today=TODAY),
    ]


def test_a_session_that_looks_again_sees_what_a_new_one_sees(cast: Cast) -> None:
    now = datetime.now(UTC)
    _, looking = open_session(cast.actor("amal").member, cast.actor("amal").keys, now=now)
    for number, change in enumerate(changes(cast)):
        for show in ("open", "unread", "closed"):
            again = selectors.inbox(looking, Wish(show=show), page=1, now=now)
            fresh = selectors.inbox(cast.actor("amal"), Wish(show=show), page=1, now=now)
            assert (again.rows, again.counts) == (fresh.rows, fresh.counts), f"before change {number}, {show}"
        change()
    assert [row.state for row in selectors.inbox(looking, Wish(), page=1, now=now).rows] == ["new"]


def test_what_is_erased_is_forgotten_by_every_session(cast: Cast) -> None:
    now = datetime.now(UTC)
    _, looking = open_session(cast.actor("amal").member, cast.actor("amal").keys, now=now)
    _, request = a_request(cast)
    selectors.inbox(looking, Wish(), page=1, now=now)
    assert looking.session is not None
    held = cards.MEMORY.of(looking.session.digest, now)
    assert held.derived
    erase(request.id)
    assert not held
    assert not held.derived
