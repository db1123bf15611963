from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    name = "safeconduct.desk.pathways"
    label = "pathways"
