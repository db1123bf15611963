"""The room of site cards."""

from django.apps import AppConfig


class SiteCardsConfig(AppConfig):
    """Signed cards by which a copy of the site is noticed."""

    name = "safeconduct.desk.sitecards"
