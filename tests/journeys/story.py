"""The main job by hand, through pages only: from an anonymous request to a verified dossier and the steps after a permit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FilePayload

from safeconduct.demo.evidence import LETTER, drawn_page
from safeconduct.demo.people import ANTON
from safeconduct.packs import WAR_REFUSERS, criteria
from tests.journeys.household import Household, verify
from tests.journeys.people import Applicant, Member, Visitor
from tests.journeys.watching import Watch
from tests.journeys.words import AUTHORITY, WORDS, Words

DESK = "lueur"
CASEWORKER, COORDINATOR, RELEASER, EVALUATORS = "sacha", "camille", "noemie", ("jonas", "aigerim")
_FAVOURABLE = {"material": "4", "findings": "A", "risk": "4", "vulnerability": "support"}
_GO_ON = 'form[action*="/interview/s"] button[type=submit]'
CITING = ("membership", "call_up", "stance")
_CONSENTS: Mapping[str, Sequence[str]] = {
    "case_handling": (),
    "open_source_research": (),
    "lawyer": (),
    "partner": ("Geleit Nord", "Dala Qamqor"),
    "state_authority": (AUTHORITY,),
}


@dataclass
class Journey:
    """One run of the main job: the people, their browsers and what was made."""

    chromium: Browser
    household: Household
    watch: Watch
    language: str = "en"
    options: dict[str, Any] = field(default_factory=dict)
    """For every browser: whether scripts run, and what else Playwright takes."""
    code: str = ""
    case: str = ""
    """Address of the case."""

    @property
    def words(self) -> Words:
        """What is written in this language."""
        return WORDS[self.language]

    def applicant(self) -> Applicant:
        """Somebody with a browser that asks for English; they choose their language on the page."""
        person = Applicant(self.chromium, self.household, self.watch, **self.options)
        if self.language != "en":
            person.go("/")
            person.press(f'button[name="language"][value="{self.language}"]')
        return person

    def member(self, name: str) -> Member:
        """A colleague, signed in, with a browser in their language."""
        member = Member(name, self.chromium, self.household, self.watch, language=self.language, **self.options)
        member.signs_in()
        return member


def request_answers(words: Words, country: str = "KZ") -> dict[str, Any]:  # Any: fields are of different kinds
    """A filled-in request form, by field name."""
    return {
        "safe_now.how_safe": "unsure",
        "where.place.country": country,
        "need.needs": ["advice", "protection"],
        "situation.kind": "left_service",
        "account.story": words.story,
        "deadline.day.on": "2027-01",
        "deadline.day.about": True,
        "who_reads.readers": "this_desk",
        "contact.way": "here",
        "language.tongue": "russian",
        "consent.purposes": ["case_handling", "lawyer"],
    }


def files_a_request(journey: Journey) -> None:
    """The applicant asks for help, retypes the code, and closes the browser."""
    person = journey.applicant()
    journey.code = person.asks_for_help(DESK, request_answers(journey.words))
    person.retypes_the_code(journey.code)
    assert person.here == "/conversation/"
    person.picture("conversation-waiting")
    person.leaves()
    assert person.here == "/"
    person.closes_the_browser()


def answers(caseworker: Member, journey: Journey) -> None:
    """The caseworker finds the request in the inbox, reads it, and answers."""
    caseworker.go("/desk/")
    caseworker.picture("today")
    caseworker.press('a[href="/desk/inbox/"]')
    caseworker.picture("inbox")
    caseworker.press('tbody a[href^="/desk/requests/"]')
    assert journey.words.story in caseworker.text()
    caseworker.picture("request")
    caseworker.give("text", journey.words.answer)
    caseworker.send("text")
    assert caseworker.said() == "sent"
    assert journey.words.answer in caseworker.text()
    request = caseworker.here
    for page, name in ((f"{request}sheet/", "sheet"), ("/desk/retention/", "keeping"), ("/account/notices/", "notices")):
        caseworker.go(page)
        caseworker.picture(name)
    caseworker.go(request)


def returns_and_replies(journey: Journey) -> None:
    """The applicant comes back with the code, reads the answer, replies."""
    person = journey.applicant()
    person.comes_back(journey.code)
    assert journey.words.answer in person.text()
    person.writes(journey.words.reply, FilePayload(name="my own name.txt", mimeType="text/plain", buffer=LETTER))
    assert journey.words.reply in person.text()
    person.picture("conversation")
    for page in ("agreed", "safety"):
        person.go(f"/conversation/{page}/")
        person.picture(f"own-{page}")
    person.go("/conversation/")
    person.leaves()
    person.closes_the_browser()


def triages(caseworker: Member, journey: Journey) -> None:
    """The caseworker reads the reply and opens a case, with consent purpose by purpose."""
    caseworker.page.reload()
    assert journey.words.reply in caseworker.text()
    caseworker.press('a[href$="/files/1/"]')
    assert LETTER.decode().split("\n")[0] in caseworker.text(".copy__words")
    caseworker.page.go_back()
    caseworker.press('a[href$="/triage/"]')
    caseworker.picture("triage")
    triage = {"working_name": journey.words.working_name, "country": "KZ", "category": "mobilised", "urgency": "soon"}
    caseworker.fill_in({**triage, "risk": "raised", "language": "ru", "note": journey.words.reply})
    caseworker.fill_in({f"{purpose}.given": True for purpose in _CONSENTS})
    caseworker.fill_in({f"{purpose}.recipients": "\n".join(names) for purpose, names in _CONSENTS.items() if names})
    caseworker.send("working_name")
    assert caseworker.said() == "case-opened", caseworker.text()
    journey.case = caseworker.here
    assert journey.words.working_name in caseworker.text("h1")
    caseworker.picture("case-new")


def interviews(caseworker: Member, journey: Journey) -> None:
    """The whole screening questionnaire, section by section, with skip logic and a draft in between."""
    caseworker.go(f"{journey.case}interview/")
    _shows_only_what_applies(caseworker, journey)
    caseworker.go(f"{journey.case}interview/s1/")
    for section in _sections(caseworker):
        assert caseworker.here.endswith(f"/{section}/")
        if section in ("s1", "s6", "s7"):
            caseworker.picture(f"interview-{section}")
        _fills_in(caseworker, ANTON.interview)
        caseworker.press(_GO_ON)
        while caseworker.said() == "more-questions":
            _fills_in(caseworker, ANTON.interview)
            caseworker.press(_GO_ON)
    form = f'form[action="{journey.case}interview/record/"]'
    caseworker.page.locator(f"{form} select").select_option(journey.language)
    caseworker.press(f"{form} button")
    assert caseworker.said() == "interview-saved"
    caseworker.picture("case-after-interview")


def adds_evidence(caseworker: Member, journey: Journey, folder: Path) -> None:
    """A drawn summons and a typed letter are sealed in the case."""
    summons, letter = folder / "summons.png", folder / "letter.txt"
    summons.write_bytes(drawn_page())
    letter.write_bytes(LETTER)
    caseworker.press(f'a[href="{journey.case}evidence/"]')
    for kind, file, dated in (("summons", summons, "2022-09-27"), ("discharge-report", letter, "2023-01-10")):
        caseworker.fill_in({"title": journey.words.title, "kind": kind, "dated": dated, "shows": journey.words.shows})
        caseworker.fill_in({"source": journey.words.source, "obtained": journey.words.source})
        caseworker.attach("attachment", file)
        caseworker.send("attachment")
        assert caseworker.said() == "evidence-added", caseworker.text()
    caseworker.picture("evidence")
    caseworker.press('a[href*="/evidence/"]:not([href$="/evidence/"]):not([href$="/about/"]):not([href*="beside"])')
    caseworker.page.wait_for_function("[...document.images].every((image) => image.complete && image.naturalWidth > 0)")
    caseworker.picture("safe-copy")
    caseworker.page.locator("details.card summary").click()
    caseworker.fill_in({"reason": journey.words.shows})
    assert caseworker.downloads('form[action$="/original/"] button') in (drawn_page(), LETTER)


def assigns(coordinator: Member, journey: Journey) -> None:
    """The coordinator asks two evaluators of different organisations."""
    coordinator.go(journey.case)
    coordinator.press(f'a[href="{journey.case}evaluations/"]')
    for name in EVALUATORS:
        offered = coordinator.page.locator('[name="evaluator"] option').all_inner_texts()
        coordinator.give("evaluator", next(label for label in offered if label.casefold().startswith(name)))
        coordinator.send("evaluator")
        assert coordinator.said() == "assigned", coordinator.text()
    coordinator.picture("evaluators")


def declares(evaluator: Member, journey: Journey) -> None:
    """The names on asking, and no conflict of interest; the file stays closed."""
    evaluator.go("/desk/")
    evaluator.press('a[href^="/desk/evaluations/"]:not([href="/desk/evaluations/"])')
    assert journey.words.working_name not in evaluator.text()
    evaluator.picture("declaration")
    evaluator.press('button[name="names"]')
    assert journey.words.working_name in evaluator.text()
    evaluator.give("conflict", "none")
    evaluator.send("conflict")
    assert evaluator.said() == "declared-none"
    assert not evaluator.sees('[name="identity.rating"]')


def opens_the_file(coordinator: Member, journey: Journey) -> None:
    """The coordinator gives the file to those who declared no conflict."""
    coordinator.go("/desk/")
    coordinator.press(f'a[href="{journey.case}evaluations/"]')
    for _ in EVALUATORS:
        coordinator.press('form[action$="/open/"] button')
        assert coordinator.said() == "file-opened", coordinator.text()


def asks(evaluator: Member, journey: Journey) -> None:
    """A numbered question in the record."""
    evaluator.go("/desk/")
    evaluator.press('a[href^="/desk/evaluations/"]:not([href="/desk/evaluations/"])')
    evaluator.give("question", journey.words.doubt)
    evaluator.send("question")
    assert evaluator.said() == "question-asked"


def answers_the_question(caseworker: Member, journey: Journey) -> None:
    """The caseworker is told of it and writes down what the person said."""
    caseworker.go("/desk/")
    caseworker.press(f'a[href="{journey.case}follow-ups/"]')
    assert journey.words.doubt in caseworker.text()
    caseworker.give("answer", journey.words.reply)
    caseworker.picture("follow-ups")
    caseworker.send("answer")
    assert caseworker.said() == "question-answered"


def evaluates(evaluator: Member, journey: Journey) -> None:
    """Every criterion with a rating, a reason and what it stands on; a draft; the signature."""
    evaluator.go("/desk/")
    evaluator.press('a[href^="/desk/evaluations/"]:not([href="/desk/evaluations/"])')
    evaluator.picture("evaluation")
    evaluator.fill_in(ratings(journey.words))
    for name in CITING:
        evaluator.page.locator(f'[name="{name}.cited"]').first.check()
    evaluator.press("button[type=submit]:not([name]):below(fieldset)")
    assert evaluator.said() == "draft-saved"
    evaluator.signs('button[name="sign"]')
    assert evaluator.said() == "handed-in", evaluator.text()
    evaluator.press('tbody a[href^="/desk/evaluations/"]')
    assert journey.words.reason in evaluator.text()
    evaluator.picture("evaluation-signed")


def ratings(words: Words) -> dict[str, str]:
    """An evaluation in favour, by field name, but for the cited items."""
    found = {}
    for criterion in criteria(WAR_REFUSERS).criteria:
        found[f"{criterion.id}.rating"] = _FAVOURABLE[criterion.scale.id]
        found[f"{criterion.id}.reason"] = words.reason
        found[f"{criterion.id}.would_change_my_mind"] = words.doubt
        if criterion.id not in CITING:
            found[f"{criterion.id}.no_evidence_because"] = words.nothing
    return found


def compares_and_decides(coordinator: Member, journey: Journey) -> None:
    """Side by side, then the signed decision."""
    coordinator.go(journey.case)
    coordinator.press(f'a[href="{journey.case}evaluations/compare/"]')
    coordinator.picture("compare")
    coordinator.fill_in({"outcome": "recommended", "reasons": journey.words.decision})
    sign = 'form:has([name="reasons"]) button[type=submit]'
    coordinator.signs(sign)
    assert coordinator.said() == "decided", coordinator.text()


def redacts(coordinator: Member, journey: Journey) -> None:
    """One field of the summons is covered for the authority; the page shows how it leaves."""
    coordinator.press(f'a[href="{journey.case}dossiers/"]')
    coordinator.press(f'a[href="{journey.case}redactions/"]')
    coordinator.press('a[href*="/redactions/"][href$="/1/"]')
    cell, grid = (coordinator.page.locator(each).first.bounding_box() for each in ('[name="cell"]', ".cover__grid"))
    assert cell is not None
    assert grid is not None
    assert cell["width"] * 12 > grid["width"] * 0.95, "what is ticked does not look as large as what is covered"
    coordinator.page.locator('[name="cell"]').nth(40).check()
    coordinator.press("main form button[type=submit]")
    assert coordinator.page.locator("img.copy__page").count() == 2, coordinator.text()
    coordinator.page.wait_for_function("[...document.images].every((image) => image.complete && image.naturalWidth > 0)")
    coordinator.picture("redaction")
    coordinator.go(f"{journey.case}redactions/")


def composes(coordinator: Member, journey: Journey) -> None:
    """The dossier for the one authority that the person agreed to."""
    coordinator.press(f'a[href="{journey.case}dossiers/"]')
    coordinator.press(f'a[href="{journey.case}dossiers/compose/"]')
    words = journey.words
    coordinator.fill_in({"recipient": AUTHORITY, "language": journey.language, "request": words.request})
    coordinator.fill_in({"summary": words.summary, "limits": words.limits, "contact": "Lueur\ncontact@lueur.example"})
    coordinator.fill_in({"sections": ["account", "conduct"], "with_reasons": True})
    for item in coordinator.page.locator('[name="evidence"]').all():
        item.check()
    coordinator.picture("compose")
    coordinator.send("summary")
    assert coordinator.said() == "composed", coordinator.text()
    coordinator.picture("dossier-composed")


def attests(evaluator: Member) -> None:
    """The evaluator signs that this is their evaluation, in this dossier."""
    evaluator.go("/desk/")
    evaluator.press('a[href^="/desk/attestations/"]')
    if evaluator.is_asked_to_prove():
        evaluator.proves()
    evaluator.picture("attestation")
    evaluator.press("main form button[type=submit]")
    assert evaluator.said() == "attested"


def releases(releaser: Member, journey: Journey, folder: Path) -> tuple[Path, Path]:
    """A second coordinator releases and downloads; gives the package and the trust file."""
    releaser.go("/desk/")
    releaser.press('a[href$="/release/"]')
    if releaser.is_asked_to_prove():
        releaser.proves()
    assert releaser.downloads('a[href$="/document/"]').startswith(b"%PDF-")
    for thing in releaser.page.locator('[name="read"]').all():
        thing.check()
    releaser.picture("release")
    releaser.signs("main form button[type=submit]")
    assert releaser.said() == "released", releaser.text()
    assert releaser.here == f"{journey.case}dossiers/"
    releaser.picture("dossier-released")
    found = []
    for address, name in (('a[href$="/package/"]', "dossier.zip"), ('a[href="/desk/trust.json"]', "trust.json")):
        (folder / name).write_bytes(releaser.downloads(address))
        found.append(folder / name)
    dossier, trust = found
    return dossier, trust


def an_official_verifies(journey: Journey, dossier: Path, trust: Path) -> None:
    """Somebody without an account drops the two files on the page; it says that the dossier holds."""
    official = Visitor(journey.chromium, journey.household, journey.watch, language=journey.language, **journey.options)
    official.go("/verify/")
    official.attach("dossier", dossier)
    official.attach("trust", trust)
    official.press('form:has([name="dossier"]) button[type=submit]')
    assert official.sees(".notice--good"), official.text()
    official.picture("verified")
    official.closes_the_browser()


def records_the_path(liaison: Member, journey: Journey) -> None:
    """Submission, permit, and the first step."""
    today = datetime.now(UTC).date()
    liaison.go(f"{journey.case}path/")
    liaison.press('a[href$="/path/submit/"]')
    liaison.fill_in({"on": today.isoformat(), "how": journey.words.how})
    liaison.picture("submission")
    liaison.send("how")
    assert liaison.said() == "submitted", liaison.text()
    liaison.press('a[href$="/path/permit/"]')
    liaison.fill_in({"kind": "laissez-passer", "number": "SPECIMEN-0002"})
    days = {"issued_on": today, "valid_from": today, "valid_until": today + timedelta(days=60)}
    liaison.fill_in({name: day.isoformat() for name, day in days.items()})
    liaison.picture("permit")
    liaison.send("number")
    assert liaison.said() == "permit-recorded", liaison.text()
    assert liaison.page.locator(".steps > li").count() > 3
    liaison.picture("path")
    liaison.fill_in({"event": "permit_explained", "on": today.isoformat()})
    liaison.send("event")
    assert liaison.said() == "step-recorded"
    assert liaison.sees(".steps > li.is-done")


def walk(journey: Journey, folder: Path) -> None:
    """Everybody, in order."""
    files_a_request(journey)
    caseworker = journey.member(CASEWORKER)
    answers(caseworker, journey)
    returns_and_replies(journey)
    triages(caseworker, journey)
    interviews(caseworker, journey)
    adds_evidence(caseworker, journey, folder)
    coordinator, evaluators = journey.member(COORDINATOR), [journey.member(name) for name in EVALUATORS]
    assigns(coordinator, journey)
    for evaluator in evaluators:
        declares(evaluator, journey)
    opens_the_file(coordinator, journey)
    asks(evaluators[1], journey)
    answers_the_question(caseworker, journey)
    journey.household.let_proofs_grow_old()
    for evaluator in evaluators:
        evaluates(evaluator, journey)
    compares_and_decides(coordinator, journey)
    redacts(coordinator, journey)
    composes(coordinator, journey)
    for evaluator in evaluators:
        attests(evaluator)
    releaser = journey.member(RELEASER)
    dossier, trust = releases(releaser, journey, folder)
    verified = verify(dossier, trust)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    an_official_verifies(journey, dossier, trust)
    records_the_path(releaser, journey)
    caseworker.go(journey.case)
    caseworker.picture("case")


def _shows_only_what_applies(caseworker: Member, journey: Journey) -> None:
    """Somebody who never served is not asked about service; the answer is a draft, and can be changed."""
    caseworker.go(f"{journey.case}interview/s5/")
    caseworker.give("q17.category", "never")
    caseworker.press('button[name="stay"]')
    assert not {"s6", "s7"} & set(_sections(caseworker))
    caseworker.give("q17.category", "mobilised")
    caseworker.press('button[name="stay"]')
    assert {"s6", "s7"} <= set(_sections(caseworker))
    assert caseworker.sees("#q-q19")


def _sections(caseworker: Member) -> list[str]:
    links = caseworker.page.locator('nav a[href*="/interview/s"]').all()
    return [str(link.get_attribute("href")).rstrip("/").rpartition("/")[2] for link in links]


def _fills_in(caseworker: Member, known: Mapping[str, Any]) -> None:  # Any: as the questionnaire keeps answers
    """Every question of the page: what is known, or that the person prefers not to say."""
    asked: list[str] = caseworker.page.locator("fieldset.question").evaluate_all("all => all.map((each) => each.id.slice(2))")
    values: dict[str, Any] = {}
    for question in asked:
        answer = known.get(question)
        if answer is None or answer["state"] != "answered":
            values[f"{question}.reply"] = "prefer_not_to_say"
            continue
        for part, value in answer["parts"].items():
            values.update(_fields_of(f"{question}.{part}", value))
    caseworker.fill_in(values)


def _fields_of(name: str, value: Any) -> dict[str, Any]:  # Any: as above
    """One part of an answer as it is typed, by field name."""
    match value:
        case {"country": _}:
            return {f"{name}.{each}": value[each] for each in ("country", "region", "town") if value.get(each)}
        case {"on": on}:
            return {f"{name}.on": on}
        case {"from": start, "to": end}:
            return {**_fields_of(f"{name}.from", start), **_fields_of(f"{name}.to", end)}
        case None:  # An end that is open.
            return {}
        case [dict(), *_]:
            found: dict[str, Any] = {}
            for row, cells in enumerate(value):
                for column, cell in cells.items():
                    found.update(_fields_of(f"{name}.{row}.{column}", cell))
            return found
    return {name: value}
