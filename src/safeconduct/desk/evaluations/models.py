"""Assignments and handed-in evaluations. What an evaluator wrote is sealed to the case, then to the other evaluator's lock."""

from django.db import models

from safeconduct.desk.accounts.models import Member
from safeconduct.desk.cases.models import Case
from safeconduct.desk.vault.models import new_id


class Assignment(models.Model):
    """One evaluator asked to evaluate one case."""

    class State(models.TextChoices):
        OFFERED = "offered"
        """Waiting for the declaration about conflicts of interest."""
        DECLINED = "declined"
        """A conflict was declared, or the evaluator could not take it."""
        ACCEPTED = "accepted"
        HANDED_IN = "handed-in"

    id = models.CharField(max_length=40, primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assignments")
    evaluator = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="assignments")
    position = models.PositiveSmallIntegerField()
    """1 and 2 are the blind pair; 3 is called by a disagreement."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    assigned_on = models.DateField()
    lock_public = models.BinaryField(null=True)
    lock_sealed = models.BinaryField(null=True)
    """The lock's private half, sealed to the evaluator."""
    lock_published = models.BinaryField(null=True)
    """The lock's private half, open: set by handing in."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "position"], condition=~models.Q(state="declined"), name="one_evaluator_per_position"
            ),
            models.UniqueConstraint(fields=["case", "evaluator"], name="one_assignment_per_evaluator"),
        ]

    def __str__(self) -> str:
        return self.id


class HandedIn(models.Model):
    """A signed evaluation, closed to everybody until the other one is in. Never changed."""

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="handed_in")
    day = models.DateField()
    sealed = models.BinaryField()
    """To the case's reading key, then (for the blind pair) to the other evaluator's lock."""
    is_cross_locked = models.BooleanField()
    own_copy = models.BinaryField()
    """The same, sealed to its author."""

    def __str__(self) -> str:
        return str(self.assignment_id)
