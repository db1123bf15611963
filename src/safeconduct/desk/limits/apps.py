"""The room that keeps a flood from drowning people."""

from django.apps import AppConfig


class LimitsConfig(AppConfig):
    """Token buckets, tickets and the proof of work."""

    name = "safeconduct.desk.limits"
