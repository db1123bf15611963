"""The main job, walked through the services: from an anonymous request to a verified dossier and a recorded permit."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from safeconduct import packs
from safeconduct.core.evaluation import Outcome
from safeconduct.core.questionnaires import Sealed, by_seal, read_answers
from safeconduct.demo import caution, evaluations, listed, nearby, told
from safeconduct.demo.coalition import AUTHORITY, actor_named
from safeconduct.demo.evidence import LETTER, arrived, drawn_page
from safeconduct.demo.people import ANTON, OTHERS, REQUESTS, Person, request_answers
from safeconduct.desk.accounts.models import Organisation
from safeconduct.desk.cases import services as cases
from safeconduct.desk.cases.models import Case
from safeconduct.desk.dossiers import services as dossiers
from safeconduct.desk.dossiers.models import Dossier
from safeconduct.desk.dossiers.selectors import shown_before_release
from safeconduct.desk.evaluations import followups, teasers
from safeconduct.desk.evaluations import services as evaluating
from safeconduct.desk.evaluations.models import Assignment
from safeconduct.desk.evidence import services as evidence
from safeconduct.desk.intake import services as intake
from safeconduct.desk.intake.models import Request
from safeconduct.desk.pathways import services as pathways
from safeconduct.desk.pathways.models import Authority
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.web import clock
from safeconduct.desk.web.asking import values_of

CONSENTED = ("case_handling", "open_source_research", "lawyer", "statistics")

TOLD = (
    "Здравствуйте. Мы не смогли подать ваше дело: не удалось установить, что вас призывали. Помогли бы повестка, запись в "
    "реестре или письмо части. Вы можете попросить о пересмотре: этим займутся другие люди."
)
"""What a person reads whose case was not recommended."""

QUESTION = "Кто и когда принял рапорт об отказе, и есть ли на нём отметка о регистрации?"
"""What an evaluator asks in the record of another case."""


@dataclass
class Stage:
    """One stage of the walk."""

    name: str
    seconds: float
    made: dict[str, str]


@dataclass
class Walk:
    """The walk as it happened. `say` is called with each stage when it ends."""

    today: date
    say: Callable[[Stage], None]
    stages: list[Stage] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[dict[str, str]]:
        """Time one stage; what it makes goes into the given mapping."""
        made: dict[str, str] = {}
        start = time.perf_counter()
        yield made
        stage = Stage(name, time.perf_counter() - start, made)
        self.stages.append(stage)
        self.say(stage)


def walk_main_job(walk: Walk) -> Dossier:
    """Anton's case, from the request to the permit; gives the released dossier."""
    today = walk.today
    case = _to_evaluations(walk)
    with walk.stage("comparison and decision") as made:
        reasons = "Les deux évaluations concordent sur chaque critère ; aucune question d'exclusion ni de sécurité n'est ouverte."
        made["decision"] = evaluating.decide(_fresh(case), actor_named("camille"), Outcome.RECOMMENDED, reasons, today=today)
    with walk.stage("dossier composed") as made:
        dossier = dossiers.compose_dossier(_fresh(case), actor_named("camille"), _plan(case, today), today=today)
        made["dossier"] = dossier.id
    with walk.stage("attested by both evaluators"):
        for attestation in dossier.attestations.select_related("dossier__case", "evaluator").order_by("position"):
            dossiers.attest_dossier(attestation, actor_named(attestation.evaluator.sign_in_name), today=today)
    with walk.stage("released by a second person"):
        shown = shown_before_release(dossier, actor_named("noemie"), today=today)
        dossiers.release_dossier(
            dossier, actor_named("noemie"), read=[thing.id for thing in shown.things], today=today, now=clock.now()
        )
    dossier.refresh_from_db()
    _after_release(walk, dossier)
    return dossier


