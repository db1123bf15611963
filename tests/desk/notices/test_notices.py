"""Notices say that something waits and nothing else; they leave at fixed times, and only for who asked for them."""

import email
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import policy
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from safeconduct.desk.inbox.services import write_note
from safeconduct.desk.notices import mailing, services
from safeconduct.desk.notices.models import NoticeChoice
from tests.cast import Cast, a_request
from tests.desk.notices.post_office import PostOffice, open_post_office

QUARTER = datetime(2026, 11, 22, 12, 15, 3, tzinfo=UTC)
ADDRESS = "walker@post.example"
STORY = "zibelin wrote this"
ATOM = "{http://www.w3.org/2005/Atom}"


def parsed(content: bytes) -> ElementTree.Element:
    """A feed of our own."""
    return ElementTree.fromstring(content)  # noqa: S314  # nobody else wrote it


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    """A mail server that the environment names."""
    with open_post_office() as found:
        for name, value in {"HOST": "127.0.0.1", "PORT": str(found.port), "SECURITY": "none", "FROM": "desk@org.example"}.items():
            monkeypatch.setenv(f"SAFECONDUCT_SMTP_{name}", value)
        yield found


def choose(cast: Cast, pace: str, address: str = ADDRESS, hour: int = 8) -> None:
    """Amal's choice."""
    services.choose(cast.actor("amal"), pace=pace, address=address, hour=hour, now=QUARTER)


def test_nobody_is_told_anything_who_did_not_ask_for_it(cast: Cast, office: PostOffice) -> None:
    a_request(cast)
    assert services.send_due(QUARTER) == 0
    assert not office.messages


def test_several_words_of_a_quarter_of_an_hour_make_one_message_without_content(cast: Cast, office: PostOffice) -> None:
    choose(cast, "quarter")
    requests = [a_request(cast, story=STORY)[1] for _ in range(3)]
    assert services.send_due(QUARTER) == 1
    ((recipient, raw),) = office.messages
    message = email.message_from_bytes(raw, policy=policy.default)
    assert recipient == ADDRESS
    assert message["Subject"] == "Something waits"
    assert message.get_content().strip() == "Something waits in your desk. Sign in when it is safe to do so."
    text = raw.decode()
    assert not re.search(r"https?:|\b3\b|zibelin|lantern|amal", text, re.IGNORECASE)
    assert not any(request.id in text for request in requests)


def test_the_same_news_is_told_once_and_later_news_again(cast: Cast, office: PostOffice) -> None:
    choose(cast, "quarter")
    a_request(cast)
    assert [services.send_due(QUARTER), services.send_due(QUARTER + timedelta(minutes=15))] == [1, 0]
    a_request(cast)
    assert services.send_due(QUARTER + timedelta(minutes=30)) == 1


def test_what_colleagues_and_other_desks_do_is_no_news(cast: Cast, office: PostOffice) -> None:
    _, request = a_request(cast)
    choose(cast, "quarter")
    write_note(request, cast.actor("farah"), "A note.", today=QUARTER.date())
    a_request(cast, "steppe")
    assert services.send_due(QUARTER) == 0


def test_a_daily_notice_waits_for_its_hour(cast: Cast, office: PostOffice) -> None:
    choose(cast, "daily", hour=20)
    a_request(cast)
    assert services.send_due(QUARTER) == 0
    assert services.send_due(QUARTER.replace(hour=20, minute=15)) == 0
    assert services.send_due(QUARTER.replace(hour=20, minute=0)) == 1


def test_turned_off_the_address_is_forgotten(cast: Cast, office: PostOffice) -> None:
    choose(cast, "quarter")
    choose(cast, "off")
    a_request(cast)
    assert services.send_due(QUARTER) == 0
    assert NoticeChoice.objects.get().address == ""


def test_who_left_the_desk_is_told_nothing(cast: Cast, office: PostOffice) -> None:
    choose(cast, "quarter")
    member = cast.actor("amal").member
    member.roles = ["publisher"]
    member.save()
    a_request(cast)
    assert services.send_due(QUARTER) == 0


def test_one_refused_message_keeps_nobody_else_from_theirs_and_is_not_sent_twice(cast: Cast, office: PostOffice) -> None:
    for name in ("amal", "farah"):
        services.choose(cast.actor(name), pace="quarter", address=ADDRESS, hour=8, now=QUARTER)
    a_request(cast)
    office.refuses = True
    with pytest.raises(mailing.MailRefused) as refused:
        services.send_due(QUARTER)
    assert ADDRESS not in str(refused.value)
    office.refuses = False
    assert services.send_due(QUARTER + timedelta(minutes=15)) == 0
    assert not NoticeChoice.objects.exclude(told_at=QUARTER.replace(second=0)).exists()


@pytest.mark.parametrize(
    ("host", "security", "sender"), [("mail.example", "none", "a@b"), ("127.0.0.1", "no", "a@b"), ("127.0.0.1", "none", "")]
)
def test_mail_leaves_this_machine_sealed_by_tls_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch, host: str, security: str, sender: str
) -> None:
    for name, value in {"HOST": host, "SECURITY": security, "FROM": sender}.items():
        monkeypatch.setenv(f"SAFECONDUCT_SMTP_{name}", value)
    with pytest.raises(mailing.MailRefused):
        mailing.post_of_environment()


def test_a_feed_says_when_something_waited_to_whoever_has_its_address(cast: Cast) -> None:
    choose(cast, "quarter", address="")
    path = urlsplit(services.new_feed(cast.actor("amal"), now=QUARTER)).path
    stranger = cast.stranger()
    assert not parsed(stranger.get(path).content).findall(f"{ATOM}entry")
    a_request(cast, story=STORY)
    services.send_due(QUARTER)
    page = stranger.get(path)
    (entry,) = parsed(page.content).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}updated") == "2026-11-22T12:15:00+00:00"
    assert page.headers["Content-Type"].startswith("application/atom+xml")
    assert not re.search(r"zibelin|lantern|amal", page.content.decode(), re.IGNORECASE)
    services.new_feed(cast.actor("amal"), now=QUARTER)
    assert stranger.get(path).status_code == 404


def test_a_member_chooses_on_a_page(cast: Cast) -> None:
    amal = cast.client("amal")
    said = amal.post("/account/notices/", {"pace": "daily", "address": ADDRESS, "hour": "7"})
    assert (said.status_code, NoticeChoice.objects.get().hour) == (302, 7)
    shown = amal.post("/account/notices/", {"act": "feed"}).content.decode()
    assert re.search(r"/feed/[\w-]{43}/", shown)
    assert amal.post("/account/notices/", {"act": "no-feed"}).status_code == 302
    assert NoticeChoice.objects.get().feed_digest is None
    assert amal.post("/account/notices/", {"pace": "daily", "address": "no address", "hour": "7"}).status_code == 422
