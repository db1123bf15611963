"""The hunt: distinctive words go into every field, the product is used, the server is killed; then every byte is searched."""

import base64
import http.client
import itertools
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from safeconduct.demo.evidence import drawn_page
from safeconduct.desk.accounts.middleware import SESSION_COOKIE
from safeconduct.incidents.kept import Told
from safeconduct.incidents.kept import import_files as import_incidents
from safeconduct.lists import Chosen, import_files
from tests.cast import PASSPHRASE, TODAY
from tests.plain_browser import Field, File, Page, PlainBrowser
from tests.real_server import RealServer, real_server

AUTHORITY = "Ministry of Examples"
VISIBLE = {"recipient", "authority"}
"""What stands in the open on purpose: names of organisations, members' aliases, authorities (docs/threat-model.md)."""

STEM = "zibelinquaggafjord"
"""What every planted word begins with: one search finds them all."""
NOT_TEXT = (".on", ".how_many", ".number")
LATER_ROW = re.compile(r"\.[1-9]\.")
"""Of timelines only the first row is filled."""
CHOICES = {
    "s1": [("q1.safe", "yes"), ("q4.where.country", "KZ"), ("q5.frequency", "weekly"), ("q2.channels", "this_site")],
    "s2": [("q6.language", "russian"), ("q7.purposes", "case_handling")],
    "s3": [("q11.birth_place.country", "RU"), ("q12.current", "RU"), ("q13.documents", "internal_passport")],
    "s4": [("q15.dependants.0.relation", "child"), ("q16.happened", "yes")],
    "s5": [("q17.category", "mobilised"), ("q20.did", "reported"), ("q22.signed.on", "2022-09")],
    "s6": [("q23.units.0.place.country", "UA"), ("q26.events.0.kind", "award"), ("q27.did", "yes")],
    "s7": [("q29.there", "yes"), ("q30.stays.0.place.country", "UA"), ("q32.kinds", "rear"), ("q36.would", "would")],
    "s8": [("q37.steps.0.kind", "report")],
    "s9": [("q44.acts.0.kind", "post")],
    "s10": [
        ("q48.stays.0.country", "KZ"),
        ("q49.statuses.0.country", "KZ"),
        ("q49.statuses.0.status", "none"),
        ("q50.events.0.kind", "request"),
        ("q50.events.0.country", "KZ"),
        ("q51.asked.0.state", "FR"),
    ],
    "s11": [("q52.ever", "yes"), ("q53.contacted", "yes"), ("q54.relatives_there", "yes"), ("q55.had", "yes")],
    "s12": [("q56.state", "none_known"), ("q58.incidents.0.kind", "followed")],
    "s13": [("q61.needs", "lawyer")],
    "s14": [("q63.read_back", "yes")],
}


class Planter:
    """Gives words that occur nowhere else and remembers them."""

    def __init__(self) -> None:
        self._numbers = itertools.count(100)
        self.planted: list[str] = []

    def word(self) -> str:
        """A fresh word."""
        self.planted.append(f"{STEM}{next(self._numbers)}")
        return self.planted[-1]

    def sentence(self) -> str:
        """A fresh word in a text long enough to be a reason, with Cyrillic around it."""
        return f"Слово {self.word()} стоит здесь. " + "Такого слова больше нигде нет, и найти его нельзя. " * 5

    def file(self, field: str) -> File:
        """A text file whose name and body are planted."""
        return File(field, f"{self.word()}.txt", f"{self.word()} in the body\n".encode() * 400)

    def fill(self, page: Page, chosen: list[Field]) -> list[Field]:
        """Every free text field of a page planted, beside what is chosen by hand."""
        by_hand = {name for name, _ in chosen}
        filled = []
        for kind, name in page.fields():
            if name in by_hand or kind == "file" or LATER_ROW.search(name) or name.endswith(NOT_TEXT) or name == "next":
                continue
            filled.append((name, self.sentence() if kind == "textarea" else self.word()))
        return [*chosen, *filled]


