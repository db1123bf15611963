"""Assignments and handed-in evaluations. What an evaluator wrote is sealed to the case, then to the other evaluator's lock."""

from typing import Final

from django.db import models

from safeconduct.desk.accounts.models import Member
from safeconduct.desk.cases.models import Case
from safeconduct.desk.vault.models import new_id


class Assignment(models.Model):
    """One evaluator asked to evaluate one case."""

    class State(models.TextChoices):
        OFFERED = "offered"
        """Waiting for the declaration about conflicts of interest: a teaser, and names on asking, are all there is to read."""
        DECLINED = "declined"
        """A conflict was declared, or the evaluator could not take it."""
        DECLARED = "declared"
        """Declared no conflict and has a lock; a coordinator opens the file next."""
        ACCEPTED = "accepted"
        """The file is open to them."""
        STEPPED_BACK = "stepped-back"
        """Left, or was taken off, before signing."""
        HANDED_IN = "handed-in"
        REVISING = "revising"
        """Has signed, and is making a new version after new facts or expiry; what is signed counts as before."""

    id = models.CharField(max_length=40, primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assignments")
    evaluator = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="assignments")
    round = models.PositiveSmallIntegerField(default=1)
    """2 and above: a review by a fresh pair."""
    position = models.PositiveSmallIntegerField()
    """1 and 2 are the blind pair; 3 is called by a disagreement."""
    state = models.CharField(max_length=12, choices=State.choices, default=State.OFFERED)
    assigned_on = models.DateField()
    lock_public = models.BinaryField(null=True)
    lock_sealed = models.BinaryField(null=True)
    """The lock's private half, sealed to the evaluator."""
    lock_published = models.BinaryField(null=True)
    """The lock's private half, open: set by handing in."""
    teaser = models.BinaryField(null=True)
    """What is told before any name, sealed to the evaluator: language, group of countries, criteria."""
    names = models.BinaryField(null=True)
    """The person's names for the conflict check, sealed to the evaluator; gone once they declare a conflict or leave."""
    names_shown = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round", "position"],
                condition=~models.Q(state__in=["declined", "stepped-back"]),
                name="one_evaluator_per_position",
            ),
            models.UniqueConstraint(fields=["case", "evaluator"], name="one_assignment_per_evaluator"),
        ]

    def __str__(self) -> str:
        return self.id

    @property
    def may_leave(self) -> bool:
        """Whether they have not signed and have not left."""
        return self.state in BEFORE_SIGNING


PAIR: Final = (1, 2)
"""The positions of the blind pair."""
GONE: Final = (Assignment.State.DECLINED, Assignment.State.STEPPED_BACK)
"""They have no place in the case any more."""
BEFORE_SIGNING: Final = (Assignment.State.OFFERED, Assignment.State.DECLARED, Assignment.State.ACCEPTED)


SIGNED: Final = (Assignment.State.HANDED_IN, Assignment.State.REVISING)


class HandedIn(models.Model):
    """One version of a signed evaluation, closed to everybody until the other one is in. What was signed is never changed."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="handed_in")
    version = models.PositiveSmallIntegerField(default=1)
    is_out_of_date = models.BooleanField(default=False)
    """New facts were recorded after it was signed."""
    day = models.DateField()
    sealed = models.BinaryField(null=True)
    """To the case's reading key, then (for the blind pair) to the other evaluator's lock.

    Nothing while the other evaluator is being replaced: what was sealed to a lock that is never published is gone, and the
    author seals their own copy anew.
    """
    is_cross_locked = models.BooleanField()
    own_copy = models.BinaryField()
    """The same, sealed to its author."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "version"], name="one_row_per_evaluation_version")]

    def __str__(self) -> str:
        return f"{self.assignment_id}/{self.version}"


class Review(models.Model):
    """A case that was decided is evaluated anew by a fresh pair, and decided by somebody else."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="reviews")
    opened_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="one_review_per_round")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.round}"


def round_of(case: Case) -> int:
    """The round that a case is in: 1 until a review is opened."""
    newest = case.reviews.order_by("-round").first()
    return newest.round if newest else 1


def standing(case: Case) -> "models.QuerySet[Assignment]":
    """Those who evaluate in the present round and have not left, by position."""
    present = case.assignments.filter(round=round_of(case)).exclude(state__in=GONE)
    return present.select_related("evaluator__organisation").order_by("position")
