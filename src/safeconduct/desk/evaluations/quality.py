"""How evaluating goes, for the coordinator's own quality work: agreement, time, drift. Never a number about a case or a person.

Everything is opened in this session, over the cases that the actor coordinates, and kept nowhere. Small numbers are not shown.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from safeconduct.core.errors import UnreadableInput
from safeconduct.core.evaluation import (
    FEWEST_PAIRS,
    Criteria,
    Criterion,
    Kappa,
    NoAgreementToMeasure,
    Weights,
    kappa,
)
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.cases.access import readable_cases
from safeconduct.desk.cases.models import Case
from safeconduct.desk.evaluations.errors import NotYetOpen
from safeconduct.desk.evaluations.models import PAIR, HandedIn
from safeconduct.desk.evaluations.selectors import OpenedEvaluation, are_in, opened_evaluations
from safeconduct.packs import criteria_of

FEWEST_CASES: Final = 5
"""Times and months with fewer evaluations are not shown."""
MOST_CASES: Final = 200
"""The newest so many cases are looked at."""


@dataclass(frozen=True)
class CriterionAgreement:
    """Agreement on one criterion over many cases; nothing where there are too few, or where chance explains all."""

    criterion: Criterion
    pairs: int
    plain: Kappa | None
    weighted: Kappa | None
    """By steps, linear; nothing else than `plain` would say on a scale of two."""


@dataclass(frozen=True)
class PackAgreement:
    """Agreement by the criteria of one pack."""

    criteria: Criteria
    rows: Sequence[CriterionAgreement]


@dataclass(frozen=True)
class EvaluatorTime:
    """How long one evaluator takes; `days` is nothing where there are too few."""

    evaluator: Member
    evaluations: int
    days: float | None
    """Median of the days from being asked to signing."""


@dataclass(frozen=True)
class Month:
    """One month of double evaluations, by the day on which the second was signed; shares are nothing where there are too few."""

    month: date
    cases: int
    near: float | None
    """Share of criteria on which the two are the same or one step apart, 0 to 1."""
    days: float | None


@dataclass(frozen=True)
class Quality:
    """What the page shows."""

    agreement: Sequence[PackAgreement]
    times: Sequence[EvaluatorTime]
    """By alias: it is no ranking."""
    months: Sequence[Month]
    cases: int
    left_out: int
    """Cases whose criteria are not at hand."""


def quality(actor: Actor, *, today: date) -> Quality:
    """Open every double evaluation of the actor's organisation that they hold keys of, and count."""
    own = readable_cases(actor).filter(organisation_id=actor.organisation, assignments__position=2)
    pairs, left_out = [], 0
    for case in own.distinct().order_by("-opened_on", "id")[:MOST_CASES]:
        try:
            pairs += _pair_of(case, actor, today)
        except UnreadableInput:
            left_out += 1
    return Quality(_by_pack(pairs), _times(actor), _months(pairs), len(pairs), left_out)


@dataclass(frozen=True, repr=False)
class _Pair:
    criteria: Criteria
    first: OpenedEvaluation
    second: OpenedEvaluation

    @property
    def signed_on(self) -> date:
        return max(self.first.evaluation.signed_on, self.second.evaluation.signed_on)

    @property
    def days(self) -> list[int]:
        return [(each.evaluation.signed_on - each.assignment.assigned_on).days for each in (self.first, self.second)]

    def ratings(self, criterion: Criterion) -> tuple[str, str] | None:
        """Both ratings, where both assessed it."""
        given = [each.evaluation.rating_of(criterion.id) for each in (self.first, self.second)]
        found = [each.rating for each in given if each is not None and criterion.scale.rating(each.rating).order is not None]
        return (found[0], found[1]) if len(found) == len(PAIR) else None


def _pair_of(case: Case, actor: Actor, today: date) -> list[_Pair]:
    if not are_in(case):
        return []
    try:
        opened = opened_evaluations(case, actor, today=today)
    except NotYetOpen:
        return []
    # What each signed first, unseen by anybody: later versions were written knowing new facts.
    blind = {each.assignment.position: each for each in reversed(opened) if each.assignment.position in PAIR}
    first, second = (blind[position] for position in PAIR)
    return [_Pair(criteria_of(first.evaluation.pack), first, second)]


def _by_pack(pairs: Iterable[_Pair]) -> list[PackAgreement]:
    by_pack: dict[str, list[_Pair]] = {}
    for pair in pairs:
        by_pack.setdefault(pair.criteria.stamp.digest, []).append(pair)
    return [
        PackAgreement(group[0].criteria, [_agreement(criterion, group) for criterion in group[0].criteria.criteria])
        for group in by_pack.values()
    ]


def _agreement(criterion: Criterion, group: Sequence[_Pair]) -> CriterionAgreement:
    ratings = [found for pair in group if (found := pair.ratings(criterion)) is not None]
    if len(ratings) < FEWEST_PAIRS:
        return CriterionAgreement(criterion, len(ratings), None, None)
    ordered = sorted((each for each in criterion.scale.ratings if each.order is not None), key=lambda each: each.order or 0)
    scale = [each.id for each in ordered]
    return CriterionAgreement(
        criterion, len(ratings), _kappa(ratings, scale, Weights.NONE), _kappa(ratings, scale, Weights.LINEAR)
    )


def _kappa(ratings: Sequence[tuple[str, str]], scale: Sequence[str], weights: Weights) -> Kappa | None:
    try:
        return kappa(ratings, scale, weights=weights)
    except NoAgreementToMeasure:
        return None


def _times(actor: Actor) -> list[EvaluatorTime]:
    rows = HandedIn.objects.filter(assignment__case__organisation_id=actor.organisation, version=1)
    days: dict[Member, list[int]] = {}
    for row in rows.select_related("assignment__evaluator__organisation"):
        days.setdefault(row.assignment.evaluator, []).append((row.day - row.assignment.assigned_on).days)
    return [
        EvaluatorTime(member, len(taken), median(taken) if len(taken) >= FEWEST_CASES else None)
        for member, taken in sorted(days.items(), key=lambda item: item[0].alias.casefold())
    ]


def _months(pairs: Iterable[_Pair]) -> list[Month]:
    by_month: dict[date, list[_Pair]] = {}
    for pair in pairs:
        by_month.setdefault(pair.signed_on.replace(day=1), []).append(pair)
    return [_month(month, group) for month, group in sorted(by_month.items())]


def _month(month: date, group: Sequence[_Pair]) -> Month:
    if len(group) < FEWEST_CASES:
        return Month(month, len(group), None, None)
    near = [steps <= 1 for pair in group for steps in _steps(pair)]
    return Month(month, len(group), sum(near) / len(near) if near else None, median(day for pair in group for day in pair.days))


def _steps(pair: _Pair) -> Iterator[int]:
    for criterion in pair.criteria.criteria:
        ratings = pair.ratings(criterion)
        if ratings is not None:
            first, second = (criterion.scale.rating(each).order or 0 for each in ratings)
            yield abs(first - second)
