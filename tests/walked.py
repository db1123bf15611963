"""A case walked through the services as far as a test needs it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from safeconduct import packs
from safeconduct.core.custody import Purpose
from safeconduct.core.evaluation import Outcome
from safeconduct.core.questionnaires import by_seal, read_answers
from safeconduct.core.timeline import Topic
from safeconduct.demo.evaluations import ratings
from safeconduct.demo.evidence import LETTER, arrived, drawn_page
from safeconduct.demo.people import ANTON
from safeconduct.desk.accounts.invitations import invite
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases import services as cases
from safeconduct.desk.cases.models import Case
from safeconduct.desk.claims import services as claims
from safeconduct.desk.claims.answers import Standing
from safeconduct.desk.claims.selectors import timeline_of
from safeconduct.desk.concerns import services as concerns
from safeconduct.desk.concerns.models import Canary, Concern
from safeconduct.desk.dossiers import services as dossiers
from safeconduct.desk.dossiers.models import Dossier
from safeconduct.desk.dossiers.vouching import vouch_for
from safeconduct.desk.evaluations import services as evaluating
from safeconduct.desk.evaluations.models import Assignment
from safeconduct.desk.evidence import services as evidence
from safeconduct.desk.exports import services as exports
from safeconduct.desk.exports.models import Export
from safeconduct.desk.inbox import canned
from safeconduct.desk.intake import asked_forms
from safeconduct.desk.intake.models import Request
from safeconduct.desk.pathways import services as pathways
from safeconduct.desk.pathways.models import Authority, Permit
from safeconduct.desk.redactions.selectors import audience_id
from safeconduct.desk.retention.services import erase_now
from safeconduct.desk.sitecards.services import sign_card
from safeconduct.desk.vault import granting, opening
from safeconduct.desk.vault.secrets import Receipt
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.viewing import services as viewing
from safeconduct.desk.viewing.places import file_of_request, item_of_case
from safeconduct.desk.web.asking import values_of
from tests.cast import NOW, TODAY, Cast, a_case, a_request
from tests.core.captures import made
from tests.evaluators import assigned

AUTHORITY = "Ministry of Examples"


def interview(cast: Cast, case: Case) -> None:
    """Amal holds the whole interview."""
    pack = packs.questionnaire(packs.SCREENING)
    reading = read_answers(pack, ANTON.interview)
    answers = {Section(sealed.value): values_of(given) for sealed, given in by_seal(pack, reading.answers).items()}
    cases.record_interview(case, cast.actor("amal"), answers, stamp=pack.stamp, language="fr", today=TODAY)


def letter(cast: Cast, case: Case) -> str:
    """Amal adds one piece of evidence; gives its record."""
    item = evidence.Item(
        title="Discharge report", kind="discharge-report", source="The applicant", obtained="Uploaded", dated="2023-01-10"
    )
    return evidence.add_item(case, cast.actor("amal"), item, arrived("letter.txt", LETTER), today=TODAY)


def summons(cast: Cast, case: Case) -> str:
    """Amal adds a picture; gives its record."""
    told = ("relative", "face")
    item = evidence.Item(title="Summons", kind="summons", source="The applicant", obtained="Uploaded", reveals=told)
    return evidence.add_item(case, cast.actor("amal"), item, arrived("summons.png", drawn_page()), today=TODAY)


def capture(cast: Cast, case: Case) -> str:
    """Amal adds a capture of a page; gives its record."""
    item = evidence.Item(title="Post", kind="capture", source="The web", obtained="Captured", address="https://post.example/1")
    return evidence.add_item(case, cast.actor("amal"), item, arrived("post.wacz", made.wacz()), today=TODAY)


def pictured_request(cast: Cast) -> tuple[Receipt, Request]:
    """A request that came with a picture: what `world` wants."""
    return a_request(cast, files=[arrived("photo.png", drawn_page())])


def evaluated(cast: Cast, case: Case) -> list[Assignment]:
    """Bea and Emil evaluate in favour."""
    rows = assigned(cast, case, "bea", "emil")
    for row, name in zip(rows, ("bea", "emil"), strict=True):
        evaluating.hand_in(row, cast.actor(name), ratings(), today=TODAY)
    case.refresh_from_db()
    return rows


def plan(evidence_records: list[str], language: str = "fr") -> dossiers.Plan:
    """A dossier for the authority that the person consented to."""
    return dossiers.Plan(
        recipient=AUTHORITY,
        address=("Paris",),
        language=language,
        request="Demande d'autorisation d'entrée",
        summary="Le demandeur a refusé de combattre.",
        limits="Aucune source russe n'a été interrogée.",
        sections=(Section.ACCOUNT,),
        evidence=evidence_records,
        with_reasons=True,
        contact=("contact@lantern.example",),
    )


def consent_to_authority(cast: Cast, case: Case) -> None:
    """The person agrees that the authority receives the dossier."""
    consents = [
        cases.Consent(purpose="case_handling", given=True),
        cases.Consent(purpose="partner", given=True, recipients=["Harbour", "Steppe"]),
        cases.Consent(purpose="state_authority", given=True, recipients=[AUTHORITY]),
    ]
    wording = packs.consents(packs.CONSENTS).stamp
    cases.change_consents(case, cast.actor("amal"), consents, wording=wording, today=TODAY)


def composed(cast: Cast, case: Case, more: Sequence[str] = ()) -> Dossier:
    """A recommended case with a composed dossier that waits for its attestations."""
    for name, coordinator in (("bea", "bea"), ("emil", "chidi")):
        vouch_for(cast.actor(name).member, cast.actor(coordinator), today=TODAY)
    interview(cast, case)
    record = letter(cast, case)
    evaluated(cast, case)
    consent_to_authority(cast, case)
    evaluating.decide(case, cast.actor("amal"), Outcome.RECOMMENDED, "Both evaluations agree.", today=TODAY)
    case.refresh_from_db()
    return dossiers.compose_dossier(case, cast.actor("amal"), plan([record, *more]), today=TODAY)


def everything_read(cast: Cast, dossier: Dossier) -> list[str]:
    """What a second person has to read and tick."""
    with opening.opened(dossier.case.subject, holder=cast.actor("farah"), purpose=Purpose.RELEASE, today=TODAY) as file:
        return dossiers.to_be_read(file.read(dossier.record).content)


def released(cast: Cast, case: Case, more: Sequence[str] = ()) -> Dossier:
    """The same, attested by both evaluators and released by Farah."""
    dossier = composed(cast, case, more)
    for attestation in dossier.attestations.select_related("dossier__case", "evaluator"):
        name = "bea" if attestation.evaluator.sign_in_name == "bea" else "emil"
        dossiers.attest_dossier(attestation, cast.actor(name), today=TODAY)
    dossiers.release_dossier(dossier, cast.actor("farah"), read=everything_read(cast, dossier), today=TODAY, now=NOW)
    dossier.refresh_from_db()
    return dossier


def permitted(cast: Cast, case: Case) -> Permit:
    """The same, submitted and with an entry permit."""
    dossier, farah = released(cast, case), cast.actor("farah")
    authority = Authority.objects.create(organisation_id="lantern", name=AUTHORITY, country="FR")
    submission = pathways.record_submission(dossier, farah, authority, how="By hand", on=TODAY, today=TODAY)
    details = pathways.PermitDetails(
        kind="visa", number="X-1", issued_on=TODAY, valid_from=TODAY, valid_until=TODAY + timedelta(days=30)
    )
    return pathways.record_permit(submission, farah, details, today=TODAY)


@dataclass(frozen=True)
class World:
    """One object of every kind, in Lantern's hands."""

    request_id: str
    case_id: str
    """At the stage of the permit, with a released and a composed dossier."""
    record_id: str
    item_id: str
    """A picture among the evidence."""
    assignment_id: str
    """Bea's, accepted, on another case."""
    attestation_id: str
    """Bea's, still to be signed."""
    dossier_id: str
    """The composed one."""
    member_id: str
    """Emil, who evaluates the case."""
    colleague_id: str
    """Farah, of the owner's organisation."""
    concern_id: str
    canary_id: str
    hit_id: str
    """Of a screening of the case."""
    overlap_id: str
    """Of a search for incidents of the case."""
    statement_id: str
    """Amal's, on the case."""
    prompt_id: str
    """What that statement raises."""
    claim_id: str
    invitation_id: str
    """Somebody whom Lantern has invited."""
    copy_id: str
    """Of a picture among the evidence."""
    form_id: str
    """Of a form that the person of the request is asked to answer."""
    request_copy_id: str
    """Of the picture that came with the request."""
    answer_id: str
    """A canned answer that Amal wrote."""
    certificate_id: str
    """Of something that Lantern erased."""
    export_id: str
    """Approved: it can be taken."""
    audience: str
    """The authority that the person consented to."""
    token: str = "A" * 43
    position: str = "3"
    number: str = "1"
    page: str = "1"
    passkey_id: str = "1"
    slug: str = "lantern"
    section: str = "s1"


