from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "safeconduct.desk.retention"
    label = "retention"
