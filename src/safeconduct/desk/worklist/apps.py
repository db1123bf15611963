from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "safeconduct.desk.worklist"
    label = "worklist"
