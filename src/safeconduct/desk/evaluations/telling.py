"""What a person is told of a decision: plain words in their conversation, and nothing of what was written on security."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from safeconduct.core.evaluation import Outcome
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.evaluations.errors import NotTold, TellsTooMuch
from safeconduct.desk.evaluations.selectors import OpenedEvaluation
from safeconduct.desk.intake.models import Request
from safeconduct.desk.intake.services import send_as_desk

NEVER_TOLD: Final = ("security",)
"""Criteria whose reasons are not for the person: they would tell a service what we look at."""
_RUN: Final = 6
"""So many words in a row, as an evaluator wrote them, are a quotation."""


def require_fit(case: Case, outcome: Outcome, told: str, opened: Sequence[OpenedEvaluation]) -> None:
    """Return for words that may be sent. NotTold for a negative result without any, TellsTooMuch for a quotation.

    A quotation is found by its words; that nothing is said about security in other words is for the coordinator to see to.
    """
    if outcome is Outcome.NOT_RECOMMENDED and not told.strip() and _conversation(case) is not None:
        raise NotTold("the person is given the reasons for a negative result")
    said = _runs(told)
    for each in opened:
        for criterion in NEVER_TOLD:
            rating = each.evaluation.rating_of(criterion)
            if rating is not None and said & (_runs(rating.reason) | _runs(rating.would_change_my_mind)):
                raise TellsTooMuch("these words repeat what an evaluator wrote on security")


def tell(case: Case, actor: Actor, told: str, *, today: date) -> None:
    """Send the words into the conversation that the case came from; nothing where there are none, or no conversation is left."""
    request = _conversation(case)
    if told.strip() and request is not None:
        send_as_desk(request, actor, told.strip(), today=today)


def _conversation(case: Case) -> Request | None:
    return case.requests.select_related("organisation").order_by("-id").first()


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
