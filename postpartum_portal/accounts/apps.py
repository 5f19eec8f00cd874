from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "postpartum_portal.accounts"
    label = "accounts"
    verbose_name = "アカウント"
