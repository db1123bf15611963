"""Screenings, as far as the server may see them: against which lists, and when. Queries and hits are sealed in the case."""

from django.db import models

from safeconduct.desk.cases.models import Case


class Screening(models.Model):
    """The last screening of a case."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="screening")
    lists = models.CharField(max_length=64)
    """SHA-256 of the lists' digests: whether the lists have changed since."""
    run_on = models.DateField()
    waits = models.BooleanField(default=True)
    """Whether a hit waits for somebody, be it a first decision or a second one: not which, and not for what."""

    def __str__(self) -> str:
        return self.case_id
