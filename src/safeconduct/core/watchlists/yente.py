"""Asking a yente service (the matching API of OpenSanctions) and reading its answer; no network here.

Contract: `POST /match/{dataset}` with `{"queries": {key: {"schema": "Person", "properties": {...}}}}`, and
`{"responses": {key: {"results": [...]}}}` back, as yente 5 documents it in its OpenAPI description (read 2026-11).
The name stands in the body and never in the address: yente writes addresses into its log.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from safeconduct.core.errors import UnreadableInput

KEY = "person"
LARGEST_ANSWER_BYTES = 8_000_000
_MOST_HITS = 1_000
_STRONG, _POSSIBLE = 0.85, 0.6


class AnswerUnreadable(UnreadableInput):
    """What came back is not a matching answer; nothing of it is taken."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Asked:
    """Whom to look for. Without repr, so that it cannot reach a log by accident."""

    name: str
    born: str = ""
    """YYYY, YYYY-MM or YYYY-MM-DD; empty where unknown."""
    country: str = ""
    """ISO 3166-1 alpha-2; empty where unknown."""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One feature of yente's scoring."""

    name: str
    score: float
    """0 to 1, as yente gives it: not evidence in bits."""
    detail: str
    ours: str
    theirs: str


@dataclass(frozen=True, kw_only=True)
class ServiceHit:
    """One entity that the service returned: the fields of the engine's own hits that it can fill."""

    list: str
    """The dataset that was asked."""
    version: str
    """The newest change that the service states for the entity; empty where it states none."""
    id: str
    name: str
    matched_name: str
    born: tuple[str, ...]
    score: float
    """0 to 1: yente's ranking, not a probability."""
    band: str
    """strong, possible or weak."""
    features: tuple[Reason, ...]


def question(asked: Asked) -> bytes:
    """The body to post."""
    properties: dict[str, list[str]] = {"name": [asked.name]}
    if asked.born:
        properties["birthDate"] = [asked.born]
    if asked.country:
        properties["nationality"] = [asked.country.lower()]
    return json.dumps({"queries": {KEY: {"schema": "Person", "properties": properties}}}, ensure_ascii=False).encode()


def answer(encoded: bytes, asked: Asked, dataset: str) -> list[ServiceHit]:
    """The hits of an answer, best first; AnswerUnreadable where it is none."""
    try:
        value = json.loads(encoded[: LARGEST_ANSWER_BYTES + 1])
        results = value["responses"][KEY]["results"]
        hits = [_hit(result, asked, dataset) for result in results[:_MOST_HITS]]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise AnswerUnreadable("the service did not answer as yente does") from None
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))


def _hit(result: Mapping[str, Any], asked: Asked, dataset: str) -> ServiceHit:  # Any: JSON of others
    properties = result["properties"]
    score = _share(result["score"])
    names = [_text(name) for key in ("name", "alias", "weakAlias", "previousName") for name in properties.get(key, [])]
    caption = _text(result["caption"])
    features = result.get("explanations") or {name: {"score": value} for name, value in (result.get("features") or {}).items()}
    return ServiceHit(
        list=dataset,
        version=_text(result.get("last_change") or ""),
        id=_text(result["id"]),
        name=caption,
        matched_name=names[0] if names else caption,
        born=tuple(_text(day) for day in properties.get("birthDate", [])),
        score=score,
        band="strong" if score >= _STRONG else "possible" if score >= _POSSIBLE else "weak",
        features=tuple(_reason(name, each, asked) for name, each in features.items()),
    )


def _reason(name: str, each: Mapping[str, Any], asked: Asked) -> Reason:
    return Reason(
        name=_text(name),
        score=_share(each["score"]),
        detail=_text(each.get("detail") or ""),
        ours=_text(each.get("query") or asked.name),
        theirs=_text(each.get("candidate") or ""),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return value[:1_000]


def _share(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError("a number from 0 to 1 was expected")
    return float(value)
