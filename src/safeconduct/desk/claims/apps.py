from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "safeconduct.desk.claims"
    label = "claims"
