"""A coordinator signs where the organisation is to be found; anybody can check it without this server."""

from datetime import timedelta
from pathlib import Path

import pytest

from safeconduct.cli.main import main
from safeconduct.core.statements import NotStatementForm, SiteCard, read_statement
from safeconduct.desk.accounts.errors import NotAllowed
from safeconduct.desk.dossiers.vouching import trust_file
from safeconduct.desk.sitecards import services
from safeconduct.desk.sitecards.models import PublishedCard
from safeconduct.desk.vault.identities import holder_fingerprint
from tests.cast import PASSPHRASE, TODAY, Cast

pytestmark = pytest.mark.django_db
ADDRESSES = ["https://help.lantern.example/", f"http://{'a' * 56}.onion/"]


def test_the_signed_file_verifies_offline_against_the_trust_file(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    services.sign_card(cast.actor("amal"), ADDRESSES, days=180, today=TODAY)
    file, trust = tmp_path / "card.json", tmp_path / "trust.json"
    file.write_bytes(cast.stranger().get("/site-card/lantern/file/").content)
    trust.write_bytes(trust_file(TODAY))
    code = main(["verify", str(file), "--trust", str(trust), "--on", TODAY.isoformat()])
    said = capsys.readouterr().out
    assert code == 0, said
    assert ADDRESSES[0] in said


def test_the_card_names_the_key_that_requests_are_sealed_to(cast: Cast) -> None:
    signed = services.sign_card(cast.actor("farah"), ADDRESSES, days=90, today=TODAY)
    assert isinstance(signed.body, SiteCard)
    assert holder_fingerprint(cast.organisation("lantern").desk) in signed.body.fingerprints
    assert signed.key.fingerprint() in signed.body.fingerprints


def test_a_new_card_replaces_the_old_one(cast: Cast) -> None:
    for address in ADDRESSES:
        services.sign_card(cast.actor("amal"), [address], days=90, today=TODAY)
    (row,) = PublishedCard.objects.filter(organisation="lantern")
    assert read_statement(bytes(row.encoded)).body.value()["addresses"] == [ADDRESSES[1]]


def test_an_expired_card_is_not_shown_as_good(cast: Cast) -> None:
    services.sign_card(cast.actor("amal"), ADDRESSES, days=90, today=TODAY - timedelta(days=365))
    page = cast.stranger().get("/site-card/lantern/").content.decode()
    assert "This card has expired" in page
    assert ADDRESSES[0] not in page


def test_only_a_coordinator_signs(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        services.sign_card(cast.actor("dana"), ADDRESSES, days=90, today=TODAY)


def test_an_address_in_another_spelling_writes_nothing(cast: Cast) -> None:
    with pytest.raises(NotStatementForm):
        services.sign_card(cast.actor("amal"), ["http://lantern.example/"], days=90, today=TODAY)
    assert not PublishedCard.objects.exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("https://help.lantern.example\nftp://x.example", "Line 2 is not an address"),
        ("https://a.example\nhttps://a.example/", "each once"),
        ("", "required"),
    ],
)
def test_the_form_says_which_line_is_wrong_and_keeps_what_was_typed(cast: Cast, typed: str, told: str) -> None:
    answer = cast.client("amal").post("/account/organisation/site-card/", {"addresses": typed, "days": "90", "proof": PASSPHRASE})
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_the_page_signs_and_shows_the_card(cast: Cast) -> None:
    client = cast.client("amal")
    typed = {"addresses": "https://Help.Lantern.example", "days": "90", "proof": PASSPHRASE}
    assert client.post("/account/organisation/site-card/", typed).status_code == 302
    assert ADDRESSES[0] in client.get("/account/organisation/site-card/").content.decode()
    assert ADDRESSES[0] in cast.stranger().get("/site-card/lantern/").content.decode()