@pytest.fixture
def server(tmp_path: Path, own_database: str) -> Iterator[RealServer]:
    with real_server(tmp_path, database=own_database) as running:
        yield running


@cache
def signed_in(server: RealServer, name: str) -> PlainBrowser:
    """A member's browser; signing in twice within half a minute would need the same code again."""
    browser = PlainBrowser(server.base)
    page = browser.post(
        "/account/sign-in/", [("name", name), ("passphrase", PASSPHRASE), ("code", server.code(name)), ("next", "")]
    )
    assert page.address == "/desk/", page.text
    return browser


def test_nothing_that_was_typed_is_found_in_any_byte(server: RealServer, own_database: str) -> None:
    planter = Planter()
    case = use_everything(server, planter)
    fail_in_every_way(server, planter, case)
    cluster = _flushed_cluster(own_database)
    server.kill()
    assert len(planter.planted) > 120
    places = [server.home, server.scratch, server.output, *([cluster] if cluster else [])]
    assert not list(hits(places, [STEM, *(word for word in planter.planted if STEM not in word)]))
    assert any(path.stat().st_size > 4096 for path in (server.home / "files").iterdir())


def test_the_hunt_finds_what_is_there(tmp_path: Path) -> None:
    """The hunt itself can fail: each way of writing a word is found."""
    word = Planter().word()
    for name, content in {
        "plain": word.encode(),
        "wide": word.encode("utf-16-le"),
        "base64": base64.b64encode(b"x" + word.encode() + b"yz"),
        "hex": word.encode().hex().encode(),
    }.items():
        (tmp_path / name).write_bytes(b"\0" * 5000 + content + b"\0" * 50)
    (tmp_path / word).touch()
    assert len(list(hits([tmp_path], [word]))) == 5


def use_everything(server: RealServer, planter: Planter) -> str:
    """The whole chain through pages, with every field planted; gives the case's address."""
    _recovery(server, planter)
    _applicant(server, planter)
    case = _desk(server, planter)
    _evaluate(server, planter, case)
    _dossier_and_path(server, planter, case)
    return case


def _recovery(server: RealServer, planter: Planter) -> None:
    """Secrets that are typed or shown once: the passphrase, what the cookie holds, custodians and the words on their sheets."""
    amal = signed_in(server, "amal")
    planter.planted += [PASSPHRASE, amal.cookie(SESSION_COOKIE).partition(".")[2]]
    page = amal.post(
        "/account/organisation/recovery/set-up/",
        [("threshold", "2"), ("custodians", f"{planter.word()}\n{planter.word()}\n{planter.word()}")],
    )
    sheets = re.findall(r"(?:<li>\w+</li>\s*){33}", page.text)
    assert len(sheets) == 3, page.text
    planter.planted += [" ".join(re.findall(r"<li>(\w+)</li>", sheet)[4:9]) for sheet in sheets]


def _applicant(server: RealServer, planter: Planter) -> None:
    person = PlainBrowser(server.base)
    chosen = [
        ("where.place.country", "KZ"),
        ("who_reads.readers", "this_desk"),
        ("contact.way", "here"),
        ("language.tongue", "russian"),
        ("consent.purposes", "case_handling"),
    ]
    step = person.post(
        "/ask/lantern/steps/", [("account.story", planter.sentence()), ("where.place.country", "KZ"), ("go", "on")]
    )
    assert step.status == 200, step.text
    fields = [*planter.fill(person.get("/ask/lantern/"), chosen), ("second", "on")]
    page = person.post("/ask/lantern/", fields, [planter.file("attachments")])
    code = re.search(r'id="code">([\d ]+)<', page.text)
    assert page.status == 200, page.text
    assert code, page.text
    second = re.search(r'id="second">([\d ]+)<', page.text)
    words = re.search(r'id="code-words">([^<]+)<', page.text)
    assert second, page.text
    assert words, page.text
    for digits in (code[1], second[1]):
        planter.planted.append(digits.replace(" ", "")[7:])
    planter.planted.append(" ".join(words[1].split()[3:]))
    assert person.post("/", [("code", words[1])]).address == "/conversation/"
    assert person.post("/conversation/", [("text", planter.sentence())], [planter.file("attachments")]).status == 200
    _on_their_own_page(person, planter, chosen)
    forced = PlainBrowser(server.base)
    assert forced.post("/", [("code", second[1])]).address == "/conversation/"
    assert forced.post("/conversation/", [("text", planter.sentence())]).status == 200


