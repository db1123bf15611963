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

    id = models.CharField(max_length=40, primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assignments")
    evaluator = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="assignments")
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
                fields=["case", "position"],
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


class HandedIn(models.Model):
    """A signed evaluation, closed to everybody until the other one is in. What was signed is never changed."""

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="handed_in")
    day = models.DateField()
    sealed = models.BinaryField(null=True)
    """To the case's reading key, then (for the blind pair) to the other evaluator's lock.

    Nothing while the other evaluator is being replaced: what was sealed to a lock that is never published is gone, and the
    author seals their own copy anew.
    """
    is_cross_locked = models.BooleanField()
    own_copy = models.BinaryField()
    """The same, sealed to its author."""

    def __str__(self) -> str:
        return str(self.assignment_id)
