from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "safeconduct.desk.inbox"
    label = "inbox"
