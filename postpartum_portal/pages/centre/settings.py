"""事務 › 設定: what letters carry, and who decides. First what would change and the letter, then the change."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from applications.public import sample_page
from eligibility.public import Settings, as_if, programme_on, setting_changes
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

from .settings_checked import check_page, read, save
from .settings_forms import SettingsForm

TOLD = "設定を変えました。これから作る手紙に使います。もう出した手紙は変わりません。"


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: PortalRequest) -> HttpResponseBase:
    """By the word of the button: the form, what would change ("check"), the letter ("letter"), the change ("save")."""
    act, standing = request.POST.get("act", ""), Settings.of(request.municipality)
    if request.method != "POST" or act == "back":
        return _page(request, SettingsForm(standing=standing))
    if act == "check":
        form = SettingsForm(request.POST, request.FILES, standing=standing)
        checked = check_page(request, form, page="設定", letter=True) if form.is_valid() else None
        return checked or _page(request, form)
    if act == "letter":
        return HttpResponse(sample_page(as_if(request.municipality, read(request).chosen), on=clock.today()))
    if act != "save":
        raise Http404
    return save(request, told=TOLD)


def _page(request: PortalRequest, form: SettingsForm) -> HttpResponse:
    terms = programme_on(request.municipality, clock.today()).terms
    context = {"form": form, "office": terms.offices[0], "history": setting_changes(request.municipality)}
    return render(request, "centre/settings.html", context)
