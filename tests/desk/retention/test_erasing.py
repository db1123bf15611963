"""What has had its time is destroyed with everything that belongs to it; what two people hold is kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from safeconduct.core.custody import SYSTEM, Act
from safeconduct.demo.evidence import arrived, drawn_page
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.custody.selectors import entries_of
from safeconduct.desk.inbox import reading
from safeconduct.desk.inbox.models import DeskSide
from safeconduct.desk.inbox.services import write_note
from safeconduct.desk.intake import sessions
from safeconduct.desk.intake.errors import ReceiptRefused
from safeconduct.desk.intake.models import ApplicantSession, Request
from safeconduct.desk.intake.services import send_as_desk
from safeconduct.desk.retention import services
from safeconduct.desk.retention.errors import SecondPersonNeeded, StillKept
from safeconduct.desk.retention.models import Certificate, Hold
from safeconduct.desk.vault.models import Grant, Holder, SealedFile, SealedRecord
from safeconduct.packs import RETENTION, retention
from tests.cast import NOW, TODAY, Cast, a_case, a_request

ENQUIRY = timedelta(days=retention(RETENTION).clock("enquiry").days)


def swept(days: timedelta = ENQUIRY) -> services.Swept:
    """One sweep some days after the present one of the tests."""
    return services.sweep(NOW + days)


@pytest.fixture
def full(cast: Cast) -> Request:
    """A request with a file, a note, an answer and a person who is reading it."""
    receipt, request = a_request(cast, files=[arrived("photo.png", drawn_page())])
    write_note(request, cast.actor("amal"), "His brother rang.", today=TODAY)
    send_as_desk(request, cast.actor("amal"), "We have read it.", today=TODAY)
    sessions.come_back(receipt.digits(), now=NOW)
    return Request.objects.get(pk=request.pk)


def test_nothing_of_a_request_is_left_when_its_day_has_come(full: Request, django_capture_on_commit_callbacks: object) -> None:
    desk_file = DeskSide.objects.get(request=full).file
    (file_id,) = SealedFile.objects.filter(subject=full.id).values_list("id", flat=True)
    path: Path = settings.FILES_FOLDER / file_id
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's own fixture
        assert swept().erased == 1
    assert not path.exists()
    for subject in (full.id, desk_file):
        assert not Grant.objects.filter(subject=subject).exists()
        assert not SealedRecord.objects.filter(subject=subject).exists()
        assert not SealedFile.objects.filter(subject=subject).exists()
    assert not Request.objects.filter(pk=full.pk).exists()
    assert not Holder.objects.filter(pk=full.applicant).exists()
    assert not ApplicantSession.objects.exists()
    (entry,) = entries_of("lantern", act=Act.REQUEST_ERASED, thing=full.id)
    assert entry.actor == SYSTEM
    certificate = Certificate.objects.get(thing=full.id)
    assert (certificate.why, certificate.by, certificate.files) == ("clock", SYSTEM, 1)


def test_the_code_of_an_erased_request_is_answered_like_one_that_never_was(cast: Cast) -> None:
    receipt, _ = a_request(cast)
    swept()
    with pytest.raises(ReceiptRefused, match="no request"):
        sessions.come_back(receipt.digits(), now=NOW)


def test_the_day_before_nothing_is_erased_and_a_new_word_gives_time(cast: Cast, full: Request) -> None:
    assert swept(ENQUIRY - timedelta(days=1)).erased == 0
    send_as_desk(full, cast.actor("amal"), "Are you still there?", today=TODAY + ENQUIRY - timedelta(days=1))
    assert swept().erased == 0
    assert swept(2 * ENQUIRY).erased == 1


def test_people_inside_russia_are_forgotten_sooner(cast: Cast) -> None:
    a_request(cast, more={"where": {"place": {"country": "RU"}}})
    assert swept(timedelta(days=14)).erased == 1


def test_a_case_keeps_its_conversation_even_where_deletion_was_asked(cast: Cast) -> None:
    case = a_case(cast)
    request = case.requests.get()
    Request.objects.filter(pk=request.pk).update(deletion_asked_on=TODAY, deletion_due_on=TODAY)
    assert swept(timedelta(days=900)).erased == 0
    with pytest.raises(StillKept):
        services.erase_now(Request.objects.get(pk=request.pk), cast.actor("amal"), today=TODAY)


def test_what_the_person_asked_for_is_done_by_any_colleague_or_on_its_last_day(cast: Cast) -> None:
    (_, by_hand), (_, by_clock) = a_request(cast), a_request(cast)
    Request.objects.update(deletion_asked_on=TODAY, deletion_due_on=TODAY + timedelta(days=5), erase_on=TODAY + ENQUIRY * 9)
    by_hand.refresh_from_db()
    done = services.erase_now(by_hand, cast.actor("farah"), today=TODAY)
    assert (done.why, done.by) == ("asked", cast.actor("farah").id)
    assert swept(timedelta(days=4)).erased == 0
    assert swept(timedelta(days=5)).erased == 1
    assert Certificate.objects.get(thing=by_clock.id).why == "asked"


def test_nobody_erases_unasked_but_a_coordinator_of_the_desk(cast: Cast) -> None:
    _, request = a_request(cast)
    for name in ("dana", "chidi", "bea"):
        with pytest.raises(NotAllowed):
            services.erase_now(request, cast.actor(name), today=TODAY)
    assert services.erase_now(request, cast.actor("amal"), today=TODAY).why == "desk"


def test_a_hold_needs_two_people_and_ends_by_itself(cast: Cast) -> None:
    _, request = a_request(cast)
    amal, farah = cast.actor("amal"), cast.actor("farah")
    services.propose_hold(request, amal, "A court asked for it.", today=TODAY)
    with pytest.raises(SecondPersonNeeded):
        services.confirm_hold(request, amal, today=TODAY)
    assert services.reason_of_hold(request, farah, today=TODAY)["text"] == "A court asked for it."
    services.confirm_hold(request, farah, today=TODAY)
    with pytest.raises(StillKept):
        services.erase_now(request, amal, today=TODAY)
    assert swept().erased == 0
    assert entries_of("lantern", act=Act.HOLD_PLACED, thing=request.id)
    last = Hold.objects.get().until
    assert last is not None
    assert swept(last - TODAY).erased == 0
    assert swept(last - TODAY + timedelta(days=1)).erased == 1


def test_a_proposal_alone_keeps_nothing_and_a_lifted_hold_neither(cast: Cast) -> None:
    (_, proposed), (_, lifted) = a_request(cast), a_request(cast)
    for request in (proposed, lifted):
        services.propose_hold(request, cast.actor("amal"), "A claim.", today=TODAY)
    services.confirm_hold(lifted, cast.actor("farah"), today=TODAY)
    services.lift_hold(lifted, cast.actor("farah"), today=TODAY)
    assert swept().erased == 2
    assert entries_of("lantern", act=Act.HOLD_LIFTED, thing=lifted.id)


def test_other_requests_and_what_was_joined_stay_readable(cast: Cast, full: Request) -> None:
    _, kept = a_request(cast)
    Request.objects.filter(pk=kept.pk).update(merged_into=full, erase_on=TODAY + 2 * ENQUIRY)
    assert swept().erased == 1
    kept.refresh_from_db()
    assert kept.merged_into is None
    assert reading.request_for_reading(kept, cast.actor("amal"), today=TODAY).conversation.filed


def test_sweeping_twice_changes_nothing_more(full: Request) -> None:
    assert swept().erased == 1
    assert swept().erased == 0
    assert Certificate.objects.count() == 1


def test_a_file_that_belongs_to_nothing_goes_after_a_day(cast: Cast) -> None:
    settings.FILES_FOLDER.mkdir(exist_ok=True)
    stray = settings.FILES_FOLDER / "strayofnobody222"
    stray.write_bytes(b"sealed")
    assert services.sweep(datetime.now(UTC)).left_behind == 0
    assert services.sweep(datetime.now(UTC) + timedelta(days=2)).left_behind >= 1
    assert not stray.exists()
