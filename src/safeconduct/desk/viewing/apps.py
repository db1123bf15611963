"""The room where what people send is looked at."""

from django.apps import AppConfig


class ViewingConfig(AppConfig):
    """Safe copies of files, and the way to an original."""

    name = "safeconduct.desk.viewing"
