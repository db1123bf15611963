"""Documents packs: the shipped kinds and checks, what is refused, and what is signed."""

import pytest

from safeconduct import packs
from safeconduct.core.documents import Answer, Answered, Checked, load_documents
from safeconduct.core.packtext import PackRefused
from safeconduct.desk.evidence.services import KINDS

SCHEMA = (packs.packs_folder() / "_schema" / "documents.schema.json").read_bytes()
TEXT = (packs.packs_folder() / "documents" / "documents-v1.yaml").read_bytes()
PACK = packs.documents(packs.DOCUMENTS)


def test_every_kind_of_evidence_has_its_checks() -> None:
    assert {each.id for each in PACK.types} == set(KINDS)
    for each in PACK.types:
        assert [check.id for check in each.checks[-3:]] == ["whole", "untouched", "agrees"]
        assert len(each.checks) > 3
    assert PACK.of_type("unheard-of") == PACK.of_type("other")


def test_forms_say_since_when_they_were_in_use() -> None:
    forms = PACK.of_type("summons").forms
    assert [form.since for form in forms] == ["2022-09-21", "2024-09"]


def test_no_check_asks_for_a_score_and_every_question_is_one() -> None:
    for each in PACK.types:
        for check in each.checks:
            assert check.question.en.endswith("?")
            assert check.question.fr.endswith("\u202f?")
            assert check.question.ru.endswith("?")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'kind: "documents"', b'kind: "retention"'),
        (b'- id: "military-id"', b'- id: "summons"'),
        (b'- id: "photo"', b'- id: "whole"'),
        (b'- id: "other"', b'- id: "others"'),
        (b'since: "2022-09-21"', b'since: "21.09.2022"'),
        (b'    checks:\n      - id: "photo"', b'    tests:\n      - id: "photo"'),
    ],
)
def test_what_is_no_pack_of_documents_is_refused(before: bytes, after: bytes) -> None:
    assert before in TEXT
    with pytest.raises(PackRefused):
        load_documents(TEXT.replace(before, after, 1), schema=SCHEMA)


def test_what_is_signed_says_the_same_when_it_is_read_again() -> None:
    checked = Checked(
        case="case",
        item="item",
        sha256="0" * 64,
        type="summons",
        pack=PACK.stamp,
        member="member",
        day="2026-11-23",
        answers=[Answered("dates", Answer.FITS), Answered("served", Answer.NOT_CHECKED, "No register is open.")],
    )
    assert Checked.decode(checked.encode()).encode() == checked.encode()
    with pytest.raises(ValueError, match="not a statement"):
        Checked.decode(checked.encode().replace(b"document-checks", b"document-guess"))
