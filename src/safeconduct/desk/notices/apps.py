from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "safeconduct.desk.notices"
    label = "notices"
