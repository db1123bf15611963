"""Exports, as far as the server may see them: who, when and until when; why and what is sealed with the case."""

from django.db import models

from safeconduct.desk.accounts.models import Member
from safeconduct.desk.cases.models import Case
from safeconduct.desk.vault.models import new_id


class Export(models.Model):
    """One copy of a case that leaves, asked for by one member and approved by another."""

    id = models.CharField(max_length=40, primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="exports")
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    approved_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    approved_on = models.DateField(null=True)
    last_day = models.DateField(null=True)
    """After it the file is destroyed; None before approval."""
    record = models.CharField(max_length=40)
    """Reason, parts, mark, and who took it."""
    package_record = models.CharField(max_length=40, default="")
    package_file = models.CharField(max_length=40, default="")
    """The sealed file; empty before approval and after the last day."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("asked_by")),
                name="export_approved_by_a_second_person",
            )
        ]

    def __str__(self) -> str:
        return self.id
