from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "safeconduct.desk.accounts"
    label = "accounts"
