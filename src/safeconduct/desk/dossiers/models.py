"""Dossiers, as far as the server may see them."""

from django.db import models

from safeconduct.desk.accounts.models import Member, Organisation
from safeconduct.desk.cases.models import Case
from safeconduct.desk.vault.models import new_id


class Dossier(models.Model):
    """One version of a dossier for one authority. Who it is for and what it holds is in a sealed record."""

    class State(models.TextChoices):
        COMPOSED = "composed"
        """Waits for a second person."""
        RELEASED = "released"
        WITHDRAWN = "withdrawn"

    id = models.CharField(max_length=40, primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="dossiers")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.COMPOSED)
    composed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    composed_on = models.DateField()
    released_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    released_on = models.DateField(null=True)
    record = models.CharField(max_length=40)
    """The sealed record: recipient, language, chosen items, and after release the package's file, key and digest."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="one_dossier_per_version"),
            models.CheckConstraint(
                condition=models.Q(released_by__isnull=True) | ~models.Q(released_by=models.F("composed_by")),
                name="released_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return self.id


class EvaluatorVoucher(models.Model):
    """An organisation's signed word that a key is one of its evaluators'. Public: it stands in every dossier and trust file."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="voucher")
    encoded = models.BinaryField()

    def __str__(self) -> str:
        return str(self.member_id)


class Attestation(models.Model):
    """One evaluator's signature under a composed dossier: asked for when it is composed, needed before its release."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="attestations")
    evaluator = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attestations")
    position = models.PositiveSmallIntegerField()
    """The order of the manifest."""
    statement = models.BinaryField()
    """What they are asked to sign, sealed to them."""
    envelope = models.BinaryField(null=True)
    """What they signed, sealed to the case's reading key."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "evaluator"], name="one_attestation_per_evaluator")]

    def __str__(self) -> str:
        return str(self.pk)


class TimeKey(models.Model):
    """The key with which an organisation's server attests when a partner's dossier was released."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, primary_key=True, related_name="time_key")
    public_key = models.BinaryField()
    sealed_key = models.BinaryField()
    """Under the server's secret, as the log's key is."""
    voucher = models.BinaryField()
    """The organisation's signed word that it is its own. Public."""

    def __str__(self) -> str:
        return str(self.organisation_id)


class DocumentCertificates(models.Model):
    """What tools of officials need to check the signature inside a document, as DER and PEM. Public; keys follow from others."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="document_certificates"
    )
    root = models.BinaryField()
    document = models.BinaryField()
    time = models.BinaryField()
    revocations = models.BinaryField()
    root_pem = models.BinaryField()

    def __str__(self) -> str:
        return str(self.organisation_id)


class Withdrawal(models.Model):
    """A published notice that a dossier is withdrawn. It names nobody, and outlives the case."""

    id = models.CharField(max_length=40, primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="withdrawals")
    dossier = models.OneToOneField(Dossier, null=True, on_delete=models.SET_NULL, related_name="withdrawal")
    published_on = models.DateField()
    encoded = models.BinaryField()
    """The signed statement, as it stands in the trust file."""

    def __str__(self) -> str:
        return self.id