def _on_their_own_page(person: PlainBrowser, planter: Planter, chosen: list[Field]) -> None:
    address = "/conversation/answers/change/"
    kept = [(name, value) for name, value in chosen if not name.startswith("consent.")]
    assert person.post(address, planter.fill(person.get(address), kept)).address == "/conversation/answers/"
    assert person.post("/conversation/safety/", [("word", planter.word())]).address == "/conversation/safety/"
    person.post("/conversation/agreed/", [("purpose", "statistics"), ("given", "yes")])
    person.post("/conversation/proof/", [])


def _desk(server: RealServer, planter: Planter) -> str:
    amal = signed_in(server, "amal")
    request = re.search(r"/desk/requests/(\w+)/", amal.get("/desk/inbox/").text)
    assert request
    amal.post(f"/desk/requests/{request[1]}/", [("text", planter.sentence())])
    _desk_file(amal, planter, f"/desk/requests/{request[1]}/")
    triage = f"/desk/requests/{request[1]}/triage/"
    chosen = [
        ("country", "KZ"),
        ("category", "mobilised"),
        ("urgency", "urgent"),
        ("risk", "high"),
        ("language", "ru"),
        ("case_handling.given", "on"),
        ("partner.given", "on"),
        ("partner.recipients", "Harbour\nSteppe"),
        ("state_authority.given", "on"),
        ("state_authority.recipients", AUTHORITY),
    ]
    opened = amal.post(triage, planter.fill(amal.get(triage), chosen))
    assert opened.address.startswith("/desk/cases/"), opened.text
    case = opened.address
    _interview(amal, planter, case)
    _screening(server, amal, planter, case)
    _incidents(server, amal, planter, case)
    _statements(amal, planter, case)
    address = f"https://{planter.word()}.example/"
    evidence = [("kind", "summons"), ("dated", "2022-09-27"), ("address", address), ("collected", "2026-11-20 14:05Z")]
    page = amal.post(f"{case}evidence/", planter.fill(amal.get(f"{case}evidence/"), evidence), [planter.file("attachment")])
    item = re.search(r'href="(\S+/evidence/\w+/)"', page.text)
    assert item, page.text
    checks = amal.get(f"{item[1]}about/")
    signed = amal.post(f"{item[1]}about/", planter.fill(checks, [("answer.office", "fits"), ("answer.served", "not-checked")]))
    assert signed.address == f"{item[1]}about/", signed.text
    copy = amal.get(item[1])
    assert "in the body" in copy.text
    taken = amal.post(f"{item[1]}original/", planter.fill(copy, []), from_page=item[1])
    assert b"in the body" in taken.body
    _notes(amal, planter, case)
    amal.post("/desk/cases/", [("words", planter.word())])
    return case


def _notes(amal: PlainBrowser, planter: Planter, case: str) -> None:
    """A picture among the documents, and a note pinned to it."""
    evidence = [("kind", "other"), ("dated", ""), ("address", ""), ("collected", "")]
    fields = planter.fill(amal.get(f"{case}evidence/"), evidence)
    page = amal.post(f"{case}evidence/", fields, [File("attachment", f"{planter.word()}.png", drawn_page())])
    item = re.findall(r'href="(\S+/evidence/\w+/)"', page.text)[-1]
    assert 'class="copy__page"' in amal.get(item).text
    pinned = amal.post(f"{item}notes/1/", [("cell", "2-2"), ("boxes", ""), ("text", planter.sentence())], from_page=item)
    assert pinned.status == 200, pinned.text
    assert amal.get(f"{item}noted/1/").body[:2] == b"\xff\xd8"


