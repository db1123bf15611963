from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "safeconduct.desk.cases"
    label = "cases"
