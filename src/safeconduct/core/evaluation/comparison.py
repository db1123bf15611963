"""Evaluations side by side: how far apart they are, whether a third is called, and which outcomes are open.

The rules are those of the criteria pack. Where their words leave room, the cautious reading is taken: any
difference that touches an open finding calls a third; an open finding of anyone whose evaluation counts
bars “recommended”, also beside a third that clears it, until that evaluator signs a new version; what
only some assessed has no second opinion, and calls a third.
"""

import datetime
import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from safeconduct.core.errors import SafeconductError
from safeconduct.core.evaluation.criteria import Criteria, Criterion, Outcome, Rating, ScaleKind
from safeconduct.core.evaluation.evaluations import Evaluation, Participant, gaps, is_current


class NotComparable(SafeconductError):
    """Evaluations were put side by side that are incomplete, of one evaluator, or of another pack."""


class Agreement(enum.Enum):
    """How the ratings of one criterion stand to each other."""

    SAME = "same"
    CLOSE = "close"
    """They differ, by too little to call a third."""
    APART = "apart"
    """Far enough apart to call a third, or an open finding that is not shared."""
    ONE_SIDED = "one_sided"
    """Some assessed it and some did not."""
    NOT_ASSESSED = "not_assessed"
    """Nobody assessed it."""
    SINGLE = "single"
    """Only one evaluation counts so far."""
    UNKNOWN = "unknown"
    """No evaluation counts."""


@dataclass(frozen=True)
class CriterionComparison:
    """One criterion in every evaluation that counts; `ratings` in the order of `Comparison.evaluations`."""

    criterion: Criterion
    ratings: tuple[Rating, ...]
    distance: int | None
    """The most steps between any two assessed ratings; None with fewer than two."""
    agreement: Agreement

    @property
    def calls_third(self) -> bool:
        """Whether this criterion alone asks for a third evaluator."""
        if self.agreement is Agreement.ONE_SIDED:
            return not self.criterion.may_stay_unassessed
        return self.agreement is Agreement.APART

    @property
    def open(self) -> bool:
        """Whether anyone left an indication open."""
        return any(each.open for each in self.ratings)

    @property
    def urgent(self) -> bool:
        """Whether anyone asks for the urgent route."""
        return any(each.id == self.criterion.urgent_at for each in self.ratings)


@dataclass(frozen=True)
class Comparison:
    """Every criterion side by side. It holds no sum, no mean and no score, and must never get one."""

    criteria: Criteria
    evaluations: tuple[Evaluation, ...]
    """Those that count today."""
    expired: tuple[Evaluation, ...]
    """Those that do not: too old, or signed before new facts."""
    rows: tuple[CriterionComparison, ...]

    @property
    def enough(self) -> bool:
        """Whether as many evaluations count as the pack asks for, from at least two organisations."""
        organisations = {each.evaluator.organisation for each in self.evaluations}
        return len(self.evaluations) >= self.criteria.rules.fewest_evaluations and len(organisations) >= 2

    @property
    def third_needed(self) -> bool:
        """Whether the evaluations that count differ so much that one more must be made first."""
        too_few = len(self.evaluations) <= self.criteria.rules.fewest_evaluations
        return self.enough and too_few and any(row.calls_third for row in self.rows)

    @property
    def urgent(self) -> bool:
        """Whether anyone asks for the urgent route."""
        return any(row.urgent for row in self.rows)

    def row(self, criterion: str) -> CriterionComparison:
        """The row of a criterion; KeyError when there is none."""
        for each in self.rows:
            if each.criterion.id == criterion:
                return each
        raise KeyError(criterion)


class BarCode(enum.Enum):
    """Why an outcome is not open."""

    TOO_FEW_EVALUATIONS = "too_few_evaluations"
    THIRD_NEEDED = "third_needed"
    OPEN_FINDING = "open_finding"
    NOT_ASSESSED = "not_assessed"
    """A criterion that nobody assessed cannot support a recommendation."""


