from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "postpartum_portal.pages"
    label = "pages"
    verbose_name = "画面"

    def ready(self) -> None:
        from . import bereaved  # noqa: F401, PLC0415 - registers what the check asks
        from .centre import morning, replaying  # noqa: F401, PLC0415 - registers the handler of its job
        from .centre.audit import tables  # noqa: F401, PLC0415 - registers what is exported on its pages
        from .centre.exporting import figures, month_end, people  # noqa: F401, PLC0415 - register what may be written into files
