"""Two requests with the same file, nearly the same account or one camera are shown together, to security readers only."""

import io

import pytest
from PIL import ExifTags, Image

from safeconduct.demo.evidence import LETTER, arrived
from safeconduct.desk.concerns import links
from safeconduct.desk.concerns.links import Reason
from safeconduct.desk.concerns.models import LinkFile, Traits
from safeconduct.desk.intake.models import Request
from safeconduct.desk.retention.services import erase_now
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.models import SealedRecord
from tests.cast import TODAY, Cast, a_request

STORY = (
    "In September the summons came to my mother's flat. I worked as an electrician in a hospital and had a deferment, but at the "
    "office they tore the paper and put me on a bus. Two weeks later we were near the border, in a school without windows. "
    "I walked away on the first night when the lorries left, through the fields, and a stranger drove me to the station."
)
OTHER = (
    "My brother was taken in spring and I was told I would follow him. I studied geology in the east and never held a "
    "weapon. When the second letter came I left by train with the clothes I had on, and I have lived with a friend's "
    "family since then, repairing phones."
)


def taken_with(serial: str, shade: int) -> bytes:
    """A photograph that names its camera."""
    tags = Image.Exif()
    tags[ExifTags.Base.Make], tags[ExifTags.Base.Model] = "Lantern", "L-1"
    tags.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.BodySerialNumber] = serial
    written = io.BytesIO()
    Image.new("RGB", (16, 16), (shade, 0, 0)).save(written, "JPEG", exif=tags)
    return written.getvalue()


def found(cast: Cast) -> dict[frozenset[str], set[Reason]]:
    """What Hugo sees."""
    return {frozenset((each.one, each.other)): set(each.reasons) for each in links.linked(cast.actor("hugo"), today=TODAY).links}


def test_each_thing_that_two_requests_share_is_named(cast: Cast) -> None:
    first = a_request(cast, story=STORY, files=[arrived("a.jpg", taken_with("77", 10))])[1]
    retold = a_request(cast, story=STORY.replace("electrician", "plumber").upper())[1]
    camera = a_request(cast, story=OTHER, files=[arrived("b.jpg", taken_with("77", 90)), arrived("l.txt", LETTER)])[1]
    letter = a_request(cast, files=[arrived("other-name.txt", LETTER)])[1]
    a_request(cast, story="Short.")
    assert found(cast) == {
        frozenset((first.id, retold.id)): {Reason.ACCOUNT},
        frozenset((first.id, camera.id)): {Reason.DEVICE, Reason.MODEL},
        frozenset((camera.id, letter.id)): {Reason.FILE},
    }


def test_what_was_read_is_kept_sealed_and_read_again_only_where_it_grew(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    a_request(cast, story=STORY)
    second = a_request(cast, story=STORY)[1]
    before = found(cast)
    assert Traits.objects.count() == 2
    monkeypatch.setattr(links, "traits_of", None)
    assert found(cast) == before
    monkeypatch.undo()
    assert not any(STORY[:40].encode() in bytes(record.sealed) for record in SealedRecord.objects.all())
    erase_now(second, cast.actor("amal"), today=TODAY)
    assert Traits.objects.count() == 1
    assert SealedRecord.objects.filter(subject=LinkFile.objects.get().file, kind=links.TRAITS).count() == 1
    assert found(cast) == {}


def test_a_long_queue_is_read_over_several_visits(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "A_VISIT", 2)
    for _ in range(3):
        a_request(cast)
    first = links.linked(cast.actor("hugo"), today=TODAY)
    assert (first.compared, first.unread) == (2, 1)
    assert links.linked(cast.actor("hugo"), today=TODAY).compared == 3


def test_colleagues_who_share_the_desk_see_no_links(cast: Cast) -> None:
    a_request(cast)
    links.linked(cast.actor("hugo"), today=TODAY)
    with pytest.raises(NotGranted):
        links.linked(cast.actor("amal"), today=TODAY)
    assert cast.client("amal").get("/desk/security/links/").status_code == 404
    assert cast.client("hugo").get("/desk/security/links/").status_code == 200


def test_a_model_that_many_name_links_nobody() -> None:
    known = {str(number): {"files": [], "account": [], "hints": ["model Lantern L-1"]} for number in range(4)}
    assert list(links.compare(known)) == []
    assert len(list(links.compare({name: known[name] for name in ("0", "1")}))) == 1


def test_a_broken_picture_links_nobody(cast: Cast) -> None:
    request = a_request(cast, files=[arrived("a.jpg", b"\xff\xd8\xff\xe1" + bytes(90))])[1]
    assert Request.objects.filter(pk=request.pk).exists()
    assert found(cast) == {}
