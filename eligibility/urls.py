"""Public pages that the programme answers alone, under `/<municipality>/`."""

app_name = "eligibility"
urlpatterns: list[object] = []
