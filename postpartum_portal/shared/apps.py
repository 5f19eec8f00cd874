from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "postpartum_portal.shared"
    label = "shared"
    verbose_name = "共通"
