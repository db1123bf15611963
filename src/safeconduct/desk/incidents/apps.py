"""The room of incidents."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """Stays of a case beside documented incidents; each coincidence decided by a person."""

    name = "safeconduct.desk.incidents"

    def ready(self) -> None:
        """Statements learn from here which stays touch an incident (rule T7)."""
        from safeconduct.desk.claims.outside import near_from
        from safeconduct.desk.incidents.selectors import near

        near_from(near)
