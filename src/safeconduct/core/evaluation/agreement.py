"""How well evaluators agree: Cohen's kappa and weighted kappa with intervals, for the coordinator's own quality work.

Kappa: J. Cohen, Educational and Psychological Measurement 20 (1960) 37-46; weighted: Psychological Bulletin 70 (1968) 213-220.
The standard error is the asymptotic one of J. L. Fleiss, J. Cohen and B. S. Everitt, Psychological Bulletin 72 (1969) 323-327,
for the case that kappa is not zero; it holds for both, since kappa is weighted kappa whose weights are 1 and 0.

These numbers are about the work of evaluating, over many cases. There is none about a case or an applicant.
"""

import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from safeconduct.core.errors import SafeconductError

FEWEST_PAIRS = 10
"""With fewer double ratings nothing is shown: it would say more about single cases than about the work."""


class NoAgreementToMeasure(SafeconductError):
    """There is no pair, or everybody gave one and the same rating throughout: chance alone explains that."""


class Weights(enum.Enum):
    """What a difference counts."""

    NONE = "none"
    """Any difference as much as any other: Cohen's kappa."""
    LINEAR = "linear"
    """In proportion to the steps between two ratings."""
    QUADRATIC = "quadratic"
    """In proportion to the square of the steps."""


@dataclass(frozen=True)
class Kappa:
    """Agreement beyond chance: 1 is complete, 0 is what chance would give, below 0 is less than that."""

    value: float
    low: float
    high: float
    """Ends of the interval, not beyond -1 and 1."""
    standard_error: float
    observed: float
    """Weighted share of agreement, 0 to 1."""
    expected: float
    """The same by chance, from how often each rater used each rating."""
    pairs: int


def kappa(
    pairs: Sequence[tuple[str, str]], categories: Sequence[str], *, weights: Weights = Weights.NONE, level: float = 0.95
) -> Kappa:
    """Agreement of two raters over the same things.

    `pairs` are the ratings of the first and the second; `categories` all ratings of the scale, in its order. Raises
    NoAgreementToMeasure, and KeyError for a rating that is not on the scale.
    """
    if not pairs:
        raise NoAgreementToMeasure("no pair of ratings")
    place = {category: index for index, category in enumerate(categories)}
    size, total = len(categories), len(pairs)
    share = [[0.0] * size for _ in range(size)]
    for first, second in pairs:
        share[place[first]][place[second]] += 1 / total
    return _kappa(share, _weights(size, weights), total, level)


def kappa_of_table(counts: Sequence[Sequence[int]], *, weights: Weights = Weights.NONE, level: float = 0.95) -> Kappa:
    """The same from a square table of counts: rows are the ratings of the first, columns those of the second."""
    total = sum(sum(row) for row in counts)
    if not total:
        raise NoAgreementToMeasure("no pair of ratings")
    share = [[count / total for count in row] for row in counts]
    return _kappa(share, _weights(len(counts), weights), total, level)


def _weights(size: int, weights: Weights) -> list[list[float]]:
    power = {Weights.LINEAR: 1, Weights.QUADRATIC: 2}
    if weights is Weights.NONE or size < 2:
        return [[1.0 if row == column else 0.0 for column in range(size)] for row in range(size)]
    return [[1 - (abs(row - column) / (size - 1)) ** power[weights] for column in range(size)] for row in range(size)]


def _kappa(share: list[list[float]], weight: list[list[float]], total: int, level: float) -> Kappa:
    places = range(len(share))
    first = [sum(row) for row in share]
    second = [sum(row[column] for row in share) for column in places]
    observed = sum(weight[i][j] * share[i][j] for i in places for j in places)
    expected = sum(weight[i][j] * first[i] * second[j] for i in places for j in places)
    if math.isclose(expected, 1):
        raise NoAgreementToMeasure("everybody gave one rating throughout")
    value = (observed - expected) / (1 - expected)
    of_row = [sum(second[j] * weight[i][j] for j in places) for i in places]
    of_column = [sum(first[i] * weight[i][j] for i in places) for j in places]
    spread = sum(
        share[i][j] * (weight[i][j] * (1 - expected) - (of_row[i] + of_column[j]) * (1 - observed)) ** 2
        for i in places
        for j in places
    )
    variance = (spread - (observed * expected - 2 * expected + observed) ** 2) / (total * (1 - expected) ** 4)
    error = math.sqrt(max(variance, 0.0))
    reach = NormalDist().inv_cdf((1 + level) / 2) * error
    return Kappa(value, max(-1.0, value - reach), min(1.0, value + reach), error, observed, expected, total)