@dataclass(frozen=True)
class Bar:
    """What stands in the way of an outcome, and at which criterion (empty: at none in particular)."""

    outcome: Outcome
    code: BarCode
    criterion: str = ""


@dataclass(frozen=True)
class PossibleOutcomes:
    """Among what a person may choose, and what bars the rest. Nothing is chosen here."""

    outcomes: frozenset[Outcome]
    bars: tuple[Bar, ...]


def compare(
    criteria: Criteria,
    evaluations: Sequence[Evaluation],
    *,
    today: datetime.date,
    new_facts_on: datetime.date | None = None,
    out_of_date: Collection[str] = (),
) -> Comparison:
    """The evaluations side by side, those that count on that day.

    Give the latest version of each evaluator's evaluation. New facts are told by their day, or, where it is known which
    evaluations were signed before them on the same day, by the evaluators' ids in `out_of_date`.
    Raises NotComparable when two are by one
    evaluator, one was made under another pack, or one is incomplete.
    """
    _require_comparable(criteria, evaluations)
    current = tuple(
        each
        for each in evaluations
        if each.evaluator.member not in out_of_date and is_current(each, criteria, today=today, new_facts_on=new_facts_on)
    )
    return Comparison(
        criteria=criteria,
        evaluations=current,
        expired=tuple(each for each in evaluations if each not in current),
        rows=tuple(_row(criterion, current, criteria.rules.third_from_steps) for criterion in criteria.criteria),
    )


def possible_outcomes(comparison: Comparison) -> PossibleOutcomes:
    """The outcomes among which the coordinator may decide, with reasons, and why the others are barred."""
    blocking = _blocking(comparison)
    if blocking is not None:
        return PossibleOutcomes(frozenset(), tuple(Bar(outcome, blocking) for outcome in Outcome))
    bars = tuple(bar for row in comparison.rows if (bar := _bar_of(row)) is not None)
    return PossibleOutcomes(frozenset(Outcome) - {bar.outcome for bar in bars}, bars)


class IndependenceCode(enum.Enum):
    """Why a set of evaluators is, or might not be, independent."""

    SAME_PERSON = "same_person"
    SAME_ORGANISATION = "same_organisation"
    HELD_THE_INTERVIEW = "held_the_interview"
    BROUGHT_THE_PERSON_IN = "brought_the_person_in"
    CONFLICT_DECLARED = "conflict_declared"
    STEPPED_BACK = "stepped_back"
    """Evaluated this case before and left it."""
    NOT_DECLARED_YET = "not_declared_yet"
    INTERVIEWERS_ORGANISATION = "interviewers_organisation"
    """A prompt only: the organisation that held the interview also evaluates."""
    THIRD_FROM_A_REPRESENTED_ORGANISATION = "third_from_a_represented_organisation"
    """A prompt only: a third evaluator from an organisation that has evaluated already."""


_PROMPTS_ONLY = frozenset({IndependenceCode.INTERVIEWERS_ORGANISATION, IndependenceCode.THIRD_FROM_A_REPRESENTED_ORGANISATION})


@dataclass(frozen=True)
class IndependenceProblem:
    """What is wrong with one evaluator among the others."""

    member: str
    code: IndependenceCode

    @property
    def bars(self) -> bool:
        """Whether this person must not evaluate; otherwise it is a question for the coordinator."""
        return self.code not in _PROMPTS_ONLY


