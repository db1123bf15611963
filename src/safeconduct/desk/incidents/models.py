"""Searches for incidents, as far as the server may see them: in which datasets, and when. Stays and findings are sealed."""

from django.db import models

from safeconduct.desk.cases.models import Case


class IncidentSearch(models.Model):
    """The last search of a case."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="incident_search")
    sources = models.CharField(max_length=64)
    """SHA-256 of the datasets' versions: whether they have changed since."""
    run_on = models.DateField()

    def __str__(self) -> str:
        return self.case_id
