"""Joined pages under `/<municipality>/`."""

from django.urls import path

from . import (
    about,
    access_log,
    calendar_file,
    changes,
    coupon_check,
    coupons,
    facility_page,
    municipality,
    my_page,
    words,
)
from .centre import (
    case,
    handovers,
    office,
    programme,
    programme_drafts,
    proofs,
    revoke,
    settings,
    settings_closed,
    settings_mails,
    worklist,
)
from .centre.audit import views as audit
from .centre.exporting import month_views
from .centre.exporting import views as exports
from .centre.numbers import views as numbers
from .centre.staffing import views as staffing

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
    path("coupons/<slug:code>/", coupon_check.check_coupon, name="check_coupon"),
    path("my/coupons/", coupons.coupons, name="coupons"),
    path("centre/", worklist.worklist, name="worklist"),
    path("centre/cases/<slug:number>/", case.case, name="case"),
    path("centre/cases/<slug:number>/handovers/<int:pk>/seen/", handovers.see, name="see_handover"),
    path("centre/cases/<slug:number>/revoke/", revoke.revoke_approval, name="revoke"),
    path("centre/office/", office.office, name="office"),
    path("centre/office/proofs/", proofs.proofs, name="proofs"),
    path("centre/office/settings/", settings.settings, name="settings"),
    path("centre/office/settings/closed/", settings_closed.closed_days, name="closed_days"),
    path("centre/office/settings/mails/", settings_mails.mails, name="mail_words"),
    path("centre/office/settings/mails/<str:kind>/", settings_mails.mail_words, name="mail_words_of"),
    path("centre/office/staff/", staffing.staff, name="staff"),
    path("centre/office/staff/invite/", staffing.invite, name="invite"),
    path("centre/office/staff/invitations/<int:pk>/", staffing.invitation, name="invitation"),
    path("centre/office/staff/resets/<int:pk>/", staffing.confirm_reset, name="confirm_reset"),
    path("centre/office/staff/<int:pk>/", staffing.member, name="staff_member"),
    path("centre/office/audit/people/", audit.find_person, name="audit_find"),
    path("centre/office/audit/people/<int:pk>/", audit.person, name="audit_person"),
    path("centre/office/audit/accounts/", audit.accounts, name="audit_accounts"),
    path("centre/office/audit/accounts/<int:pk>/", audit.account, name="audit_account"),
    path("centre/numbers/", numbers.numbers, name="numbers"),
    path("centre/numbers/report/", numbers.numbers_report, name="numbers_report"),
    path("centre/numbers/cases/", numbers.numbers_cases, name="numbers_cases"),
    path("centre/months/<int:pk>/export/", month_views.month_export, name="month_export"),
    path("centre/payments/<int:pk>/export/", month_views.payment_export, name="payment_export"),
    path("centre/numbers/exports/", exports.exports, name="exports"),
    path("centre/numbers/exports/<int:pk>/file/", exports.export_file, name="export_file"),
    path("centre/numbers/exports/<int:pk>/report/", exports.export_report, name="export_report"),
    path("centre/numbers/words/", numbers.numbers_words, name="numbers_words"),
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
