"""What is kept longer, and what was erased: days, closed words and identifiers; never what it was about."""

from datetime import date

from django.db import models

from safeconduct.desk.accounts.models import Organisation
from safeconduct.desk.intake.models import Request
from safeconduct.desk.vault.erasing import Erased
from safeconduct.desk.vault.models import new_id


class Hold(models.Model):
    """A legal hold on one request. It keeps nothing before a second person has confirmed it; the reason is in the desk file."""

    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="hold")
    proposed_by = models.CharField(max_length=40)
    proposed_on = models.DateField()
    confirmed_by = models.CharField(max_length=40, default="")
    until = models.DateField(null=True)
    """The last day; None before it is confirmed."""

    def __str__(self) -> str:
        return self.request_id


class Certificate(models.Model):
    """That something was erased, when, by whom and why. It outlives what it speaks of and holds nothing of it."""

    class Why(models.TextChoices):
        CLOCK = "clock"
        """Its time had come."""
        ASKED = "asked"
        """The person had asked for it."""
        DESK = "desk"
        """A coordinator decided it."""

    class What(models.TextChoices):
        REQUEST = "request"
        CASE = "case"
        OFFENCES = "offences"
        """The notes about deployments and conduct of a case that itself stays for now."""
        RECORDING = "recording"
        """One recording of an interview."""

    id = models.CharField(max_length=40, primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="certificates")
    what = models.CharField(max_length=10, choices=What.choices, default=What.REQUEST)
    thing = models.CharField(max_length=40)
    """The identifier that the erased thing had, as it stands in the custody log."""
    why = models.CharField(max_length=10, choices=Why.choices)
    erased_on = models.DateField()
    by = models.CharField(max_length=40)
    """A member, or `system`."""
    grants = models.PositiveIntegerField()
    records = models.PositiveIntegerField()
    files = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-erased_on", "id"], name="certificates_of_organisation")]

    def __str__(self) -> str:
        return self.id

    @classmethod
    def of(
        cls,
        organisation: str,
        thing: str,
        gone: Erased,
        *,
        what: "Certificate.What",
        why: "Certificate.Why",
        by: str,
        today: date,
    ) -> "Certificate":
        """Write down that something was destroyed; belongs into the transaction that does it."""
        return cls.objects.create(
            organisation_id=organisation,
            what=what,
            thing=thing,
            why=why,
            erased_on=today,
            by=by,
            grants=gone.grants,
            records=gone.records,
            files=gone.files,
        )
