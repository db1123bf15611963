"""The custody log as tables: one log per organisation, append only; the database itself refuses changes."""

from django.db import models


class LogHead(models.Model):
    """Where an organisation's log stands: the row that writers queue on."""

    organisation = models.CharField(max_length=40, primary_key=True)
    size = models.PositiveBigIntegerField(default=0)
    frontier = models.BinaryField(default=bytes)
    """Encoded compact range of the tree (spec/custody-v1.md), so that appending never reads old entries."""
    sealed_key = models.BinaryField()
    """The log's signing key, sealed under this server's secret: checkpoints are signed with nobody logged in."""
    public_key = models.BinaryField()

    def __str__(self) -> str:
        return self.organisation


class Entry(models.Model):
    """One line of a log: canonical bytes without personal content."""

    organisation = models.CharField(max_length=40)
    position = models.PositiveBigIntegerField()
    body = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "position"], name="one_entry_per_position")]

    def __str__(self) -> str:
        return f"{self.organisation}#{self.position}"


class Checkpoint(models.Model):
    """A signed note over the log at one size (C2SP signed note)."""

    organisation = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    note = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "size"], name="one_checkpoint_per_size")]

    def __str__(self) -> str:
        return f"{self.organisation}@{self.size}"