def _canned_answer(cast: Cast) -> str:
    amal = cast.actor("amal")
    words = canned.Words(title="Lawyer", language="ru", text="Спросите юриста.")
    canned.add(cast.organisation("lantern"), amal, words, today=TODAY)
    return canned.answers(cast.organisation("lantern"), amal, today=TODAY)[0].id


def _concern(cast: Cast, request_id: str) -> str:
    raised = concerns.Raised(kind="other", text="Something is odd.")
    concerns.raise_concern(Request.objects.get(pk=request_id), cast.actor("amal"), raised, today=TODAY)
    return Concern.objects.get(request_id=request_id).id


def _canary(cast: Cast, case: Case, record: str) -> str:
    hugo = cast.actor("hugo").member
    with opening.opened(case.subject, holder=cast.actor("amal"), purpose=Purpose.HANDLING, today=TODAY) as file:
        granting.grant(file, hugo.id, [Section.SUMMARY, Section.EVIDENCE])
    return Canary.objects.create(case=case, record=record, placed_by=hugo, placed_on=TODAY).id


def _certificate(cast: Cast) -> str:
    _, request = a_request(cast)
    return erase_now(request, cast.actor("amal"), today=TODAY).id


def a_form(cast: Cast, request_id: str) -> str:
    """Amal asks the person of a request to answer a form."""
    amal, request = cast.actor("amal"), Request.objects.select_related("organisation").get(pk=request_id)
    asked_forms.ask(request, amal, packs.questionnaire(packs.REQUEST), "Ответьте, пожалуйста.", today=TODAY)
    return asked_forms.of_desk(request, amal, today=TODAY)[-1].id


