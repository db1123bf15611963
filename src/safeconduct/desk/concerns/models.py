"""Security concerns and canaries, as far as the server may see them: that they exist, since when, and if they are settled."""

from django.db import models

from safeconduct.desk.accounts.models import Member, Organisation
from safeconduct.desk.cases.models import Case
from safeconduct.desk.intake.models import Request
from safeconduct.desk.vault.keyholders import Subject, SubjectKind
from safeconduct.desk.vault.models import new_id


class Concern(models.Model):
    """Somebody fears a danger to others. What they fear is in a file of its own that only security readers open."""

    class State(models.TextChoices):
        OPEN = "open"
        CLEARED = "cleared"
        """Looked into and explained: nothing is held back by it."""
        CONFIRMED = "confirmed"
        """Nothing leaves and nothing is recommended while it stands."""

    id = models.CharField(max_length=40, primary_key=True)
    """The vault's subject id."""
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="concerns")
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="concerns")
    request = models.ForeignKey(Request, null=True, on_delete=models.CASCADE, related_name="concerns")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    raised_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "state", "raised_on"], name="concerns_of_organisation")]

    def __str__(self) -> str:
        return self.id

    @property
    def subject(self) -> Subject:
        """The vault's file of the concern."""
        return Subject(self.id, self.organisation_id, SubjectKind.CONCERN)


class Canary(models.Model):
    """A document among the evidence of a case that nobody has a reason to open."""

    id = models.CharField(max_length=40, primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="canaries")
    record = models.CharField(max_length=40, unique=True)
    """The sealed record of the piece of evidence."""
    placed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="canaries")
    placed_on = models.DateField()

    def __str__(self) -> str:
        return self.id


class CanaryAlarm(models.Model):
    """Somebody opened a canary; once a day for each member."""

    canary = models.ForeignKey(Canary, on_delete=models.CASCADE, related_name="alarms")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="canary_alarms")
    day = models.DateField()
    is_answered = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["canary", "member", "day"], name="one_alarm_a_day")]

    def __str__(self) -> str:
        return str(self.pk)


class LinkFile(models.Model):
    """Where an organisation keeps the fingerprints by which requests are compared: a file of its security readers."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="link_file")
    file = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.organisation_id

    @property
    def subject(self) -> Subject:
        """The vault's file of the fingerprints."""
        return Subject(self.file, self.organisation_id, SubjectKind.CONCERN)


class Traits(models.Model):
    """That the fingerprints of a request are kept, and in which record: they are erased with the request."""

    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="traits")
    record = models.CharField(max_length=40)
    newest = models.BigIntegerField()
    """Number of the newest record of the conversation that they take in."""

    def __str__(self) -> str:
        return self.request_id
