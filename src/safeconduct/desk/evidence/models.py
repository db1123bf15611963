"""Items are sealed records with sealed files (vault). In the open stand only keyed marks: a document is found in two cases."""

from django.db import models

from safeconduct.desk.accounts.models import Organisation
from safeconduct.desk.cases.models import Case
from safeconduct.desk.vault.keyholders import Subject, SubjectKind


class MarkFile(models.Model):
    """The vault's file that holds an organisation's mark key, sealed to those of its members who work with documents."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="mark_file")
    file = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.organisation_id

    @property
    def subject(self) -> Subject:
        """The vault's file."""
        return Subject(self.file, self.organisation_id, SubjectKind.MARKS)


class Mark(models.Model):
    """A keyed fingerprint of a document, or of a piece of how one of its pages looks. It tells nothing without the key."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="marks")
    record = models.CharField(max_length=40)
    """The sealed record of the piece of evidence."""
    page = models.PositiveSmallIntegerField()
    """0 for the file itself."""
    mark = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "page", "mark"], name="one_row_per_mark")]
        indexes = [models.Index(fields=["mark"], name="documents_by_mark")]

    def __str__(self) -> str:
        return self.record