def _hit(cast: Cast, case: Case) -> str:
    """A hit as a screening seals it."""
    told = {
        "list": "own",
        "title": "Own",
        "version": "1",
        "entry": "1",
        "digest": "",
        "basis": "",
        "name": "A",
        "matched_name": "A",
        "band": "weak",
    }
    counted = {"score": 500, "namesakes": 500, "features": [], "first_seen": TODAY.isoformat(), "decisions": []}
    with opening.opened(case.subject, holder=cast.actor("amal"), purpose=Purpose.VERIFICATION, today=TODAY) as file:
        return file.write(Section.EVIDENCE, "screening-hit", {**told, **counted})


def overlap(cast: Cast, case: Case) -> str:
    """A coincidence with an incident, as a search seals it."""
    told = dict.fromkeys(("title", "licence", "attribution", "place", "category", "actors", "source", "unit", "basis"), "")
    named = {"dataset": "plain", "version": "1", "event": "1", "first": "2022-12-05", "last": "2022-12-05", "stay": "A"}
    counted = {"lat": 0, "lon": 0, "deaths": [0, 0, 0], "metres": [0, 1_000], "days": [0, 0], "unit_metres": -1, "harms": False}
    words = {"precision": "place", "certainty": "weak", "by": "place", "first_seen": TODAY.isoformat()}
    decision = {"finding": "to-ask", "reason": "why", "by": "", "alias": "Amal", "on": TODAY.isoformat(), "basis": ""}
    content = {**told, **named, **counted, **words, "decisions": [decision]}
    with opening.opened(case.subject, holder=cast.actor("amal"), purpose=Purpose.VERIFICATION, today=TODAY) as file:
        record = file.write(Section.CONDUCT, "incident-overlap", content)
        at = {"name": "A", "lat": 48_000_000, "lon": 38_000_000, "metres": 3_000}
        stay = {
            "key": "A",
            "place": "A",
            "place_id": "",
            "dates": "2022",
            "unit": "",
            "at": at,
            "coverage": [],
            "statement": "",
            "units": [],
            "recorded": [],
        }
        run = {"stays": [stay], "km": 10, "days": 1, "datasets": [], "by": "Amal", "hits": [record], "left_out": 0}
        file.write(Section.CONDUCT, "incident-search", run)
        return record