def fill_desks(today: date) -> None:
    """Seven more cases at other stages, three requests that wait in the inbox, a concern and a copy to approve."""
    for person in REQUESTS:
        _file(person, today)
    vera, denis, rinat, lev, sergei, ilya, pavel = (_open_case(person, today) for person in OTHERS)
    del vera
    _interview(denis, today)
    caution.worry(_fresh(denis), today)
    _assign(rinat, ("jonas", "aigerim"), today, declare=False)
    first, second = _assign(lev, ("jonas", "aigerim"), today)
    evaluating.hand_in(first, actor_named("jonas"), evaluations.ratings(), today=today)
    followups.ask(second, actor_named("aigerim"), Section.ACCOUNT, QUESTION, today=today)
    _hand_in_both(sergei, today, {}, {"identity": "5"})
    caution.ask_for_a_copy(_fresh(sergei), today)
    _hand_in_both(ilya, today, {"stance": "5"}, {"stance": "2"})
    _hand_in_both(pavel, today, {"call_up": "1", "stance": "2"}, {"call_up": "1", "stance": "2"})
    reasons = "L'appel sous les drapeaux n'est pas établi ; le demandeur reçoit les motifs et peut demander un réexamen."
    evaluating.decide(_fresh(pavel), actor_named("camille"), Outcome.NOT_RECOMMENDED, reasons, told=TOLD, today=today)


def _to_evaluations(walk: Walk) -> Case:
    today = walk.today
    with walk.stage("request filed") as made:
        request = _file(ANTON, today)
        made["request"] = request.id
    with walk.stage("answered and triaged") as made:
        intake.send_as_desk(
            request, actor_named("sacha"), "Здравствуйте, Антон. Мы прочитали ваше обращение и готовы помочь.", today=today
        )
        case = _triage(ANTON, request, today)
        made["case"], made["reference"] = case.id, case.reference
    with walk.stage("interview"):
        _interview(case, today)
    with walk.stage("evidence") as made:
        for number, record in enumerate(_collect_evidence(case, today), start=1):
            made[f"evidence {number}"] = record
    with walk.stage("screened against an invented list") as made:
        listed.import_list(today)
        made["hits"] = str(listed.screen(case, today))
    with walk.stage("stays beside invented incidents") as made:
        nearby.import_incidents(today)
        made["coincidences"] = str(nearby.search(case, today))
    with walk.stage("statements, a timeline and its questions") as made:
        made["questions"] = str(told.record(case, today))
    with walk.stage("two evaluators assigned") as made:
        first, second = _assign(case, ("jonas", "aigerim"), today)
        made["first"], made["second"] = first.id, second.id
    with walk.stage("two evaluations, cross-locked"):
        cited = _evidence_ids(case, today)
        evaluating.hand_in(first, actor_named("jonas"), evaluations.ratings(cited), today=today)
        evaluating.hand_in(second, actor_named("aigerim"), evaluations.ratings(cited, identity="5"), today=today)
    return case


def _after_release(walk: Walk, dossier: Dossier) -> None:
    today, liaison = walk.today, actor_named("noemie")
    with walk.stage("submitted to an authority") as made:
        authority = Authority.objects.get(organisation_id="lueur", name=AUTHORITY)
        how = "Remis en main propre sur support chiffré"
        submission = pathways.record_submission(dossier, liaison, authority, how=how, on=today, today=today)
        made["submission"] = submission.id
    with walk.stage("entry permit recorded") as made:
        details = pathways.PermitDetails(
            kind="laissez-passer",
            number="SPECIMEN-0001",
            issued_on=today,
            valid_from=today,
            valid_until=today + timedelta(days=60),
        )
        made["permit"] = pathways.record_permit(submission, liaison, details, today=today).id


def _file(person: Person, today: date) -> Request:
    pack = packs.questionnaire(packs.REQUEST)
    reading = read_answers(pack, request_answers(person))
    assert not reading.problems, reading.problems
    filing = intake.Filing(stamp=pack.stamp, language=person.language, answers=values_of(reading.answers))
    _, request = intake.file_request(Organisation.objects.get(pk="lueur"), filing, today=today)
    return request


def _open_case(person: Person, today: date) -> Case:
    return _triage(person, _file(person, today), today)


def _triage(person: Person, request: Request, today: date) -> Case:
    triage = cases.Triage(
        working_name=person.working_name,
        country=person.country,
        category=person.category,
        urgency=person.urgency,
        risk=person.risk,
        language=person.language,
    )
    consents = [cases.Consent(purpose=purpose, given=True) for purpose in CONSENTED]
    consents.append(cases.Consent(purpose="partner", given=True, recipients=["Geleit Nord", "Dala Qamqor"]))
    consents.append(cases.Consent(purpose="state_authority", given=True, recipients=[AUTHORITY]))
    stamp = packs.consents(packs.CONSENTS).stamp
    return cases.open_case(request, actor_named("sacha"), triage, consents, wording=stamp, today=today)


