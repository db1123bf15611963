"""The comparing room."""

from django.apps import AppConfig


class ComparingConfig(AppConfig):
    """A document beside another or beside a statement, with notes pinned to regions of its pages."""

    name = "safeconduct.desk.comparing"
