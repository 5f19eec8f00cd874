"""Joined pages under `/<municipality>/`."""

app_name = "pages"
urlpatterns: list[object] = []
