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


class OtherNotReady(SafeconductError):
    """The other evaluator has not accepted yet, so there is no lock to seal to; the draft is kept."""


class NotYetOpen(SafeconductError):
    """The evaluations are locked until both are in."""


class OutcomeBarred(SafeconductError):
    """The rules do not allow this outcome now; nothing was written."""
