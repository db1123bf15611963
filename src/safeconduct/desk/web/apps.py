from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "safeconduct.desk.web"
    label = "web"
