from django.apps import AppConfig


class AuditingConfig(AppConfig):
    name = "safeconduct.desk.auditing"
    label = "auditing"
