"""Staff look at copies drawn again; an original leaves only for a reason; what goes to an authority carries no traces."""

import gzip
import io
import zipfile

import pytest

from safeconduct.core.copies import Refusal
from safeconduct.core.custody import Act
from safeconduct.demo.evidence import arrived
from safeconduct.desk.cases.models import Case
from safeconduct.desk.custody.models import Entry
from safeconduct.desk.dossiers.errors import NotReady
from safeconduct.desk.dossiers.services import compose_dossier, package_of
from safeconduct.desk.evidence import services as evidence
from safeconduct.desk.vault import files
from safeconduct.desk.vault.errors import UploadRefused
from safeconduct.desk.vault.filetypes import recognise
from safeconduct.desk.viewing import services
from safeconduct.desk.viewing.places import item_of_case
from tests.cast import TODAY, Cast, a_case, a_request
from tests.core.captures import made
from tests.core.copies import samples
from tests.walked import composed, plan, released

pytestmark = pytest.mark.django_db
ACTIVE = b"%PDF-1.4 <script>alert(1)</script>"


def added(cast: Cast, case: Case, content: bytes, name: str = "photo.jpg") -> str:
    """A piece of evidence; gives its record."""
    item = evidence.Item(title="Photo", kind="other", source="The applicant", obtained="Uploaded")
    return evidence.add_item(case, cast.actor("amal"), item, arrived(name, content), today=TODAY)


def times(act: Act) -> int:
    """How often the custody logs tell of an act."""
    return sum(f'"{act.value}"'.encode() in bytes(entry.body) for entry in Entry.objects.all())


def page_of(cast: Cast, case: Case, record: str, who: str = "amal") -> str:
    return str(cast.client(who).get(f"/desk/cases/{case.id}/evidence/{record}/").content.decode())


def test_a_photo_is_shown_as_a_picture_of_a_picture(cast: Cast) -> None:
    case = a_case(cast)
    record = added(cast, case, samples.picture(telling=samples.PLACE_OF_THE_PHOTO, turned=6))
    client = cast.client("amal")
    page = client.get(f"/desk/cases/{case.id}/evidence/{record}/").content.decode()
    assert "Shown upright" in page
    source = page.partition('<img class="copy__page" src="')[2].partition('"')[0]
    picture = client.get(source)
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert samples.PLACE_OF_THE_PHOTO.encode() not in picture.content
    assert picture.content != samples.picture(telling=samples.PLACE_OF_THE_PHOTO, turned=6)


def test_a_copy_is_drawn_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case(cast)
    sought = item_of_case(cast.actor("amal"), case.id, added(cast, case, samples.picture())).sought
    first = services.copy_of(sought)
    monkeypatch.setattr("safeconduct.copyist.copy_of", None)
    assert services.copy_of(sought) == first


def test_what_cannot_be_drawn_says_why_and_keeps_its_original(cast: Cast) -> None:
    case = a_case(cast)
    record = added(cast, case, ACTIVE, "paper.pdf")
    page = page_of(cast, case, record)
    assert "The file is damaged" in page
    assert "alert(1)" not in page
    assert services.copy_of(item_of_case(cast.actor("amal"), case.id, record).sought).refused is Refusal.BROKEN


