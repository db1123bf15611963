"""Evaluations to compare: complete ones, whose ratings can be set one by one."""

import datetime

from hypothesis import strategies as st

from safeconduct import packs
from safeconduct.core.evaluation import Criterion, CriterionRating, Evaluation, Participant

CRITERIA = packs.criteria(packs.WAR_REFUSERS)
SIGNED = datetime.date(2026, 10, 1)
TODAY = datetime.date(2026, 11, 22)
REASON = "What was said about the place and the time was compared with two open sources and with the papers. " * 3

AMAL = Participant("amal", "almaty")
BEA = Participant("bea", "paris")
CHIDI = Participant("chidi", "berlin")

CALM = {
    "identity": "4",
    "membership": "4",
    "call_up": "4",
    "stance": "4",
    "exclusion": "A",
    "security": "A",
    "risk_on_return": "4",
    "risk_in_transit": "3",
    "vulnerability": "support",
}


def rated(criterion: str, rating: str) -> CriterionRating:
    """A complete rating."""
    return CriterionRating(
        criterion=criterion, rating=rating, reason=REASON, cited=("item-1",), would_change_my_mind="Another roll of the unit."
    )


def evaluation(evaluator: Participant, **ratings: str) -> Evaluation:
    """A complete evaluation: calm, but for the ratings given."""
    return signed(evaluator, SIGNED, **ratings)


def signed(evaluator: Participant, signed_on: datetime.date, **ratings: str) -> Evaluation:
    """The same, signed on that day."""
    return Evaluation(
        evaluator=evaluator,
        pack=CRITERIA.stamp,
        version=1,
        signed_on=signed_on,
        ratings=tuple(rated(criterion, rating) for criterion, rating in (CALM | ratings).items()),
    )


def any_rating(criterion: Criterion) -> st.SearchStrategy[str]:
    """Any rating on the criterion's scale."""
    return st.sampled_from([rating.id for rating in criterion.scale.ratings])


def any_evaluation(evaluator: Participant) -> st.SearchStrategy[Evaluation]:
    """A complete evaluation with any ratings."""
    drawn = st.fixed_dictionaries({criterion.id: any_rating(criterion) for criterion in CRITERIA.criteria})
    return drawn.map(lambda ratings: evaluation(evaluator, **ratings))