def independence_problems(
    evaluators: Sequence[Participant],
    *,
    interviewers: Sequence[Participant],
    brought_in_by: Sequence[Participant],
    declared_conflict: frozenset[str],
    declared_none: frozenset[str],
    stepped_back: frozenset[str] = frozenset(),
) -> tuple[IndependenceProblem, ...]:
    """What stands against these evaluators, in the order in which they were assigned.

    `declared_conflict` and `declared_none` hold the ids of members who declared a conflict of interest or
    its absence, `stepped_back` of those who began and left.
    """
    found: list[IndependenceProblem] = []
    for index, each in enumerate(evaluators):
        codes = {
            IndependenceCode.SAME_PERSON: each.member in {other.member for other in evaluators[:index]},
            IndependenceCode.HELD_THE_INTERVIEW: each.member in {other.member for other in interviewers},
            IndependenceCode.BROUGHT_THE_PERSON_IN: each.member in {other.member for other in brought_in_by},
            IndependenceCode.CONFLICT_DECLARED: each.member in declared_conflict,
            IndependenceCode.STEPPED_BACK: each.member in stepped_back,
            IndependenceCode.NOT_DECLARED_YET: each.member not in declared_conflict | declared_none,
            _organisation_code(index): _shares_organisation(evaluators, index),
            IndependenceCode.INTERVIEWERS_ORGANISATION: each.organisation in {other.organisation for other in interviewers},
        }
        found.extend(IndependenceProblem(each.member, code) for code, applies in codes.items() if applies)
    return tuple(found)


def _organisation_code(index: int) -> IndependenceCode:
    # The rule asks for two organisations; a third evaluator only adds to a pair that already fulfils it.
    if index >= 2:
        return IndependenceCode.THIRD_FROM_A_REPRESENTED_ORGANISATION
    return IndependenceCode.SAME_ORGANISATION


def _shares_organisation(evaluators: Sequence[Participant], index: int) -> bool:
    return evaluators[index].organisation in {other.organisation for other in evaluators[:index]}


def _require_comparable(criteria: Criteria, evaluations: Sequence[Evaluation]) -> None:
    if len({each.evaluator.member for each in evaluations}) != len(evaluations):
        raise NotComparable("two evaluations are by one evaluator")
    for each in evaluations:
        if each.pack != criteria.stamp:
            raise NotComparable("an evaluation was made under another criteria pack")
        if gaps(criteria, each.ratings):
            raise NotComparable("an evaluation is incomplete")


def _row(criterion: Criterion, evaluations: Sequence[Evaluation], third_from_steps: int) -> CriterionComparison:
    given = (each.rating_of(criterion.id) for each in evaluations)
    ratings = tuple(criterion.scale.rating(each.rating) for each in given if each is not None)
    orders = [each.order for each in ratings if each.order is not None]
    distance = max(orders) - min(orders) if len(orders) >= 2 else None
    return CriterionComparison(criterion, ratings, distance, _agreement(criterion, ratings, distance, third_from_steps))


def _agreement(criterion: Criterion, ratings: Sequence[Rating], distance: int | None, third_from_steps: int) -> Agreement:
    if len(ratings) < 2:
        return Agreement.SINGLE if ratings else Agreement.UNKNOWN
    assessed = sum(each.order is not None for each in ratings)
    if assessed == 0:
        return Agreement.NOT_ASSESSED
    touches_open = criterion.scale.kind is ScaleKind.FINDINGS and any(each.open for each in ratings)
    if distance is not None and (distance >= third_from_steps or (touches_open and distance > 0)):
        return Agreement.APART
    if assessed < len(ratings):
        return Agreement.ONE_SIDED
    return Agreement.SAME if distance == 0 else Agreement.CLOSE


def _blocking(comparison: Comparison) -> BarCode | None:
    if not comparison.enough:
        return BarCode.TOO_FEW_EVALUATIONS
    return BarCode.THIRD_NEEDED if comparison.third_needed else None


def _bar_of(row: CriterionComparison) -> Bar | None:
    if row.criterion.bars_recommendation_when_open and row.open:
        return Bar(Outcome.RECOMMENDED, BarCode.OPEN_FINDING, row.criterion.id)
    if row.agreement is Agreement.NOT_ASSESSED and not row.criterion.may_stay_unassessed:
        return Bar(Outcome.RECOMMENDED, BarCode.NOT_ASSESSED, row.criterion.id)
    return None
