"""Writes spec/vectors/statements/*.txt: one file, one outcome. Run it again and the same bytes come out.

    PYTHONPATH=src python spec/tools/make_statement_vectors.py [FOLDER]

Every statement is made from parts, so that what the product would never write can be written too.
"""

import base64
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sealing_vectors.fixed import flipped
from sealing_vectors.signing import SIGNER, STRANGER, sign

from safeconduct.core import canonical

HERE = Path(__file__).resolve().parent.parent / "vectors" / "statements"
TODAY = "2026-11-22"
SAYS: dict[str, canonical.Value] = {"filed_on": "2026-11-20", "number": "00112233445566778899aabbccddeeff"}


@dataclass(frozen=True)
class Vector:
    """One file: its name, its outcome and why, the bytes, and the day of verification."""

    name: str
    expect: str
    why: str
    body: bytes
    today: str = TODAY

    def encode(self) -> bytes:
        """Header lines, an empty line, the bytes themselves."""
        return f"expect: {self.expect}\nwhy: {self.why}\nkind: statement\ntoday: {self.today}\n\n".encode() + self.body


def unsigned(**changes: canonical.Value) -> dict[str, canonical.Value]:
    """A sound statement without its signature, with some fields changed."""
    sound: dict[str, canonical.Value] = {
        "v": 1,
        "kind": "filing",
        "organisation": "lantern",
        "name": "Lantern",
        "day": "2026-11-21",
        "says": SAYS,
        "key": base64.b64encode(SIGNER.public_key().encode()).decode(),
    }
    return {**sound, **changes}


def signed(value: dict[str, canonical.Value], purpose: str = "statement/filing") -> bytes:
    """The file, signed as its own bytes stand."""
    signature = sign(SIGNER, purpose, canonical.encode(value))
    return canonical.encode({**value, "signature": base64.b64encode(signature).decode()})


def without(name: str) -> dict[str, canonical.Value]:
    """A statement that lacks a field."""
    return {key: value for key, value in unsigned().items() if key != name}


def says(**changes: canonical.Value) -> dict[str, canonical.Value]:
    """A statement in which the filing has some fields changed."""
    return unsigned(says={**SAYS, **changes})


def good() -> Iterator[Vector]:
    """Statements that hold."""
    plain = signed(unsigned())
    yield Vector("filing-plain", "success", "A proof of filing.", plain)
    yield Vector("filing-same-day", "success", "Filed and signed on one day.", signed(says(filed_on="2026-11-21")))
    yield Vector("filing-cyrillic", "success", "A name in Cyrillic.", signed(unsigned(name="Фонарь")))
    yield Vector("filing-years-later", "success", "It does not expire.", plain, "2040-01-01")
    yield Vector("filing-time-zone", "success", "Signed where it is already tomorrow.", plain, "2026-11-20")


def refused_forms() -> Iterator[Vector]:
    """Files that are no statement."""
    plain = signed(unsigned())
    number = str(SAYS["number"])
    for name, why, body in (
        ("empty", "Nothing.", b""),
        ("not-json", "Not JSON.", b"%PDF-1.7"),
        ("list", "A list.", b"[1]"),
        ("spaces", "JSON with spaces.", json.dumps(json.loads(plain), sort_keys=True).encode()),
        ("line-end", "A line end follows.", plain + b"\n"),
        ("unsorted", "Keys in another order.", json.dumps({"v": 1, **json.loads(plain)}, separators=(",", ":")).encode()),
        ("bom", "A byte order mark in front.", b"\xef\xbb\xbf" + plain),
        ("too-long", "More than 65,536 bytes.", signed(unsigned(name="L" * 66_000))),
        ("no-signature", "Not signed at all.", canonical.encode(unsigned())),
        ("extra-field", "A field more.", signed(unsigned(person="Ivan"))),
        ("no-name", "A field less.", signed(without("name"))),
        ("later-version", "Version 2.", signed(unsigned(v=2))),
        ("true-version", "A truth value for the version.", signed(unsigned(v=True))),
        ("other-kind", "A kind that is not known.", signed(unsigned(kind="pardon"), "statement/pardon")),
        ("kind-in-capitals", "The kind in capitals.", signed(unsigned(kind="FILING"))),
        ("organisation-space", "A space in the identifier.", signed(unsigned(organisation="lan tern"))),
        ("turned-name", "A name that turns the order of reading.", signed(unsigned(name="Lantern\u202e"))),
        ("two-line-name", "A name of two lines.", signed(unsigned(name="Lantern\nholds"))),
        ("moment-for-day", "A moment for a day.", signed(unsigned(day="2026-11-21T10:00"))),
        ("no-such-day", "No day of the calendar.", signed(unsigned(day="2026-02-30"))),
        ("filed-after", "Filed after it was signed.", signed(says(filed_on="2026-11-22"))),
        ("short-number", "31 digits.", signed(says(number=number[:-1]))),
        ("capital-number", "Capitals in the number.", signed(says(number=number.upper()))),
        ("says-extra", "A field more in what it says.", signed(says(country="KZ"))),
        ("says-text", "A text for what it says.", signed(unsigned(says="filed"))),
        ("short-key", "A key of another size.", signed(unsigned(key="AAAA"))),
        ("key-spelling", "Base64 with a line end in it.", signed(unsigned(key=str(unsigned()["key"]) + "\n"))),
    ):
        yield Vector(f"form-{name}", "form", why, body)


