from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "postpartum_portal.pages"
    label = "pages"
    verbose_name = "画面"
