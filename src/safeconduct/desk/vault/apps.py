from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "safeconduct.desk.vault"
    label = "vault"
