"""The pack of rules: the shipped one, and what is refused."""

import pytest

from safeconduct import packs
from safeconduct.core.packtext import PackRefused
from safeconduct.core.timeline import Topic, load_rules

SCHEMA = (packs.packs_folder() / "_schema" / "timeline.schema.json").read_bytes()
TEXT = (packs.packs_folder() / "timeline" / "rules-v1.yaml").read_bytes()


def test_the_shipped_rules_are_those_that_researchers_were_asked_about() -> None:
    pack = packs.timeline(packs.TIMELINE)
    assert list(pack.rules) == [f"t{number}" for number in range(13)]
    assert set(pack.topics) == set(Topic)
    assert not pack.reviewed_by
    assert all(rule.sources for rule in pack.rules.values())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'id: "t1"', b'id: "t13"'),
        (b'id: "t2"', b'id: "t1"'),
        (b'not_before: "2022-09-21"', b'not_before: "soon"'),
        (b"gap_days: 30", b"gap_days: 0"),
        (b"days: 90, window: 180", b"days: 0, window: 180"),
        (b'- id: "act"', b'- id: "deed"'),
        (b'- id: "act"', b'- id: "stay"'),
        (b'- id: "was-not"', b'- id: "was"'),
        (b'kind: "timeline"', b'kind: "retention"'),
        (b"parameters: {}", b"parameters: {days: 3}"),
    ],
)
def test_what_is_no_pack_of_rules_is_refused(before: bytes, after: bytes) -> None:
    assert before in TEXT
    with pytest.raises(PackRefused):
        load_rules(TEXT.replace(before, after, 1), schema=SCHEMA)


def test_a_topic_that_is_missing_is_named() -> None:
    start, end = TEXT.index(b'  - id: "act"'), TEXT.index(b'  - id: "unknown"')
    with pytest.raises(PackRefused, match="act is missing"):
        load_rules(TEXT[:start] + TEXT[end:], schema=SCHEMA)
