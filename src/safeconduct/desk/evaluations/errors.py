"""What the evaluations room refuses."""

from collections.abc import Sequence

from safeconduct.core.errors import SafeconductError
from safeconduct.core.evaluation import Gap, IndependenceProblem


class NotIndependent(SafeconductError):
    """This person must not evaluate this case; nothing was written."""

    def __init__(self, problems: Sequence[IndependenceProblem]) -> None:
        super().__init__("the evaluators would not be independent")
        self.problems = problems


class NotNeeded(SafeconductError):
    """There is no place to fill: a third evaluator is asked once both of the pair are in, a fourth never; nothing was written."""


class Incomplete(SafeconductError):
    """The evaluation lacks something before it can be signed; nothing was written."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        super().__init__("the evaluation is not complete")
        self.gaps = gaps


class NamesNotRead(SafeconductError):
    """A declaration of no conflict before the names were looked at; nothing was written."""


class OtherNotReady(SafeconductError):
    """There is no lock to seal to yet, or the other evaluation waits to be sealed to one's own; the draft is kept."""


class NotAsked(SafeconductError):
    """There is no follow-up question of this number; nothing was written."""


class NotTold(SafeconductError):
    """A negative result without words for the person; nothing was written."""


class TellsTooMuch(SafeconductError):
    """The words for the person repeat what an evaluator wrote on security; nothing was written."""


class NotOutOfDate(SafeconductError):
    """The evaluation still counts, so there is nothing to renew; nothing was written."""


class AlreadySigned(SafeconductError):
    """Whoever has signed does not step back; nothing was written."""


class NotYetOpen(SafeconductError):
    """The evaluations are locked until both are in."""


class OutcomeBarred(SafeconductError):
    """The rules do not allow this outcome now; nothing was written."""
