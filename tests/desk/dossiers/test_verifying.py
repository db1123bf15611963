"""The public page that verifies a dossier, and the package sealed to an authority."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from safeconduct.core.custody import Act, Purpose
from safeconduct.core.sealing import SealingPrivateKey, age_recipient_of
from safeconduct.desk.custody.selectors import latest_entry
from safeconduct.desk.dossiers import in_memory
from safeconduct.desk.vault import uploads
from tests.cast import Cast, a_case
from tests.core.dossier import parts
from tests.core.dossier.tampering import repacked, true_files
from tests.core.sealing.test_age import opened
from tests.walked import released

PAGE = "/verify/"


def sent(**files: bytes) -> dict[str, SimpleUploadedFile]:
    return {name: SimpleUploadedFile(f"{name}.bin", content) for name, content in files.items()}


@pytest.fixture
def stranger(db: None, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("safeconduct.desk.web.clock.today", lambda: parts.DAY)
    return Client(enforce_csrf_checks=True)


def test_a_stranger_verifies_a_dossier_and_nothing_is_kept(stranger: Client) -> None:
    before = set(uploads.path_of("x").parent.iterdir())
    answer = stranger.post(PAGE, sent(dossier=parts.dossier_bytes(), trust=parts.trust().encode()))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "The dossier is whole, and signed with keys that your trust file names." in page
    assert "Évaluateur Benedikt (harbour-house)" in page
    assert set(uploads.path_of("x").parent.iterdir()) == before
    assert stranger.cookies == {}


def test_what_is_broken_is_named(stranger: Client) -> None:
    files = true_files()
    files["data/claims.json"] += b" "
    page = stranger.post(PAGE, sent(dossier=repacked(files), trust=parts.trust().encode())).content.decode()
    assert "Do not rely on this dossier" in page
    assert "the file was changed: data/claims.json" in page


def test_without_a_trust_file_the_reader_is_left_to_find_out(stranger: Client) -> None:
    assert "who signed it is for you to establish" in stranger.post(PAGE, sent(dossier=parts.dossier_bytes())).content.decode()


def test_names_in_a_file_do_nothing_to_the_page(stranger: Client) -> None:
    page = stranger.post(PAGE, sent(dossier=b"<script>alert(1)</script>")).content.decode()
    assert "This file cannot be read as a dossier." in page
    assert "<script>alert" not in page


def test_other_files_than_asked_for_are_refused(stranger: Client) -> None:
    for files in (sent(), sent(dossier=b"x", trust=b"{}"), sent(dossier=b"x", notice=b"{}")):
        assert stranger.post(PAGE, files).status_code == 422


def test_what_is_too_large_is_not_even_read(stranger: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_memory, "LARGEST", 10_000)
    answer = stranger.post(PAGE, sent(dossier=parts.dossier_bytes()))
    assert answer.status_code == 413


def test_many_at_once_wait(stranger: Client) -> None:
    rooms = [in_memory.ROOM.acquire(blocking=False) for _ in range(2)]
    try:
        assert rooms == [True, True]
        assert stranger.post(PAGE, sent(dossier=b"x")).status_code == 503
    finally:
        for _ in rooms:
            in_memory.ROOM.release()
    assert stranger.post(PAGE, sent(dossier=b"x")).status_code == 200


def test_a_package_is_handed_out_sealed_to_the_authority(cast: Cast, tmp_path: Path) -> None:
    dossier = released(cast, a_case(cast))
    client, page = cast.client("farah"), f"/desk/dossiers/{dossier.id}/sealed/"
    key = SealingPrivateKey.from_seed(b"\x41" * 32)
    assert client.post(page, {"recipient": "age1pq1nonsense"}).status_code == 422
    answer = client.post(page, {"recipient": f" {age_recipient_of(key.public_key())}\n"})
    file = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a streaming response
    assert int(answer.headers["Content-Length"]) == len(file)
    plain = b"".join(client.get(f"/desk/dossiers/{dossier.id}/package/").streaming_content)  # type: ignore[attr-defined]
    assert opened(file) == plain
    assert latest_entry("lantern", Act.CASE_EXPORTED, dossier.id).purpose is Purpose.SUBMISSION
