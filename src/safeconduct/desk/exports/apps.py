"""The room from which copies of a case leave."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Exports by two people, with a reason, an end and a mark."""

    name = "safeconduct.desk.exports"
