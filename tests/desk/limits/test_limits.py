"""A calm desk asks nothing; a flood meets work, patience and an end, and never hides what arrived before it."""

import hashlib
import re
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.selectors import unread
from safeconduct.desk.limits import admission
from safeconduct.desk.limits.admission import WAIT_S, WORK_BITS, Lane, MustWait, Proof, QueueFull, admit
from safeconduct.desk.limits.buckets import Size, take
from safeconduct.desk.limits.models import Bucket
from safeconduct.desk.vault import uploads
from tests.cast import NOW, Cast, a_request

pytestmark = pytest.mark.django_db
FORM = {
    "where.place.country": "KZ",
    "who_reads.readers": "this_desk",
    "contact.way": "here",
    "language.tongue": "russian",
    "consent.purposes": "case_handling",
    "for_whom.who": "me",
}


def none() -> int:
    return 0


def busy(desk: str, now: datetime = NOW) -> None:
    """Let in everything that a calm desk lets in."""
    while True:
        try:
            assert admit(desk, Proof(), unread=none, now=now) is Lane.CALM
        except MustWait:
            return


def ticket(desk: str, now: datetime = NOW) -> str:
    with pytest.raises(MustWait) as wait:
        admit(desk, Proof(), unread=none, now=now)
    return wait.value.ticket


def work_on(ticket: str) -> str:
    """What a script in the browser finds."""
    return next(word for word in map(str, range(10_000_000)) if admission.is_worked(ticket, word))


def test_a_calm_desk_asks_for_nothing(cast: Cast) -> None:
    assert admit("lantern", Proof(), unread=none, now=NOW) is Lane.CALM


def test_a_busy_desk_takes_a_worked_ticket_at_once(cast: Cast) -> None:
    busy("lantern")
    given_out = ticket("lantern")
    assert admit("lantern", Proof(given_out, work_on(given_out)), unread=none, now=NOW) is Lane.WORKED


def test_a_busy_desk_takes_an_old_ticket_without_work(cast: Cast) -> None:
    busy("lantern")
    given_out, later = ticket("lantern"), NOW + timedelta(seconds=WAIT_S)
    busy("lantern", later)
    assert admit("lantern", Proof(given_out), unread=none, now=later) is Lane.WAITED


def test_waiting_too_short_keeps_the_ticket_and_says_how_long(cast: Cast) -> None:
    busy("lantern")
    given_out, later = ticket("lantern"), NOW + timedelta(seconds=WAIT_S - 20)
    busy("lantern", later)
    with pytest.raises(MustWait) as wait:
        admit("lantern", Proof(given_out), unread=none, now=later)
    assert (wait.value.ticket, wait.value.seconds) == (given_out, 20)


def test_a_ticket_lets_in_once(cast: Cast) -> None:
    busy("lantern")
    given_out = ticket("lantern")
    work = work_on(given_out)
    admit("lantern", Proof(given_out, work), unread=none, now=NOW)
    with pytest.raises(MustWait) as wait:
        admit("lantern", Proof(given_out, work), unread=none, now=NOW)
    assert wait.value.ticket != given_out


@pytest.mark.parametrize("forged", ["", "x", "WyJsYW50ZXJuIiwwLCJ4Il0:forged"])
def test_a_ticket_of_ones_own_making_is_worth_nothing(cast: Cast, forged: str) -> None:
    busy("lantern")
    with pytest.raises(MustWait):
        admit("lantern", Proof(forged, work_on(forged)), unread=none, now=NOW)


def test_a_ticket_of_one_desk_does_not_open_another(cast: Cast) -> None:
    busy("lantern")
    busy("steppe")
    given_out = ticket("lantern")
    with pytest.raises(MustWait):
        admit("steppe", Proof(given_out, work_on(given_out)), unread=none, now=NOW)


def test_one_busy_desk_leaves_the_others_calm(cast: Cast) -> None:
    busy("lantern")
    assert admit("harbour", Proof(), unread=none, now=NOW) is Lane.CALM


