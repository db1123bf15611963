"""Authorities and what was sent to them. Numbers, answers and validity are in sealed records."""

from django.db import models

from safeconduct.desk.accounts.models import Organisation
from safeconduct.desk.cases.models import Case
from safeconduct.desk.dossiers.models import Dossier
from safeconduct.desk.vault.models import new_id


class Authority(models.Model):
    """A state body that an organisation submits dossiers to. It gets an export, never a login."""

    id = models.CharField(max_length=40, primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="authorities")
    name = models.CharField(max_length=160)
    country = models.CharField(max_length=2)
    language = models.CharField(max_length=2, default="fr")

    def __str__(self) -> str:
        return self.name


class Submission(models.Model):
    """A released dossier handed to an authority."""

    id = models.CharField(max_length=40, primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="submissions")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="submissions")
    record = models.CharField(max_length=40)
    """The sealed record: authority, day, how it was handed over, decision."""

    def __str__(self) -> str:
        return self.id


class Permit(models.Model):
    """An entry permit that an authority gave. Type, number and validity are in the sealed record."""

    id = models.CharField(max_length=40, primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="permits")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="permits")
    record = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.id
