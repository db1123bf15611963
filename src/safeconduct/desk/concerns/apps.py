"""The concerns room."""

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    """Security concerns, canary documents, and what links requests."""

    name = "safeconduct.desk.concerns"