def refused_signatures() -> Iterator[Vector]:
    """Statements that their key did not sign so."""
    plain = signed(unsigned())
    value = json.loads(plain)
    signature = base64.b64decode(value["signature"])
    stranger = base64.b64encode(sign(STRANGER, "statement/filing", canonical.encode(unsigned()))).decode()
    for name, why, changes in (
        ("other-day", "Another day than was signed.", {"day": "2026-11-22"}),
        ("other-organisation", "Another organisation than was signed.", {"organisation": "harbour"}),
        ("other-number", "Another number than was signed.", {"says": {**SAYS, "number": "f" * 32}}),
        ("stranger", "Signed by another key.", {"signature": stranger}),
        ("ed25519-bit", "A bit of the first half.", {"signature": base64.b64encode(flipped(signature, 10)).decode()}),
        ("mldsa-bit", "A bit of the second half.", {"signature": base64.b64encode(flipped(signature, 900)).decode()}),
        ("cut", "A signature that is cut.", {"signature": base64.b64encode(signature[:-3]).decode()}),
        ("empty", "An empty signature.", {"signature": ""}),
    ):
        yield Vector(f"signature-{name}", "not-signed", why, canonical.encode({**value, **changes}))
    voucher = signed(unsigned(), "evaluator-voucher")
    yield Vector("signature-other-purpose", "not-signed", "Signed for another purpose.", voucher)
    yield Vector("signature-other-kind", "not-signed", "Signed as another kind.", signed(unsigned(), "statement/site-card"))
    whole = base64.b64encode(sign(SIGNER, "statement/filing", plain)).decode()
    yield Vector(
        "signature-over-all", "not-signed", "Signed with a signature inside.", canonical.encode({**value, "signature": whole})
    )


def out_of_time() -> Iterator[Vector]:
    """Statements from the future."""
    yield Vector("time-not-yet", "not-yet", "Signed two days from now.", signed(unsigned()), "2026-11-19")
    yield Vector("time-far", "not-yet", "Signed years from now.", signed(unsigned()), "2020-01-01")


CARD: dict[str, canonical.Value] = {
    "addresses": ["https://help.lantern.example/", f"http://{'a2' * 28}.onion/"],
    "fingerprints": ["ab" * 32],
    "valid_from": "2026-11-21",
    "valid_until": "2027-05-20",
}


def card(**changes: canonical.Value) -> bytes:
    """A signed site card with some fields changed."""
    return signed(unsigned(kind="site-card", says={**CARD, **changes}), "statement/site-card")


def good_cards() -> Iterator[Vector]:
    """Site cards that hold."""
    yield Vector("card-plain", "success", "A site card.", card())
    yield Vector("card-last-day", "success", "On its last day.", card(), "2027-05-20")
    yield Vector("card-longest", "success", "400 days.", card(valid_until="2027-12-26"))
    paths = ["https://xn--80ak6aa92e.example:8443/a/b.c/", "https://one.two.example/~x/"]
    yield Vector("card-paths", "success", "Ports, paths and ASCII forms.", card(addresses=paths))


