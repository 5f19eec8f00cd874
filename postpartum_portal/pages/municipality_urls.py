"""Joined pages under `/<municipality>/`."""

from django.urls import path

from . import about, access_log, calendar_file, changes, coupons, facility_page, municipality, my_page, words
from .centre import case, office, programme, programme_drafts, worklist

app_name = "pages"
urlpatterns = [
    path("", municipality.municipality, name="municipality"),
    path("words/", words.choose, name="words"),
    path("about/<str:page>/", about.about, name="about"),
    path("facilities/<slug:code>/", facility_page.facility, name="facility"),
    path("my/", my_page.my_page, name="my_page"),
    path("my/changes/", changes.changes, name="changes"),
    path("my/changes/<str:kind>/", changes.change, name="change"),
    path("my/calendar.ics", calendar_file.calendar, name="calendar"),
    path("my/access/", access_log.access_log, name="access"),
    path("my/coupons/", coupons.coupons, name="coupons"),
    path("centre/", worklist.worklist, name="worklist"),
    path("centre/cases/<slug:number>/", case.case, name="case"),
    path("centre/office/", office.office, name="office"),
    path("centre/programme/", programme.in_force, name="programme"),
    path("centre/programme/versions/", programme.versions, name="versions"),
    path("centre/programme/versions/<int:pk>/", programme.version, name="version"),
    path("centre/programme/versions/<int:pk>/file/", programme.file, name="version_file"),
    path("centre/programme/diff/<int:before>/<int:after>/", programme.difference, name="difference"),
    path("centre/programme/drafts/new/", programme_drafts.new, name="new_draft"),
    path("centre/programme/drafts/<int:pk>/", programme_drafts.draft, name="draft"),
    path("centre/programme/drafts/<int:pk>/file/", programme_drafts.file, name="draft_file"),
    path("centre/programme/drafts/<int:pk>/replay/", programme_drafts.replay, name="replay_draft"),
    path("centre/programme/drafts/<int:pk>/discard/", programme_drafts.discard, name="discard_draft"),
    path("centre/programme/drafts/<int:pk>/publish/", programme_drafts.publish, name="publish_draft"),
]
