"""Two evaluators, each blind to the other, and a decision by the rules."""

import json

import pytest

from safeconduct.core.custody import Purpose
from safeconduct.core.evaluation import CriterionRating, IndependenceCode, Outcome
from safeconduct.core.sealing import SealingRefused
from safeconduct.desk.cases.models import Case, CasePart
from safeconduct.desk.evaluations import selectors, services
from safeconduct.desk.evaluations.errors import Incomplete, NotIndependent, NotNeeded, NotYetOpen, OtherNotReady, OutcomeBarred
from safeconduct.desk.evaluations.models import Assignment, HandedIn
from safeconduct.desk.vault import locks, opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.sections import Section
from safeconduct.packs import WAR_REFUSERS, criteria
from tests.cast import TODAY, Cast, a_case
from tests.evaluators import assigned

REASON = "What he tells of the unit, its commander and the days of the training agrees with the order book. " * 3


def ratings(**changed: str) -> list[CriterionRating]:
    """A complete evaluation in favour, with single ratings changed."""
    best = {"material": "5", "findings": "A", "risk": "4", "vulnerability": "support"}
    return [
        CriterionRating(
            criterion=each.id,
            rating=changed.get(each.id, best[each.scale.id]),
            reason=REASON,
            no_evidence_because="Only his own account was at hand.",
            would_change_my_mind="A document that places him elsewhere.",
        )
        for each in criteria(WAR_REFUSERS).criteria
    ]


def test_both_in_and_agreeing_can_be_recommended(cast: Cast) -> None:
    case = a_case(cast)
    first, second = assigned(cast, case, "bea", "emil")
    services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)
    services.hand_in(second, cast.actor("emil"), ratings(identity="4"), today=TODAY)
    case.refresh_from_db()
    assert case.stage == Case.Stage.DECISION
    compared = selectors.compared(case, cast.actor("farah"), today=TODAY)
    assert [each.evaluator.alias for each in compared.opened] == ["Bea", "Emil"]
    assert compared.comparison.row("identity").distance == 1
    services.decide(case, cast.actor("amal"), Outcome.RECOMMENDED, "Both agree.", today=TODAY)
    case.refresh_from_db()
    assert case.stage == Case.Stage.DOSSIER


def test_the_first_stays_closed_to_everybody_until_the_second_is_in(cast: Cast) -> None:
    """Whoever holds the whole database, and the coordinator's keys, has no key to the outer seal."""
    case = a_case(cast)
    first, second = assigned(cast, case, "bea", "emil")
    services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)
    amal = cast.actor("amal")
    with pytest.raises(NotYetOpen):
        selectors.opened_evaluations(case, amal, today=TODAY)
    with opening.opened(case.subject, holder=amal, purpose=Purpose.COMPARISON, today=TODAY) as file:
        reading = file.reading_pair(Section.EVALUATIONS)
    (sealed,) = (bytes(row.sealed) for row in HandedIn.objects.filter(assignment=first) if row.sealed)
    with pytest.raises(SealingRefused):
        locks.open_inner(case.subject, first.id, sealed, [reading])
    published = [bytes(row.lock_published) for row in case.assignments.all() if row.lock_published]
    for key in [*published, amal.sealing.secret_bytes(), reading.secret_bytes()]:
        with pytest.raises(SealingRefused):
            locks.open_outer(case.subject, first.id, sealed, key)
    assert second.lock_published is None


def test_an_evaluator_cannot_read_the_other_evaluation_even_afterwards(cast: Cast) -> None:
    case = a_case(cast)
    first, second = assigned(cast, case, "bea", "emil")
    services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)
    services.hand_in(second, cast.actor("emil"), ratings(), today=TODAY)
    with pytest.raises(NotGranted):
        selectors.opened_evaluations(case, cast.actor("bea"), today=TODAY)
    own = selectors.own_evaluation(first, cast.actor("bea"))
    assert own is not None
    assert own.rating_of("identity") is not None
    with pytest.raises(SealingRefused):
        selectors.own_evaluation(first, cast.actor("emil"))


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["bea", "bea"], IndependenceCode.SAME_PERSON),
        (["amal"], IndependenceCode.BROUGHT_THE_PERSON_IN),
    ],
)
def test_evaluators_who_are_not_independent_are_refused(cast: Cast, names: list[str], code: IndependenceCode) -> None:
    case, amal = a_case(cast), cast.actor("amal")
    for name in names[:-1]:
        services.assign(case, amal, cast.actor(name).member, today=TODAY)
    with pytest.raises(NotIndependent) as refused:
        services.assign(case, amal, cast.actor(names[-1]).member, today=TODAY)
    assert code in {problem.code for problem in refused.value.problems}


def test_the_interviewer_may_not_evaluate(cast: Cast) -> None:
    case = a_case(cast)
    CasePart.objects.create(case=case, member=cast.actor("bea").member, part=CasePart.Part.INTERVIEWER)
    with pytest.raises(NotIndependent):
        services.assign(case, cast.actor("amal"), cast.actor("bea").member, today=TODAY)


def test_nothing_can_be_handed_in_before_the_other_has_accepted(cast: Cast) -> None:
    case = a_case(cast)
    (first,) = assigned(cast, case, "bea")
    with pytest.raises(OtherNotReady):
        services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)


