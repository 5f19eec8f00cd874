"""Pages of `facilities` under `/<municipality>/`."""

app_name = "facilities"
urlpatterns: list[object] = []
