"""Criteria packs: what is rated, on which scale, and the rules of comparison. There is no total, by design."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast

from safeconduct.core.packtext import (
    LocalText,
    PackRefused,
    PackStamp,
    Source,
    local_text,
    optional_text,
    read_pack,
    sources,
)

KIND = "criteria"


class Outcome(enum.Enum):
    """The only three words that a decision may use; never “innocent”, never “war criminal”."""

    RECOMMENDED = "recommended"
    NOT_RECOMMENDED = "not_recommended"
    INSUFFICIENT = "insufficient"


class ScaleKind(enum.Enum):
    """How ratings of a scale are compared."""

    ORDERED = "ordered"
    """By the number of steps between them."""
    FINDINGS = "findings"
    """Also by whether any of them is open."""


@dataclass(frozen=True)
class Rating:
    """One step of a scale."""

    id: str
    label: LocalText
    order: int | None
    """Its place on the scale; None for “not assessed”, which has no distance from anything."""
    open: bool = False
    """An indication that has not been cleared."""


@dataclass(frozen=True)
class Scale:
    """The ratings that a criterion can be given."""

    id: str
    kind: ScaleKind
    label: LocalText
    ratings: tuple[Rating, ...]

    def rating(self, id_: str) -> Rating:
        """The rating of that id; KeyError when the scale has none."""
        return _of_id(self.ratings, id_)

    def has(self, id_: str) -> bool:
        """Whether the scale has a rating of that id."""
        return any(each.id == id_ for each in self.ratings)


@dataclass(frozen=True)
class Criterion:
    """One thing that is rated, by itself."""

    id: str
    group: str
    scale: Scale
    name: LocalText
    question: LocalText
    guidance: LocalText | None
    anchors: Mapping[str, LocalText]
    """What each rating means here, by the id of the rating."""
    bars_recommendation_when_open: bool
    urgent_at: str | None
    """The rating that asks for the urgent route."""
    may_stay_unassessed: bool
    """“Not assessed” is a full answer here, since the question does not arise for everybody."""
    hidden_from_other_evaluators: bool
    """For the coordinator and those who give care only, also after both are signed."""


@dataclass(frozen=True)
class Rules:
    """The numbers that the comparison uses."""

    shortest_reason: int
    """In characters, space at the ends and doubled space not counted."""
    fewest_evaluations: int
    third_from_steps: int
    """A difference of so many steps calls a third evaluator."""
    expires_after_months: int


@dataclass(frozen=True)
class OutcomeText:
    """What an outcome is called and what it means."""

    outcome: Outcome
    label: LocalText
    meaning: LocalText


@dataclass(frozen=True)
class Group:
    """A heading over criteria that belong together; it has no rating of its own."""

    id: str
    name: LocalText


@dataclass(frozen=True)
class Criteria:
    """A checked criteria pack. `stamp` is signed with every evaluation made under it."""

    stamp: PackStamp
    title: LocalText
    reviewed_by: str
    sources: tuple[Source, ...]
    rules: Rules
    outcomes: tuple[OutcomeText, ...]
    groups: tuple[Group, ...]
    criteria: tuple[Criterion, ...]

    def criterion(self, id_: str) -> Criterion:
        """The criterion of that id; KeyError when there is none."""
        return _of_id(self.criteria, id_)

    def of_group(self, group: str) -> tuple[Criterion, ...]:
        """The criteria under a heading, in their order."""
        return tuple(each for each in self.criteria if each.group == group)

    def outcome_text(self, outcome: Outcome) -> OutcomeText:
        """The words for an outcome."""
        return next(each for each in self.outcomes if each.outcome is outcome)


def load_criteria(text: bytes, *, schema: bytes) -> Criteria:
    """The criteria of a pack's YAML text.

    Raises PackRefused when it does not fit the schema, names a scale or a rating that is not there, leaves a
    rating without an anchor, or gives two ratings of a scale one place.
    """
    pack = read_pack(text, schema=schema, kind=KIND)
    content = cast("Mapping[str, Any]", pack.content)  # Its shape has been checked by the schema.
    scales = {each["id"]: _scale(each) for each in content["scales"]}
    groups = tuple(Group(each["id"], local_text(each["name"])) for each in content["groups"])
    criteria = Criteria(
        stamp=pack.stamp,
        title=local_text(content["title"]),
        reviewed_by=content.get("reviewed_by", ""),
        sources=sources(content["sources"]),
        rules=Rules(**content["rules"]),
        outcomes=tuple(
            OutcomeText(Outcome(each["id"]), local_text(each["label"]), local_text(each["meaning"]))
            for each in content["outcomes"]
        ),
        groups=groups,
        criteria=tuple(_criterion(each, scales, groups) for each in content["criteria"]),
    )
    _require_unlike([each.id for each in criteria.criteria], "criterion")
    _require_unlike([each.outcome.value for each in criteria.outcomes], "outcome")
    return criteria


def _scale(content: Mapping[str, Any]) -> Scale:
    ratings = tuple(
        Rating(each["id"], local_text(each["label"]), each.get("order"), each.get("open", False)) for each in content["ratings"]
    )
    _require_unlike([each.id for each in ratings], "rating")
    _require_unlike([str(each.order) for each in ratings if each.order is not None], "place on the scale")
    return Scale(content["id"], ScaleKind(content["kind"]), local_text(content["label"]), ratings)


def _criterion(content: Mapping[str, Any], scales: Mapping[str, Scale], groups: tuple[Group, ...]) -> Criterion:
    if content["scale"] not in scales or content["group"] not in {each.id for each in groups}:
        raise PackRefused(f"{content['id']}: its scale or its group is not there")
    scale = scales[content["scale"]]
    if set(content["anchors"]) != {each.id for each in scale.ratings}:
        raise PackRefused(f"{content['id']}: each rating of the scale needs an anchor, and nothing else may have one")
    urgent_at = content.get("urgent_at")
    if urgent_at is not None and not scale.has(urgent_at):
        raise PackRefused(f"{content['id']}: urgent_at is not a rating of its scale")
    return Criterion(
        id=content["id"],
        group=content["group"],
        scale=scale,
        name=local_text(content["name"]),
        question=local_text(content["question"]),
        guidance=optional_text(content.get("guidance")),
        anchors={rating: local_text(text) for rating, text in content["anchors"].items()},
        bars_recommendation_when_open=content.get("bars_recommendation_when_open", False),
        urgent_at=urgent_at,
        may_stay_unassessed=content.get("may_stay_unassessed", False),
        hidden_from_other_evaluators=content.get("hidden_from_other_evaluators", False),
    )


def _require_unlike(ids: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise PackRefused(f"{what}: {each} stands twice")
        seen.add(each)


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_Identified)


def _of_id(items: Iterable[_T], id_: str) -> _T:
    for item in items:
        if item.id == id_:
            return item
    raise KeyError(id_)
