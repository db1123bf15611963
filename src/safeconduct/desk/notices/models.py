"""Who wants to be told that something waits, and where. An address must be readable by the server: it is off by default."""

from django.db import models

from safeconduct.desk.accounts.models import Member


class NoticeChoice(models.Model):
    """One member's choice."""

    class Pace(models.TextChoices):
        OFF = "off"
        QUARTER = "quarter"
        """At the next quarter of an hour."""
        DAILY = "daily"
        """Once a day, at an hour of their own."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="notice_choice")
    pace = models.CharField(max_length=10, choices=Pace.choices, default=Pace.OFF)
    address = models.CharField(max_length=254, default="")
    """Where e-mail goes; empty for a feed alone."""
    hour = models.PositiveSmallIntegerField(default=8)
    """Of daily notices, UTC."""
    seen_to = models.BigIntegerField(default=0)
    """Position in the custody log up to which a notice was given."""
    told_at = models.DateTimeField(null=True)
    """The quarter of an hour of the newest notice."""
    feed_digest = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001  # unique: empty text would not be

    def __str__(self) -> str:
        return self.member_id