def _interview(case: Case, today: date) -> None:
    pack = packs.questionnaire(packs.SCREENING)
    reading = read_answers(pack, ANTON.interview)
    assert not reading.problems, reading.problems
    answers: dict[Section, dict[str, Any]] = {
        Section(sealed.value): values_of(given)
        for sealed, given in by_seal(pack, reading.answers).items()
        if sealed is not Sealed.EVALUATIONS
    }
    cases.record_interview(case, actor_named("sacha"), answers, stamp=pack.stamp, language="fr", today=today)


def _collect_evidence(case: Case, today: date) -> list[str]:
    summons = evidence.Item(
        title="Convocation de mobilisation (exemplaire fictif)",
        kind="summons",
        source="Remise par le demandeur, photographie de l'original",
        obtained="Téléversée par le demandeur, vérifiée à l'écran lors de l'entretien",
        dated="2022-09-27",
        shows="Convocation nominative ; la remise n'est pas prouvée.",
        reveals=("identity", "service"),
    )
    report = evidence.Item(
        title="Rapport de refus (exemplaire fictif)",
        kind="discharge-report",
        source="Copie gardée par le demandeur",
        obtained="Transcription envoyée par le demandeur",
        dated="2023-01-10",
        shows="Refus de combattre antérieur au départ.",
        reveals=("front", "refusal"),
    )
    sacha = actor_named("sacha")
    return [
        evidence.add_item(case, sacha, summons, arrived("summons.png", drawn_page()), today=today),
        evidence.add_item(case, sacha, report, arrived("report.txt", LETTER), today=today),
    ]


def _evidence_ids(case: Case, today: date) -> list[str]:
    return [item.id for item in evidence.items_of(case, actor_named("camille"), today=today)]


def _assign(case: Case, names: tuple[str, str], today: date, *, declare: bool = True) -> tuple[Assignment, Assignment]:
    coordinator = actor_named("camille")
    rows = [evaluating.assign(_fresh(case), coordinator, actor_named(name).member, today=today) for name in names]
    if declare:
        for row, name in zip(rows, names, strict=True):
            teasers.show_names(row, actor_named(name), today=today)
            evaluating.declare(row, actor_named(name), has_conflict=False, today=today)
            evaluating.open_file(row, coordinator, today=today)
    first, second = (Assignment.objects.select_related("case").get(pk=row.pk) for row in rows)
    return first, second


def _hand_in_both(case: Case, today: date, first: dict[str, str], second: dict[str, str]) -> None:
    rows = _assign(case, ("jonas", "aigerim"), today)
    for row, name, changed in zip(rows, ("jonas", "aigerim"), (first, second), strict=True):
        evaluating.hand_in(row, actor_named(name), evaluations.ratings(**changed), today=today)


def _plan(case: Case, today: date) -> dossiers.Plan:
    return dossiers.Plan(
        recipient=AUTHORITY,
        address=("Bureau des admissions", "Paris"),
        language="fr",
        request="Demande d'autorisation d'entrée aux fins d'asile",
        summary=(
            "M. Anton Zvonarev (personne fictive), né en 1993, mobilisé en septembre 2022, a refusé de combattre en janvier 2023 "
            "et a quitté les forces armées russes en mars 2023. Il vit au Kazakhstan, sans passeport international, sous "
            "attestation de demandeur d'asile, et il est recherché.\n\n"
            "Deux évaluateurs d'organisations différentes ont examiné son dossier sans se concerter. Leurs constats concordent."
        ),
        limits=(
            "Aucune source russe n'a été interrogée.\n"
            "Les sources publiques couvrent inégalement la région de Louhansk pour l'hiver 2022-2023."
        ),
        sections=(Section.ACCOUNT, Section.CONVICTIONS, Section.CONDUCT),
        evidence=_evidence_ids(case, today),
        with_reasons=True,
        contact=("Lueur, coordination", "contact@lueur.example"),
    )


def _fresh(case: Case) -> Case:
    return Case.objects.select_related("organisation").get(pk=case.pk)