def test_an_incomplete_evaluation_names_what_is_lacking(cast: Cast) -> None:
    case = a_case(cast)
    first, _ = assigned(cast, case, "bea", "emil")
    with pytest.raises(Incomplete) as refused:
        services.hand_in(first, cast.actor("bea"), ratings()[1:], today=TODAY)
    assert [gap.criterion for gap in refused.value.gaps] == ["identity"]


def test_a_signed_evaluation_cannot_be_handed_in_again(cast: Cast) -> None:
    case = a_case(cast)
    first, _ = assigned(cast, case, "bea", "emil")
    services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)
    with pytest.raises(Incomplete):
        services.hand_in(first, cast.actor("bea"), ratings(identity="1"), today=TODAY)


@pytest.mark.parametrize("criterion", ["exclusion", "security"])
def test_an_open_exclusion_or_security_finding_bars_recommended(cast: Cast, criterion: str) -> None:
    case = a_case(cast)
    first, second = assigned(cast, case, "bea", "emil")
    for name, row in (("bea", first), ("emil", second)):
        services.hand_in(row, cast.actor(name), ratings(**{criterion: "C"}), today=TODAY)
    with pytest.raises(OutcomeBarred):
        services.decide(case, cast.actor("amal"), Outcome.RECOMMENDED, "No.", today=TODAY)


def test_disagreement_asks_for_a_third_before_any_decision(cast: Cast) -> None:
    case = a_case(cast)
    first, second = assigned(cast, case, "bea", "emil")
    services.hand_in(first, cast.actor("bea"), ratings(identity="5"), today=TODAY)
    services.hand_in(second, cast.actor("emil"), ratings(identity="2"), today=TODAY)
    compared = selectors.compared(case, cast.actor("amal"), today=TODAY)
    assert compared.comparison.third_needed
    for outcome in Outcome:
        with pytest.raises(OutcomeBarred):
            services.decide(case, cast.actor("amal"), outcome, "Too early.", today=TODAY)


def test_the_decision_is_signed_and_a_changed_word_is_noticed(cast: Cast) -> None:
    case, amal = a_case(cast), cast.actor("amal")
    first, second = assigned(cast, case, "bea", "emil")
    services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)
    services.hand_in(second, cast.actor("emil"), ratings(), today=TODAY)
    record = services.decide(case, amal, Outcome.RECOMMENDED, "Both agree.", today=TODAY)
    with opening.opened(case.subject, holder=amal, purpose=Purpose.DECISION, today=TODAY) as file:
        decision = selectors.decision_of(file)
        assert decision is not None
        assert decision["outcome"] == "recommended"
        kept = file.read(record)
        forged = json.dumps({**json.loads(kept.content["decision"]), "outcome": "not_recommended"}, separators=(",", ":"))
        file.write(Section.EVALUATIONS, "decision", {**kept.content, "decision": forged}, replaces=kept)
        with pytest.raises(SealingRefused):
            selectors.decision_of(file)


def decided(cast: Cast, case: Case) -> None:
    """Both in favour, and recommended."""
    first, second = assigned(cast, case, "bea", "emil")
    services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)
    services.hand_in(second, cast.actor("emil"), ratings(), today=TODAY)
    services.decide(case, cast.actor("amal"), Outcome.RECOMMENDED, "Both agree.", today=TODAY)


def test_a_case_that_is_decided_is_not_decided_once_more(cast: Cast) -> None:
    """Two coordinators who sign at the same moment, or one who presses twice: the first signature counts."""
    case = a_case(cast)
    decided(cast, case)
    with pytest.raises(OutcomeBarred):
        services.decide(case, cast.actor("farah"), Outcome.NOT_RECOMMENDED, "On second thoughts.", told="No.", today=TODAY)
    case.refresh_from_db()
    assert case.stage == Case.Stage.DOSSIER
    with opening.opened(case.subject, holder=cast.actor("amal"), purpose=Purpose.DECISION, today=TODAY) as file:
        decision = selectors.decision_of(file)
    assert decision is not None
    assert decision["outcome"] == "recommended"


def test_a_declaration_is_made_once(cast: Cast) -> None:
    case, bea = a_case(cast), cast.actor("bea")
    (row,) = assigned(cast, case, "bea")
    services.declare(row, bea, has_conflict=True, today=TODAY)
    services.declare(row, bea, has_conflict=False, today=TODAY)
    again = Assignment.objects.get(pk=row.pk)
    assert (again.state, again.lock_public) == (Assignment.State.ACCEPTED, row.lock_public)
    with opening.opened(case.subject, holder=bea, purpose=Purpose.EVALUATION, today=TODAY) as file:
        assert file.sections


def test_a_third_is_asked_when_both_are_in_and_a_fourth_never(cast: Cast) -> None:
    case, amal = a_case(cast), cast.actor("amal")
    others = [cast.actor(name).member for name in ("farah", "gita")]
    for member in others:
        member.roles = ["evaluator"]
        member.save()
    first, second = assigned(cast, case, "bea", "emil")
    with pytest.raises(NotNeeded):
        services.assign(case, amal, others[0], today=TODAY)
    services.hand_in(first, cast.actor("bea"), ratings(identity="5"), today=TODAY)
    services.hand_in(second, cast.actor("emil"), ratings(identity="2"), today=TODAY)
    assert services.assign(case, amal, others[0], today=TODAY).position == 3
    with pytest.raises(NotNeeded):
        services.assign(case, amal, others[1], today=TODAY)