def test_words_of_a_file_are_never_markup(cast: Cast) -> None:
    case = a_case(cast)
    page = page_of(cast, case, added(cast, case, b"<script>alert(1)</script>", "note.txt"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_an_original_is_not_given_without_a_reason(cast: Cast) -> None:
    case = a_case(cast)
    record = added(cast, case, samples.picture())
    answer = cast.client("amal").post(f"/desk/cases/{case.id}/evidence/{record}/original/", {"reason": ""})
    assert answer.status_code == 422
    assert times(Act.EVIDENCE_EXPORTED) == 0


def test_an_original_leaves_whole_for_a_reason_that_is_kept(cast: Cast) -> None:
    case = a_case(cast)
    content = samples.picture(telling=samples.PLACE_OF_THE_PHOTO)
    record = added(cast, case, content)
    answer = cast.client("amal").post(f"/desk/cases/{case.id}/evidence/{record}/original/", {"reason": "To compare its place"})
    assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]  # a download streams
    assert "attachment" in answer.headers["Content-Disposition"]
    assert times(Act.EVIDENCE_EXPORTED) == 1


def test_a_page_of_one_case_does_not_open_in_another(cast: Cast) -> None:
    case, other = a_case(cast), a_case(cast, working_name="Lev")
    copy = services.copy_of(item_of_case(cast.actor("amal"), case.id, added(cast, case, samples.picture())).sought)
    client = cast.client("amal")
    assert client.get(f"/desk/cases/{case.id}/copies/{copy.id}/1/").status_code == 200
    for address in (f"{other.id}/copies/{copy.id}/1", f"{case.id}/copies/{copy.id}/2", f"{case.id}/copies/{copy.id}/0"):
        assert client.get(f"/desk/cases/{address}/").status_code == 404


def test_a_file_of_a_request_is_shown_to_its_desk_only(cast: Cast) -> None:
    _, request = a_request(cast, files=[arrived("photo.jpg", samples.picture())])
    address = f"/desk/requests/{request.id}/files/1/"
    assert "copy__page" in cast.client("farah").get(address).content.decode()
    assert cast.client("chidi").get(address).status_code == 404


def test_a_dossier_carries_photographs_without_their_place(cast: Cast) -> None:
    case = a_case(cast)
    record = added(cast, case, samples.picture(telling=samples.PLACE_OF_THE_PHOTO, turned=6))
    dossier = released(cast, case, more=[record])
    package = b"".join(files.stream(package_of(dossier, cast.actor("farah"), today=TODAY)))
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        photos = [opened.read(name) for name in opened.namelist() if name.endswith(".jpg")]
    assert len(photos) == 1
    assert samples.PLACE_OF_THE_PHOTO.encode() not in photos[0]


def test_a_file_that_keeps_its_traces_does_not_leave(cast: Cast) -> None:
    case = a_case(cast)
    composed(cast, case)
    record = added(cast, case, b"GIF89a" + samples.picture("GIF")[6:], "moving.gif")
    with pytest.raises(NotReady) as refused:
        compose_dossier(case, cast.actor("amal"), plan([record]), today=TODAY)
    assert refused.value.reason == "uncleaned"


def test_a_capture_is_told_and_shown_only_as_words_and_drawn_pictures(cast: Cast) -> None:
    case = a_case(cast)
    record = added(cast, case, made.wacz(), "capture.wacz")
    page = page_of(cast, case, record)
    for told in ("Its digests hold", "Invented Packer 2", "https://post.example/1.jpg", "Post of 3 March", "drawn again"):
        assert told in page
    assert "steal()" not in page
    assert 'href="https://post.example' not in page
    assert page.count('<img class="copy__page"') == 1


def test_a_capture_that_was_changed_says_what_is_broken(cast: Cast) -> None:
    case = a_case(cast)
    broken = page_of(cast, case, added(cast, case, made.wacz(break_hash="archive/data.warc.gz"), "capture.wacz"))
    assert "It is not as it was when it was made" in broken
    assert "A file is not the one whose digest is given: <code>archive/data.warc.gz</code>" in broken
    bare = made.response("https://x.example/", b"<p>x</p>", "text/html", WARC_Payload_Digest="", WARC_Block_Digest="")
    assert "It gives no digests" in page_of(cast, case, added(cast, case, bare, "x.warc"))
    trap = made.zipped({"datapackage.json": b"{}", "../out.warc": b"x"})
    assert "It may be an attack" in page_of(cast, case, added(cast, case, trap, "x.wacz"))


def test_captures_are_known_by_their_content() -> None:
    kinds = [recognise(content[:4096]) for content in (made.wacz(), made.warc(), made.warc(packed=False))]
    assert kinds == ["application/wacz", "application/warc+gzip", "application/warc"]
    with pytest.raises(UploadRefused):
        recognise(gzip.compress(b"anything else"))
