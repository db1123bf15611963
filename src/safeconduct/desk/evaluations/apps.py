from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "safeconduct.desk.evaluations"
    label = "evaluations"
