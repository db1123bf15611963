"""The screening room."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Names of a case against lists; each hit decided by people."""

    name = "safeconduct.desk.screening"
