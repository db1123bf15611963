from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "safeconduct.desk.evidence"
    label = "evidence"
