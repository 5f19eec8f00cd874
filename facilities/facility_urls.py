"""Pages of facility staff under `/facility/`: a facility belongs to no municipality."""

app_name = "facility"
urlpatterns: list[object] = []
