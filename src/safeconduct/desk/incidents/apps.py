"""The room of incidents."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """Stays of a case beside documented incidents; each coincidence decided by a person."""

    name = "safeconduct.desk.incidents"
