"""The shipped criteria are those of the domain, and a criteria pack that could mislead is refused."""

from collections.abc import Callable

import pytest

from safeconduct import packs
from safeconduct.core.evaluation import Outcome, load_criteria
from safeconduct.core.packtext import PackRefused
from tests.core.evaluation.parts import CRITERIA

TEXT = (packs.packs_folder() / "criteria" / "war-refusers-v1.yaml").read_text()
SCHEMA = (packs.packs_folder() / "_schema" / "criteria.schema.json").read_bytes()


def test_the_criteria_and_their_scales_are_those_of_the_domain() -> None:
    assert [(criterion.id, criterion.scale.id) for criterion in CRITERIA.criteria] == [
        ("identity", "material"),
        ("membership", "material"),
        ("call_up", "material"),
        ("stance", "material"),
        ("exclusion", "findings"),
        ("security", "findings"),
        ("risk_on_return", "risk"),
        ("risk_in_transit", "risk"),
        ("vulnerability", "vulnerability"),
    ]
    assert [criterion.id for criterion in CRITERIA.criteria if criterion.bars_recommendation_when_open] == [
        "exclusion",
        "security",
    ]
    assert [criterion.id for criterion in CRITERIA.criteria if criterion.hidden_from_other_evaluators] == ["vulnerability"]
    assert [criterion.id for group in CRITERIA.groups for criterion in CRITERIA.of_group(group.id)] == [
        criterion.id for criterion in CRITERIA.criteria
    ]


def test_the_rules_are_those_of_the_domain() -> None:
    rules = CRITERIA.rules
    assert (rules.shortest_reason, rules.fewest_evaluations, rules.third_from_steps, rules.expires_after_months) == (200, 2, 2, 6)


def test_outcomes_never_call_anyone_innocent_or_guilty() -> None:
    for outcome in Outcome:
        words = CRITERIA.outcome_text(outcome)
        said = " ".join(
            (words.label.en, words.label.fr, words.label.ru, words.meaning.en, words.meaning.fr, words.meaning.ru)
        ).lower()
        assert not any(
            word in said for word in ("innocent", "guilty", "criminal", "criminel", "coupable", "преступник", "виновен")
        )


def swapped(old: str, new: str) -> Callable[[], bytes]:
    assert old in TEXT
    return lambda: TEXT.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (swapped('scale: "material"', 'scale: "mood"'), "its scale or its group"),
        (swapped('group: "person"', 'group: "crowd"'), "its scale or its group"),
        (swapped('      "3": {en: "A single copy', '      "7": {en: "A single copy'), "anchor"),
        (swapped('{id: "4", order: 4', '{id: "5", order: 4'), "stands twice"),
        (swapped('{id: "4", order: 4', '{id: "4", order: 5'), "stands twice"),
        (swapped('urgent_at: "5"', 'urgent_at: "9"'), "urgent_at"),
        (swapped('id: "membership"', 'id: "identity"'), "identity stands twice"),
        (swapped("shortest_reason: 200", "shortest_reason: 20"), "shortest_reason"),
        (swapped("fewest_evaluations: 2", "fewest_evaluations: 1"), "fewest_evaluations"),
        (swapped("third_from_steps: 2", "third_from_steps: 5"), "third_from_steps"),
        (swapped("expires_after_months: 6", "expires_after_months: 24"), "expires_after_months"),
        (swapped('id: "insufficient"', 'id: "innocent"'), "outcomes"),
        (swapped("shortest_reason: 200", "shortest_reason: 200\n  total: true"), "total"),
    ],
)
def test_a_misleading_pack_is_refused(changed: Callable[[], bytes], words: str) -> None:
    with pytest.raises(PackRefused, match=words):
        load_criteria(changed(), schema=SCHEMA)


def test_the_pack_is_found_by_its_stamp() -> None:
    assert packs.criteria_of(CRITERIA.stamp) is CRITERIA


PUBLISHED = {
    "war-refusers-v1": "ef224e425c33816b6e26f96fe682c0502e2144c6f76b4d62081f0057ea12dd76",
    "people-at-risk-v1": "6ebe278408f92df4d995f5807448647e9c8d6533a9732bfe559750e46d9586a9",
}
"""What signed evaluations name. A changed pack is a new version, and these stay."""


def test_a_published_pack_is_never_edited() -> None:
    assert {name: packs.criteria(name).stamp.digest for name in packs.names("criteria")} == PUBLISHED


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_pack_of_criteria_keeps_the_rules_that_the_rest_builds_on(name: str) -> None:
    """Exclusion and security bar a recommendation; five words for a material fact; outcomes in three words."""
    pack = packs.criteria(name)
    barring = {criterion.id for criterion in pack.criteria if criterion.bars_recommendation_when_open}
    assert barring == {"exclusion", "security"}
    assert {criterion.scale.id for criterion in pack.criteria} == {"material", "findings", "risk", "vulnerability"}
    assert {text.outcome for text in pack.outcomes} == set(Outcome)
    assert pack.rules == CRITERIA.rules
