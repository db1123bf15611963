"""One evaluator's evaluation: ratings with reasons, what is lacking before it can be signed, and its bytes."""

import datetime
import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from safeconduct.core import canonical
from safeconduct.core.canonical import Value
from safeconduct.core.errors import UnreadableInput
from safeconduct.core.evaluation.criteria import Criteria, Criterion
from safeconduct.core.packtext import PackStamp


class EvaluationUnreadable(UnreadableInput):
    """The bytes are not an evaluation."""


@dataclass(frozen=True)
class Participant:
    """A member of an organisation, by the ids that the desk gives them."""

    member: str
    organisation: str


@dataclass(frozen=True)
class CriterionRating:
    """The rating of one criterion, and what it stands on."""

    criterion: str
    rating: str
    """The id of a rating on the criterion's scale."""
    reason: str = field(repr=False)
    cited: tuple[str, ...] = field(default=(), repr=False)
    """Ids of evidence items, answers or findings."""
    no_evidence_because: str = field(default="", repr=False)
    would_change_my_mind: str = field(default="", repr=False)


@dataclass(frozen=True)
class Evaluation:
    """What one evaluator found. Once signed it never changes; later facts make a new version."""

    evaluator: Participant
    pack: PackStamp
    version: int
    """Counted from 1 for each evaluator and case."""
    signed_on: datetime.date
    ratings: tuple[CriterionRating, ...]

    def rating_of(self, criterion: str) -> CriterionRating | None:
        """The rating of a criterion, if there is one."""
        return next((each for each in self.ratings if each.criterion == criterion), None)


class GapCode(enum.Enum):
    """Why an evaluation cannot be signed yet."""

    NOT_RATED = "not_rated"
    RATED_TWICE = "rated_twice"
    UNKNOWN_CRITERION = "unknown_criterion"
    NOT_ON_THE_SCALE = "not_on_the_scale"
    REASON_TOO_SHORT = "reason_too_short"
    """Parameters: length, least."""
    NOTHING_CITED = "nothing_cited"
    """Neither an item nor a reason why there is none."""
    CITED_AND_NONE = "cited_and_none"
    """An item, and also a reason why there is none."""
    CITED_TWICE = "cited_twice"
    CHANGE_OF_MIND_MISSING = "change_of_mind_missing"


@dataclass(frozen=True)
class Gap:
    """One thing that is lacking, and where."""

    criterion: str
    code: GapCode
    parameters: Mapping[str, int] = field(default_factory=dict)


def gaps(criteria: Criteria, ratings: tuple[CriterionRating, ...]) -> tuple[Gap, ...]:
    """What is lacking before these ratings can be signed; empty when they are complete."""
    rated = [each.criterion for each in ratings]
    found = [Gap(each.id, GapCode.NOT_RATED) for each in criteria.criteria if each.id not in rated]
    known = {each.id: each for each in criteria.criteria}
    for index, each in enumerate(ratings):
        if each.criterion not in known:
            found.append(Gap(each.criterion, GapCode.UNKNOWN_CRITERION))
        elif each.criterion in rated[:index]:
            found.append(Gap(each.criterion, GapCode.RATED_TWICE))
        else:
            found.extend(_gaps_of(each, known[each.criterion], criteria.rules.shortest_reason))
    return tuple(found)


def reason_length(reason: str) -> int:
    """How long a reason is: runs of white space count once, and not at its ends."""
    return len(" ".join(reason.split()))


def expires_on(evaluation: Evaluation, criteria: Criteria) -> datetime.date:
    """The first day on which the evaluation no longer counts."""
    return months_after(evaluation.signed_on, criteria.rules.expires_after_months)