def _said(cast: Cast, case: Case) -> dict[str, str]:
    """A summons called mobilisation before there was one, what it raises, and a claim that rests on it."""
    amal, told = cast.actor("amal"), claims.Told(topic=Topic.SUMMONS, said="interview", source="interview", speaker="person")
    told = replace(told, value="mobilisation", when="2022-08-30")
    statement = claims.record_statement(case, amal, told, today=TODAY)
    raised = timeline_of(case, amal, language="en", today=TODAY).prompts[0]
    said = claims.ClaimSaid(text="Called up.", standing=Standing.OPEN, reason="One account.", supports=[statement])
    claim = claims.record_claim(case, amal, said, today=TODAY)
    return {"statement_id": statement, "prompt_id": raised.prompt.id, "claim_id": claim}


def exported(cast: Cast, case: Case, parts: Sequence[str] = exports.PARTS) -> Export:
    """Amal asks for an export and Farah approves it."""
    wish = exports.Wish(parts=parts, reason="Maître Exemple", days=3)
    export = exports.ask(case, cast.actor("amal"), wish, today=TODAY)
    exports.approve(export, cast.actor("farah"), today=TODAY)
    export.refresh_from_db()
    return export


def world(cast: Cast, request_id: str) -> World:
    """Build one object of every kind."""
    case = a_case(cast)
    permitted(cast, case)
    pathways.record_event(case, cast.actor("amal"), "arrived", TODAY, today=TODAY)
    case.refresh_from_db()
    record = evidence.items_of(case, cast.actor("amal"), today=TODAY)[0].id
    amal = cast.actor("amal")
    picture = summons(cast, case)
    copy = viewing.copy_of(item_of_case(amal, case.id, picture).sought)
    request_copy = viewing.copy_of(file_of_request(amal, request_id, "1").sought)
    sign_card(amal, ["https://help.lantern.example/"], days=90, today=TODAY)
    second = dossiers.compose_dossier(case, cast.actor("amal"), plan([record]), today=TODAY)
    other = a_case(cast, working_name="Lev")
    interview(cast, other)
    (assignment,) = assigned(cast, other, "bea")
    attestation = second.attestations.get(evaluator=cast.actor("bea").member)
    return World(
        request_id=request_id,
        case_id=case.id,
        record_id=record,
        item_id=picture,
        assignment_id=assignment.id,
        attestation_id=str(attestation.pk),
        dossier_id=second.id,
        member_id=cast.actor("emil").id,
        colleague_id=cast.actor("farah").id,
        copy_id=copy.id,
        form_id=a_form(cast, request_id),
        request_copy_id=request_copy.id,
        answer_id=_canned_answer(cast),
        certificate_id=_certificate(cast),
        export_id=exported(cast, case).id,
        audience=audience_id(AUTHORITY),
        concern_id=_concern(cast, request_id),
        canary_id=_canary(cast, case, picture),
        hit_id=_hit(cast, case),
        overlap_id=overlap(cast, case),
        **_said(cast, case),
        invitation_id=invite(cast.actor("dana"), alias="New", roles=[Role.RESEARCHER], language="en", now=NOW)[0].id,
    )
