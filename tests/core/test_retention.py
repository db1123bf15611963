"""Retention packs: the shipped clocks, and what is refused."""

from datetime import date

import pytest

from safeconduct import packs
from safeconduct.core.packtext import PackRefused
from safeconduct.core.retention import load_retention

SCHEMA = (packs.packs_folder() / "_schema" / "retention.schema.json").read_bytes()
TEXT = (packs.packs_folder() / "retention" / "retention-v1.yaml").read_bytes()


def test_the_shipped_clocks_are_those_that_counsel_was_asked_about() -> None:
    pack = packs.retention(packs.RETENTION)
    requests = {"enquiry": 30, "short_lived": 14, "deletion": 30, "hold_review": 180}
    cases = {"withdrawn": 30, "not_recommended": 180, "protected": 730, "ended": 180, "offences": 90, "recording": 180}
    assert {each.id: each.days for each in pack.clocks} == requests | cases
    assert pack.clock("enquiry").ends(date(2026, 11, 22)) == date(2026, 12, 22)
    assert not pack.reviewed_by


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"days: 30", b"days: 0"),
        (b"days: 30", b'days: "30"'),
        (b'after: "asked"', b'after: "later"'),
        (b'id: "short_lived"', b'id: "enquiry"'),
        (b'kind: "retention"', b'kind: "consents"'),
    ],
)
def test_what_is_no_clock_is_refused(before: bytes, after: bytes) -> None:
    with pytest.raises(PackRefused):
        load_retention(TEXT.replace(before, after, 1), schema=SCHEMA)
