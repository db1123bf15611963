"""The one place that reads the clock for pages; services take the time as an argument."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Aware, UTC."""
    return timezone.now()


def today() -> date:
    """The day in UTC."""
    return timezone.now().date()
