"""Requests for help, as far as the server may see them: everything a person wrote is in sealed records."""

from django.db import models

from safeconduct.desk.accounts.models import Member, Organisation
from safeconduct.desk.vault.keyholders import Subject, SubjectKind
from safeconduct.desk.vault.models import new_id


class Request(models.Model):
    """One anonymous request to one desk, with its conversation."""

    class State(models.TextChoices):
        NEW = "new"
        OPEN = "open"
        """Read, and in conversation."""
        CASE = "case"
        """A case was opened from it."""
        ADVISED = "advised"
        """Closed with advice, without a case."""
        REFERRED = "referred"
        """Not for this desk: closed with words about who can help."""
        SPAM = "spam"
        MERGED = "merged"
        """The same person's other request goes on."""

    id = models.CharField(max_length=40, primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="requests")
    locator = models.CharField(max_length=7, unique=True)
    """The public first digits of the receipt; the rest is stored nowhere."""
    receipt_salt = models.BinaryField()
    applicant = models.CharField(max_length=40, default=new_id)
    """The holder whose private key follows from the receipt."""
    day = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    awaits_desk = models.BooleanField(default=True)
    """The person wrote last."""
    awaits_applicant = models.BooleanField(default=False)
    """The desk wrote last and the person has not been back."""
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.SET_NULL, related_name="requests")
    assigned_to = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="assigned_requests")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")
    erase_on = models.DateField(null=True, db_index=True)
    """The day on which its keys are destroyed unless something happens first; None while a case or a hold keeps it."""
    deletion_asked_on = models.DateField(null=True)
    """The person asked for deletion on this day; the desk does it by `deletion_due_on`."""
    deletion_due_on = models.DateField(null=True, db_index=True)
    consents_changed_on = models.DateField(null=True)
    """The person withdrew or gave a consent, and the desk has not yet acted on it."""
    proof_asked_on = models.DateField(null=True)
    """The person asked for a proof of filing that no coordinator has signed yet."""
    alarm_on = models.DateField(null=True)
    """Somebody opened the pressure thread: the person may be forced. Until a colleague has answered the alarm."""
    sealed_word = models.BinaryField(default=bytes)
    """The word that the person chose, sealed to themselves alone; of one size whether they chose one or not."""
    pressure_locator = models.CharField(max_length=7, unique=True, null=True)  # noqa: DJ001  # unique: empty text would not be
    """The first digits of a second code. Every request has such digits, salt and check; random where nobody has the code."""
    pressure_salt = models.BinaryField(default=bytes)
    pressure_check = models.BinaryField(default=bytes)

    class Meta:
        indexes = [models.Index(fields=["organisation", "state", "day"], name="requests_of_desk")]

    def __str__(self) -> str:
        return self.id

    @property
    def subject(self) -> Subject:
        """The file of the conversation."""
        return Subject(self.id, self.organisation_id, SubjectKind.REQUEST)


class ApplicantSession(models.Model):
    """A person who came back with their code; the key rests sealed under the cookie's secret."""

    digest = models.CharField(max_length=64, primary_key=True)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="sessions")
    sealed_key = models.BinaryField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:8]


class ReceiptBucket(models.Model):
    """Slows guessing of receipts, by locator: no addresses are stored."""

    locator = models.CharField(max_length=7, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()

    def __str__(self) -> str:
        return "bucket"
