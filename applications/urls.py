"""Pages of `applications` under `/<municipality>/`."""

app_name = "applications"
urlpatterns: list[object] = []