def refused_cards() -> Iterator[Vector]:
    """Site cards that do not."""
    for name, why, address in (
        ("plain-http", "A web address without https.", "http://lantern.example/"),
        ("no-slash", "No slash at its end.", "https://lantern.example"),
        ("capitals", "A host in capitals.", "https://Lantern.example/"),
        ("user", "A user in front of the host.", "https://lantern.example@evil.example/"),
        ("query", "A query.", "https://lantern.example/?a=b"),
        ("fragment", "A fragment.", "https://lantern.example/#a"),
        ("one-label", "A host without a dot.", "https://localhost/"),
        ("cyrillic-host", "A host that is not in its ASCII form.", "https://lаntern.example/"),
        ("short-onion", "An onion name of 55 digits.", f"http://{'a' * 55}.onion/"),
        ("onion-digit", "A digit that onion names lack.", f"http://{'1' * 56}.onion/"),
        ("script", "No web address.", "javascript:alert(1)//x.example/"),
        ("line-end", "A line end.", "https://lantern.example/\n"),
        ("empty-part", "Two slashes.", "https://lantern.example//a/"),
        ("long", "More than 200 characters.", f"https://lantern.example/{'a' * 190}/"),
        ("hyphen", "A label that begins with a hyphen.", "https://-lantern.example/"),
    ):
        yield Vector(f"card-address-{name}", "form", why, card(addresses=[address]))
    print_of = str(CARD["fingerprints"][0])  # type: ignore[index]  # a list
    for name, why, changes in (
        ("no-address", "No address.", {"addresses": []}),
        ("twice", "The same address twice.", {"addresses": ["https://a.example/"] * 2}),
        ("many", "13 addresses.", {"addresses": [f"https://a{number}.example/" for number in range(13)]}),
        ("no-key", "No fingerprint.", {"fingerprints": []}),
        ("key-capitals", "A fingerprint in capitals.", {"fingerprints": [print_of.upper()]}),
        ("key-short", "A fingerprint of 63 digits.", {"fingerprints": [print_of[:-1]]}),
        ("turned", "It ends before it begins.", {"valid_from": "2027-06-01"}),
        ("too-long", "401 days.", {"valid_until": "2027-12-27"}),
        ("over", "Signed after its last day.", {"valid_from": "2026-01-01", "valid_until": "2026-11-20"}),
        ("more", "A field more.", {"phone": "1"}),
    ):
        yield Vector(f"card-{name}", "form", why, card(**changes))
    yield Vector("card-expired", "expired", "The day after its last day.", card(), "2027-05-21")
    yield Vector("card-not-yet", "not-yet", "Its first day is two days from now.", card(valid_from="2026-11-24"))
    as_filing = signed(unsigned(kind="site-card", says=CARD), "statement/filing")
    yield Vector("card-signed-as-filing", "not-signed", "Signed as a filing.", as_filing)


def withdrawal(kind: str, **says: canonical.Value) -> bytes:
    """A signed withdrawal of a dossier or a key, with some fields changed; `None` leaves one out."""
    sound: dict[str, dict[str, canonical.Value]] = {
        "dossier-withdrawal": {"manifest": "ab" * 32, "withdrawn_on": "2026-11-21", "reason": "mistaken"},
        "key-withdrawal": {"key": "cd" * 32, "withdrawn_from": "2026-11-01", "reason": "stolen"},
    }
    value = {name: each for name, each in {**sound[kind], **says}.items() if each is not None}
    return signed(unsigned(kind=kind, says=value), f"statement/{kind}")


def withdrawals() -> Iterator[Vector]:
    """Withdrawals that hold, and some that do not."""
    yield Vector("withdrawn-dossier", "success", "A dossier is withdrawn.", withdrawal("dossier-withdrawal"))
    yield Vector("withdrawn-key", "success", "A key is withdrawn from an earlier day.", withdrawal("key-withdrawal"))
    yield Vector("withdrawn-years-later", "success", "It does not expire.", withdrawal("key-withdrawal"), "2040-01-01")
    for name, why, body in (
        ("dossier-reason", "A reason that is not in the list.", withdrawal("dossier-withdrawal", reason="politics")),
        ("dossier-key-reason", "A reason of the other kind.", withdrawal("dossier-withdrawal", reason="stolen")),
        ("dossier-ahead", "Withdrawn after it was signed.", withdrawal("dossier-withdrawal", withdrawn_on="2026-11-22")),
        ("dossier-digest", "A digest in capitals.", withdrawal("dossier-withdrawal", manifest="AB" * 32)),
        ("dossier-reference", "A field more.", withdrawal("dossier-withdrawal", reference="LAN-7K3M")),
        ("key-reason", "A reason of the other kind.", withdrawal("key-withdrawal", reason="mistaken")),
        ("key-ahead", "Withdrawn from a day after it was signed.", withdrawal("key-withdrawal", withdrawn_from="2026-11-22")),
        ("key-none", "No key.", withdrawal("key-withdrawal", key=None)),
    ):
        yield Vector(f"withdrawn-{name}", "form", why, body)
    says: canonical.Value = {"manifest": "ab" * 32, "withdrawn_on": "2026-11-21", "reason": "mistaken"}
    as_filing = signed(unsigned(kind="dossier-withdrawal", says=says), "statement/filing")
    yield Vector("withdrawn-signed-as-filing", "not-signed", "Signed as a filing.", as_filing)


def main(folder: Path) -> None:
    """Write all vectors into a folder, and remove those that are no longer made."""
    folder.mkdir(parents=True, exist_ok=True)
    vectors = [*good(), *refused_forms(), *refused_signatures(), *out_of_time(), *good_cards(), *refused_cards(), *withdrawals()]
    names = {f"{vector.name}.txt" for vector in vectors}
    if len(names) != len(vectors):
        raise ValueError("a vector is made twice")
    for vector in vectors:
        (folder / f"{vector.name}.txt").write_bytes(vector.encode())
    for path in folder.glob("*.txt"):
        if path.name not in names:
            path.unlink()
    print(f"{len(vectors)} vectors")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
