"""What browsers post is read as far as it can be read, and never breaks a page."""

import pytest
from django.http import QueryDict

from safeconduct import packs
from safeconduct.core.questionnaires import Part, PartType, Question
from safeconduct.desk.web.asking import posted_values


def a_timeline() -> tuple[Question, Part, str]:
    """A question whose answer has rows, and the name of a column that takes words."""
    for question in packs.questionnaire(packs.SCREENING).questions():
        for part in question.parts:
            for column in part.columns:
                if column.type is PartType.TEXT:
                    return question, part, f"{question.id}.{part.id}.%s.{column.id}"
    raise AssertionError("the pack has no such question")


@pytest.mark.parametrize("number", ["0abc", "²", "", "-1", "٣", pytest.param("9" * 5000, id="long")])
def test_a_row_that_has_no_number_is_passed_over(number: str) -> None:
    question, _, name = a_timeline()
    post = QueryDict(mutable=True)
    post[name % "0"] = "The first row."
    alone = posted_values([question], post)
    post[name % number] = "Nobody’s row."
    assert posted_values([question], post) == alone