def _desk_file(amal: PlainBrowser, planter: Planter, request: str) -> None:
    """What the desk writes for itself: notes, triage sheet, canned answers, why something is kept longer."""
    noted = amal.post(f"{request}note/", [("note", planter.sentence())], from_page=request)
    assert noted.status == 200, noted.text
    found = [("safety", "unsafe"), ("urgency", "urgent"), ("risk", "high"), ("language", "ru"), ("stay_until_1", "2027-01-20")]
    kept = amal.post(f"{request}sheet/", planter.fill(amal.get(f"{request}sheet/"), found))
    assert kept.address == request, kept.text
    canned = planter.fill(amal.get("/desk/answers/"), [("language", "fr")])
    assert amal.post("/desk/answers/", canned).address == "/desk/answers/"
    offered = re.search(r'<option value="(\w{16})">Français', amal.get(request).text)
    assert offered
    amal.post(request, [("canned", offered[1]), ("insert", "1"), ("text", planter.sentence())])
    held = [("act", "propose"), ("reason", planter.sentence())]
    assert amal.post(f"{request}keeping/", held).address == f"{request}keeping/"


def _interview(amal: PlainBrowser, planter: Planter, case: str) -> None:
    for section in [f"s{number}" for number in range(1, 15)]:
        address = f"{case}interview/{section}/"
        page = amal.get(address)
        fields = planter.fill(page, CHOICES.get(section, []))
        saved = amal.post(address, fields, from_page=address)
        assert saved.status == 200, saved.text
    recorded = amal.post(f"{case}interview/record/", [("language", "ru")], from_page=f"{case}interview/")
    assert recorded.address == case, recorded.text


def _screening(server: RealServer, amal: PlainBrowser, planter: Planter, case: str) -> None:
    """Whom somebody looks for, a list that has such a person, and why it is somebody else."""
    listed = server.scratch / "wanted.csv"
    listed.write_text("id,name,born\n1,Gleb Vymyslov,1974-10-07\n")
    import_files([listed], server.home / "lists", Chosen(), today=TODAY)
    asked = [("names", f"Gleb Vymyslov\n{planter.word()}\n{planter.word()} Вымыслов"), ("born", "1974-10"), ("country", "")]
    assert amal.post(f"{case}screening/run/", asked).address == f"{case}screening/"
    hit = re.search(rf'href="({case}screening/hits/\w+/)"', amal.get(f"{case}screening/").text)
    assert hit
    decided = planter.fill(amal.get(hit[1]), [("finding", "false-positive")])
    assert amal.post(hit[1], decided).address == f"{case}screening/"
    refused = amal.post(f"{case}screening/run/", [("names", planter.word()), ("born", planter.word())])
    assert refused.status == 422
    assert amal.post("/desk/screening/", []).status == 200


def _incidents(server: RealServer, amal: PlainBrowser, planter: Planter, case: str) -> None:
    """Where somebody was, an incident there, and what follows."""
    events = server.scratch / "events.csv"
    events.write_text("id,date,lat,lon,place,civilian_deaths\n1,2022-12-05,49.41,38.15,Invented,2\n")
    import_incidents([events], Told(), today=TODAY, target=server.home / "incidents" / "incidents.store")
    asked = [("rows", "2"), ("km", "10"), ("days", "1")]
    asked += [("s0-place", "Сватово"), ("s0-place_id", ""), ("s0-dates", "2022-12"), ("s0-unit", planter.word())]
    assert amal.post(f"{case}incidents/search/", [*asked, ("s1-place", "")]).address == f"{case}incidents/"
    hit = re.search(rf'href="({case}incidents/(?!search)\w+/)"', amal.get(f"{case}incidents/").text)
    assert hit
    decided = planter.fill(amal.get(hit[1]), [("finding", "to-ask")])
    assert amal.post(hit[1], decided).address == f"{case}incidents/"
    refused = [*asked, ("s1-place", planter.word()), ("s1-dates", planter.word()), ("s1-unit", planter.word())]
    assert amal.post(f"{case}incidents/search/", refused).status == 422


