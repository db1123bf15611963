from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "safeconduct.desk.intake"
    label = "intake"
