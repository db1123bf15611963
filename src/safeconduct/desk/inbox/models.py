"""What the desk adds to requests, as far as the server may see it; notes and triage are in sealed records."""

from django.db import models

from safeconduct.desk.accounts.models import Member, Organisation
from safeconduct.desk.intake.models import Request
from safeconduct.desk.vault.keyholders import Subject, SubjectKind


class DeskSide(models.Model):
    """The desk's side of one request."""

    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="desk_side")
    file = models.CharField(max_length=40, default="")
    """The desk file: granted to the desk, not to the person. Empty until somebody writes into it."""
    read_to = models.BigIntegerField(default=0)
    """Number of the newest record that the desk has read."""

    def __str__(self) -> str:
        return self.request_id

    def subject(self, organisation: str) -> Subject:
        """The vault's file of the desk's notes and triage sheet."""
        return Subject(self.file, organisation, SubjectKind.DESK_FILE)


class Shelf(models.Model):
    """Where an organisation keeps its canned answers: a file of its desk."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="shelf")
    file = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.organisation_id

    @property
    def subject(self) -> Subject:
        """The vault's file of the answers."""
        return Subject(self.file, self.organisation_id, SubjectKind.DESK_FILE)


class Interpreting(models.Model):
    """An interpreter may read one conversation until a day; the sweep of that night takes the keys."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="interpreting")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="interpreting")
    since = models.DateField()
    until = models.DateField(db_index=True)
    """The last day."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "member"], name="one_period_at_a_time")]

    def __str__(self) -> str:
        return self.request_id