def _statements(amal: PlainBrowser, planter: Planter, case: str) -> None:
    """Who said what, what it raises, what somebody makes of it, a claim; and dates that are none."""
    asked = [("topic", "summons"), ("value", "summons/mobilisation"), ("when", "August 2022"), ("said_on", "2024-05")]
    asked += [("speaker", "other"), ("source", "witness"), ("country", "RU"), ("order", ""), ("other", "")]
    form = amal.get(f"{case}timeline/add/")
    assert amal.post(f"{case}timeline/add/", planter.fill(form, asked)).address == f"{case}timeline/"
    assert amal.post(f"{case}timeline/add/", planter.fill(form, [*asked[:2], ("topic", "act")])).status == 422
    timeline = amal.get(f"{case}timeline/").text
    raised, said = (re.search(rf'href="({case}timeline/{each}/\w+/)"', timeline) for each in ("prompts", "statements"))
    assert raised
    assert said
    answered = planter.fill(amal.get(raised[1]), [("answer", "asked")])
    assert amal.post(raised[1], answered).address == f"{case}timeline/"
    claim = planter.fill(amal.get(f"{case}claims/"), [("standing", "doubtful")])
    assert amal.post(f"{case}claims/", claim).address == f"{case}claims/"
    aside = planter.fill(amal.get(said[1]), [])
    assert amal.post(f"{said[1]}aside/", aside, from_page=said[1]).address == f"{case}timeline/"
    offered = re.findall(r'name="offer" value="(\w+)"', amal.get(f"{case}timeline/from-interview/").text)
    taken = amal.post(f"{case}timeline/from-interview/", [("offer", key) for key in offered])
    assert taken.address == f"{case}timeline/"


def _evaluate(server: RealServer, planter: Planter, case: str) -> None:
    amal = signed_in(server, "farah")
    for name in ("Bea", "Emil"):
        page = amal.get(f"{case}evaluations/")
        member = re.search(rf'<option value="(\w+)">{name} ', page.text)
        assert member, page.text
        amal.post(f"{case}evaluations/", [("evaluator", member[1])])
    browsers = {name: signed_in(server, name) for name in ("bea", "emil")}
    addresses = {}
    for name, browser in browsers.items():
        found = re.search(r'href="(/desk/evaluations/\w+/)"', browser.get("/desk/evaluations/").text)
        assert found
        addresses[name] = found[1]
        browser.post(found[1], [("names", "1")])
        browser.post(found[1], [("conflict", "none")])
    for _ in browsers:
        page = amal.get(f"{case}evaluations/")
        opening = re.search(rf'action="({case}evaluations/\w+/open/)"', page.text)
        assert opening, page.text
        amal.post(opening[1], [], from_page=f"{case}evaluations/")
    for name, browser in browsers.items():
        page = browser.get(addresses[name])
        chosen = [(rating, {"5": "4", "D": "A"}.get(best, best)) for rating, best in _best_ratings(page)]
        assert browser.post(addresses[name], [*planter.fill(page, chosen), ("sign", "1")]).address == "/desk/evaluations/"
    page = amal.post(f"{case}evaluations/compare/", [("outcome", "recommended"), ("reasons", planter.sentence())])
    assert page.address == case, page.text


def _best_ratings(page: Page) -> list[Field]:
    first: dict[str, str] = {}
    for name, value in re.findall(r'type="radio" name="([^"]+\.rating)" value="([^"]+)"', page.text):
        first.setdefault(name, value)
    return list(first.items())


