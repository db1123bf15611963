"""The room where what one authority is not to see is covered."""

from django.apps import AppConfig


class RedactionsConfig(AppConfig):
    """Regions of files and names in text, for one authority each."""

    name = "safeconduct.desk.redactions"
