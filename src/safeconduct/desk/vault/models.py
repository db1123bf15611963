"""What the vault keeps: holders' public keys, grants, sealed records and sealed files. Nothing here can be read by itself."""

import secrets

from django.db import models

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_id() -> str:
    """A random identifier in the form that custody entries take: 16 characters that are not easily mistaken, 78 bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(16))


class Holder(models.Model):
    """Somebody or something that keys can be sealed to: a member, a desk, an applicant, a recovery key."""

    id = models.CharField(max_length=60, primary_key=True)
    organisation = models.CharField(max_length=40)
    public_key = models.BinaryField()

    def __str__(self) -> str:
        return self.id


class Grant(models.Model):
    """Section keys of one file, sealed to one holder. Without a row here, no permission check can help."""

    subject = models.CharField(max_length=40)
    key_version = models.PositiveIntegerField()
    holder = models.CharField(max_length=60)
    sections = models.CharField(max_length=200)
    """Names of the sections whose keys are inside, in order, separated by spaces."""
    sealed = models.BinaryField()
    keyring = models.BinaryField(null=True)
    """The same keys under the holder's own keyring key: opening a list of files is symmetric work only."""

    class Meta:
        indexes = [
            models.Index(fields=["holder", "subject"], name="grants_of_holder"),
            models.Index(fields=["subject", "key_version"], name="grants_on_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}/{self.key_version} to {self.holder}"


class SealedRecord(models.Model):
    """One version of one record of a file. Old versions stay; the newest is current."""

    record = models.CharField(max_length=40, default=new_id)
    version = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    subject = models.CharField(max_length=40)
    section = models.CharField(max_length=20)
    key_version = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    day = models.DateField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "version"], name="one_row_per_record_version"),
            models.UniqueConstraint(
                fields=["record"], condition=models.Q(is_current=True), name="one_current_version_per_record"
            ),
        ]
        # With id and version inside, a search over thousands of cards it has in memory reads this index alone.
        indexes = [models.Index(fields=["subject", "kind", "is_current", "record", "version"], name="cards_of_subject")]

    def __str__(self) -> str:
        return f"{self.record}/{self.version}"


class SealedFile(models.Model):
    """A sealed file in the home's `files` folder; its key is inside a sealed record."""

    id = models.CharField(max_length=40, primary_key=True, default=new_id)
    subject = models.CharField(max_length=40, db_index=True)
    day = models.DateField()

    def __str__(self) -> str:
        return self.id


class Draft(models.Model):
    """What somebody had typed and not yet sent, sealed to themselves."""

    holder = models.CharField(max_length=60)
    place = models.CharField(max_length=64)
    """Digest of the page's address: which form it belongs to."""
    sealed = models.BinaryField()
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "place"], name="one_draft_per_place")]

    def __str__(self) -> str:
        return self.place
