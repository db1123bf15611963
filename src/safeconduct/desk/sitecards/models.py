"""The newest site card of each organisation; it is public, and signed."""

from django.db import models

from safeconduct.desk.accounts.models import Organisation


class PublishedCard(models.Model):
    """What an organisation's coordinator signed last."""

    organisation = models.OneToOneField(Organisation, primary_key=True, on_delete=models.PROTECT, related_name="site_card")
    encoded = models.BinaryField()
    """The file of spec/statements-v1.md."""

    def __str__(self) -> str:
        return f"card of {self.organisation_id}"
