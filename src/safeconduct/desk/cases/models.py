"""Cases, as far as the server may see them: stage, organisation and who works on what; the rest is in sealed records."""

from django.db import models

from safeconduct.desk.accounts.models import Member, Organisation
from safeconduct.desk.vault.keyholders import Subject


class Case(models.Model):
    """One person's case, owned by one organisation."""

    class Stage(models.TextChoices):
        INTERVIEW = "interview"
        EVALUATION = "evaluation"
        DECISION = "decision"
        """Both evaluations are in; the coordinator compares and decides."""
        DOSSIER = "dossier"
        """Recommended: a dossier can be composed."""
        SUBMISSION = "submission"
        """A dossier is released; it can be submitted to an authority."""
        PERMIT = "permit"
        """An entry permit is recorded; what follows is the journey and asylum."""
        CLOSED = "closed"

    id = models.CharField(max_length=40, primary_key=True)
    """The vault's subject id."""
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    reference = models.CharField(max_length=16, unique=True)
    """What staff call it, such as PHA-7K3M: the organisation's code and random letters."""
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.INTERVIEW)
    opened_on = models.DateField()
    reading_key = models.BinaryField()
    """Public half of the evaluations section's reading pair: evaluators write to it and cannot read."""

    class Meta:
        indexes = [models.Index(fields=["organisation", "-opened_on", "id"], name="cases_of_organisation")]

    def __str__(self) -> str:
        return self.reference

    @property
    def awaits_consents(self) -> bool:
        """Whether the person changed a consent on their own page and the case does not follow yet."""
        return self.requests.exclude(consents_changed_on=None).exists()

    @property
    def subject(self) -> Subject:
        """The vault's file of the case."""
        return Subject(self.id, self.organisation_id)


class CasePart(models.Model):
    """What a member does in a case. Independence of evaluators is judged by these rows."""

    class Part(models.TextChoices):
        BROUGHT = "brought"
        """Received the person: may not evaluate."""
        CASEWORKER = "caseworker"
        INTERVIEWER = "interviewer"
        """May not evaluate."""
        ASKED = "asked"
        """Asked to evaluate, has not declared yet: may not look into the file."""
        EVALUATOR = "evaluator"
        RESEARCHER = "researcher"
        COORDINATOR = "coordinator"
        LIAISON = "liaison"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parts")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=12, choices=Part.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "member", "part"], name="one_part_once")]

    def __str__(self) -> str:
        return self.part


class CaseClock(models.Model):
    """A period of the retention pack that runs for a case, or for one thing in it. It ends without anybody's key."""

    class Runs(models.TextChoices):
        """Ids of clocks in the retention pack."""

        WITHDRAWN = "withdrawn"
        NOT_RECOMMENDED = "not_recommended"
        PROTECTED = "protected"
        ENDED = "ended"
        OFFENCES = "offences"
        """For the section about conduct only."""
        RECORDING = "recording"
        """For one recording of an interview."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks")
    runs = models.CharField(max_length=20, choices=Runs.choices)
    record = models.CharField(max_length=40, default="")
    """The recording's sealed record; empty where the clock is the whole case's or a section's."""
    file = models.CharField(max_length=40, default="")
    """The recording's sealed file."""
    erase_on = models.DateField(null=True, db_index=True)
    """None until what it counts from has happened."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "runs", "record"], name="one_clock_once")]

    def __str__(self) -> str:
        return self.runs