def test_work_is_counted_in_zero_bits() -> None:
    word = work_on("ticket")
    assert hashlib.sha256(f"ticket:{word}".encode()).hexdigest().startswith("0" * (WORK_BITS // 4))
    assert not admission.is_worked("ticket", "")
    assert not admission.is_worked("ticket", "0" * 41)


def test_a_full_queue_takes_no_more(cast: Cast, settings: Settings) -> None:
    settings.LONGEST_QUEUE = 1
    a_request(cast)
    busy("lantern")
    with pytest.raises(QueueFull):
        admit("lantern", Proof(), unread=lambda: unread(cast.organisation("lantern")), now=NOW)


def test_a_flood_of_ten_thousand_is_mostly_turned_away_and_a_person_still_gets_in(cast: Cast) -> None:
    """An hour of it, three a second, each with a ticket that was waited for: what is let in is what people can read."""
    _, before = a_request(cast)
    let_in: Counter[str] = Counter()
    held: list[str] = []
    for number in range(10_000):
        now = NOW + timedelta(seconds=number * 0.36)
        try:
            let_in[admit("lantern", Proof(held[0] if held and number > 200 else ""), unread=none, now=now)] += 1
            held[:1] = []
        except MustWait as wait:
            if wait.ticket not in held:
                held.append(wait.ticket)
            let_in["turned away"] += 1
    assert let_in["turned away"] > 9_000
    assert let_in[Lane.CALM] <= 30 + 3_600 / 20 + 1
    assert let_in[Lane.WAITED] <= 20 + 3_600 / 30 + 1
    at_last = NOW + timedelta(hours=1)
    given_out = ticket_or_in(at_last)
    assert given_out is None or admit("lantern", Proof(given_out, work_on(given_out)), unread=none, now=at_last) is Lane.WORKED
    assert Request.objects.filter(pk=before.pk, state=Request.State.NEW).exists()


def ticket_or_in(now: datetime) -> str | None:
    try:
        admit("lantern", Proof(), unread=none, now=now)
    except MustWait as wait:
        return wait.ticket
    return None


def test_the_page_keeps_every_word_while_it_asks_to_wait(cast: Cast) -> None:
    busy("lantern", datetime.now(tz=NOW.tzinfo))
    client = Client(headers={"accept-language": "en"})
    typed = {**FORM, "account.story": "They came to my mother."}
    answer = client.post("/ask/lantern/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "They came to my mother." in page
    assert "Wait 60 seconds" in page
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found
    assert not Request.objects.exists()
    done = client.post("/ask/lantern/", {**typed, "ticket": found[1], "work": work_on(found[1])})
    assert (done.status_code, Request.objects.count()) == (200, 1)


def test_files_beyond_a_days_share_are_refused_and_words_are_taken(cast: Cast, settings: Settings) -> None:
    settings.UPLOAD_BYTES_A_DAY = 1_000
    assert admission.admit_bytes("lantern", 900, now=NOW)
    assert not admission.admit_bytes("lantern", 900, now=NOW)
    assert admission.admit_bytes("lantern", 0, now=NOW)
    assert admission.admit_bytes("lantern", 900, now=NOW + timedelta(days=1))


def test_no_file_is_written_into_the_reserve_of_the_disk(cast: Cast, settings: Settings) -> None:
    uploads.path_of("nothing")
    before = set(settings.FILES_FOLDER.iterdir())
    settings.DISK_RESERVE_BYTES = 1 << 62
    assert not uploads.has_room()
    client = Client(headers={"accept-language": "en"})
    typed = {**FORM, "account.story": "With a file.", "attachments": SimpleUploadedFile("a.txt", b"words")}
    answer = client.post("/ask/lantern/", typed)
    assert answer.status_code == 422
    assert "There is no room for files" in answer.content.decode()
    assert set(settings.FILES_FOLDER.iterdir()) == before


@given(
    most=st.floats(1, 100),
    rate=st.floats(0.01, 10),
    waits=st.lists(st.floats(0, 30), min_size=1, max_size=60),
)
def test_a_bucket_never_lets_through_more_than_flowed_in(most: float, rate: float, waits: list[float]) -> None:
    now, passed, name = NOW, 0, f"test {most} {rate} {waits}"[:80]
    Bucket.objects.filter(pk=name).delete()
    for wait in waits:
        now += timedelta(seconds=wait)
        passed += take(name, Size(most, rate), now=now)
    assert passed <= most + rate * sum(waits) + 1e-3