def is_current(
    evaluation: Evaluation, criteria: Criteria, *, today: datetime.date, new_facts_on: datetime.date | None = None
) -> bool:
    """Whether the evaluation counts on that day: not expired, and not signed before new facts came in."""
    stale = new_facts_on is not None and evaluation.signed_on < new_facts_on
    return not stale and today < expires_on(evaluation, criteria)


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last day of that month where it has no such day."""
    month_index = day.year * 12 + day.month - 1 + months
    year, month = divmod(month_index, 12)
    first_of_next = datetime.date((month_index + 1) // 12, (month_index + 1) % 12 + 1, 1)
    last = first_of_next - datetime.timedelta(days=1)
    return datetime.date(year, month + 1, min(day.day, last.day))


def encode_evaluation(evaluation: Evaluation) -> bytes:
    """The canonical bytes that are signed."""
    return canonical.encode(
        {
            "evaluator": {"member": evaluation.evaluator.member, "organisation": evaluation.evaluator.organisation},
            "pack": evaluation.pack.value(),
            "version": evaluation.version,
            "signed_on": evaluation.signed_on.isoformat(),
            "ratings": [rating_value(each) for each in evaluation.ratings],
        }
    )


def decode_evaluation(encoded: bytes) -> Evaluation:
    """The evaluation of `encode_evaluation`; EvaluationUnreadable when the bytes are not one."""
    match canonical.decode(encoded):
        case {
            "evaluator": {"member": str(member), "organisation": str(organisation)},
            "pack": pack,
            "version": int(version),
            "signed_on": str(signed_on),
            "ratings": list(ratings),
            **more,
        } if not more and not isinstance(version, bool):
            evaluation = Evaluation(
                evaluator=Participant(member, organisation),
                pack=PackStamp.from_value(pack),
                version=version,
                signed_on=_day(signed_on),
                ratings=tuple(read_rating(each) for each in ratings),
            )
            # One way back: whatever the pattern above tolerates is refused here.
            if encode_evaluation(evaluation) == encoded:
                return evaluation
    raise EvaluationUnreadable("not an evaluation")


def rating_value(rating: CriterionRating) -> Value:
    """The plain JSON of one rating, for drafts and for signing."""
    return {
        "criterion": rating.criterion,
        "rating": rating.rating,
        "reason": rating.reason,
        "cited": list(rating.cited),
        "no_evidence_because": rating.no_evidence_because,
        "would_change_my_mind": rating.would_change_my_mind,
    }


def read_rating(value: Value) -> CriterionRating:
    """The rating of `rating_value`; EvaluationUnreadable when it is not one."""
    match value:
        case {
            "criterion": str(criterion),
            "rating": str(rating),
            "reason": str(reason),
            "cited": list(cited),
            "no_evidence_because": str(no_evidence_because),
            "would_change_my_mind": str(would_change_my_mind),
        } if all(isinstance(each, str) for each in cited):
            items = tuple(str(each) for each in cited)
            return CriterionRating(criterion, rating, reason, items, no_evidence_because, would_change_my_mind)
    raise EvaluationUnreadable("not a rating")


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise EvaluationUnreadable("not a day") from None


def _gaps_of(rating: CriterionRating, criterion: Criterion, least: int) -> Iterator[Gap]:
    if not criterion.scale.has(rating.rating):
        yield Gap(criterion.id, GapCode.NOT_ON_THE_SCALE)
    length = reason_length(rating.reason)
    if length < least:
        yield Gap(criterion.id, GapCode.REASON_TOO_SHORT, {"length": length, "least": least})
    says_none = bool(rating.no_evidence_because.strip())
    if not rating.cited and not says_none:
        yield Gap(criterion.id, GapCode.NOTHING_CITED)
    if rating.cited and says_none:
        yield Gap(criterion.id, GapCode.CITED_AND_NONE)
    if len(set(rating.cited)) != len(rating.cited):
        yield Gap(criterion.id, GapCode.CITED_TWICE)
    if not rating.would_change_my_mind.strip():
        yield Gap(criterion.id, GapCode.CHANGE_OF_MIND_MISSING)