def _dossier_and_path(server: RealServer, planter: Planter, case: str) -> None:
    amal = signed_in(server, "amal")
    page = amal.get(f"{case}dossiers/compose/")
    records = [("evidence", record) for record in re.findall(r'name="evidence" value="(\w+)"', page.text)]
    chosen = [("recipient", AUTHORITY), ("language", "fr"), ("sections", "account"), ("with_reasons", "on"), *records]
    page = amal.post(f"{case}dossiers/compose/", planter.fill(page, chosen))
    assert page.address == f"{case}dossiers/", page.text
    for name in ("bea", "emil"):
        browser = signed_in(server, name)
        found = re.search(r'href="(/desk/attestations/\d+/)"', browser.get("/desk/").text)
        assert found
        browser.post(found[1], [])
    farah = signed_in(server, "farah")
    release = re.search(r'href="(/desk/dossiers/\w+/)release/"', farah.get(f"{case}dossiers/").text)
    assert release
    read = [("read", thing) for thing in re.findall(r'name="read" value="(\w+)"', farah.get(f"{release[1]}release/").text)]
    assert farah.post(f"{release[1]}release/", read).address == f"{case}dossiers/"
    assert farah.get(f"{release[1]}package/").body[:2] == b"PK"
    page = farah.get(f"{case}path/submit/")
    values = dict(re.findall(r'<select name="(dossier|authority)"[^>]*>\s*<option value="(\w+)"', page.text))
    how = [*values.items(), ("on", "2026-11-20"), ("how", planter.word())]
    assert farah.post(f"{case}path/submit/", how).address == f"{case}path/", page.text
    page = farah.get(f"{case}path/permit/")
    submission = re.search(r'<select name="submission"[^>]*>\s*<option value="(\w+)"', page.text)
    assert submission
    days = [("issued_on", "2026-11-20"), ("valid_from", "2026-11-20"), ("valid_until", "2027-01-20")]
    permit = [("submission", submission[1]), ("kind", "visa"), ("number", planter.word()), *days]
    assert farah.post(f"{case}path/permit/", permit).address == f"{case}path/"


def fail_in_every_way(server: RealServer, planter: Planter, case: str) -> None:
    """What goes wrong must not write words down either."""
    person = PlainBrowser(server.base)
    person.get(f"/desk/cases/{planter.word()}/?x={planter.word()}")
    person.post("/account/sign-in/", [("name", planter.word()), ("passphrase", planter.sentence()), ("code", planter.word())])
    person.post("/", [("code", planter.word())])
    person.post("/", [("code", " ".join(planter.word() for _ in range(11)))])
    refused = File("attachments", f"{planter.word()}.exe", b"MZ\x90\0" + planter.word().encode() * 500)
    person.post("/ask/lantern/", [("account.story", planter.sentence())], [refused])
    amal = signed_in(server, "amal")
    item = re.search(r'href="(\S+/evidence/\w+/)"', amal.get(f"{case}evidence/").text)
    assert item
    amal.get(item[1])
    for sealed in (server.home / "files").iterdir():
        sealed.write_bytes(sealed.read_bytes()[:-3])
    # The download breaks off inside the server, with a traceback, while plaintext is in its hands.
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        amal.post(f"{item[1]}original/", [("reason", planter.sentence())], from_page=f"{case}evidence/")
    assert signed_in(server, "gita").get("/desk/").status == 200


def hits(places: list[Path], words: list[str]) -> Iterator[str]:
    """Every file under the places whose name or bytes hold a word in some spelling."""
    pattern = re.compile(b"|".join(re.escape(spelling) for word in words for spelling in spellings(word)))
    for place in places:
        for path in [place] if place.is_file() else (found for found in place.rglob("*") if found.is_file()):
            if pattern.search(str(path.relative_to(place.parent)).encode()):
                yield f"name: {path.name}"
            found = pattern.search(path.read_bytes())
            if found:
                yield f"{path}: {found[0]!r}"


def spellings(word: str) -> Iterator[bytes]:
    """A word as it may lie on a disk."""
    yield word.encode()
    yield word.upper().encode()
    yield word.encode("utf-16-le")
    yield word.encode().hex().encode()
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + word.encode())
        yield encoded[4 if shift else 0 : len(encoded) // 4 * 4 - 4]


def _flushed_cluster(database: str) -> Path | None:
    """PostgreSQL's own folder, with everything written out; None for SQLite."""
    if not database:
        return None
    import psycopg

    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    folder = Path(row[0])
    assert os.access(folder, os.R_OK), "the hunt has to read the cluster's files"
    return folder
