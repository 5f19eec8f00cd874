"""事務 › 設定 › メールの文面: own words around what the portal says, seen as text and HTML before they hold."""

from csp.decorators import csp_update
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from eligibility.public import Settings, as_if
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.mail import written
from postpartum_portal.shared.mail_html import as_html
from postpartum_portal.shared.mail_words import TITLES

from .mail_sample import sample_of
from .settings_checked import check_page, read, save
from .settings_mail_form import OwnWordsForm

REVERTED = "ポータルの文に戻す"
TOLD = "文面を変えました。これから作るメールに使います。もう作ったメールは変わりません。"


@access.decider
@require_safe
def mails(request: PortalRequest) -> HttpResponse:
    own = request.municipality.mail_words
    kinds = [(kind, title, kind in own) for kind, title in TITLES.items()]
    return render(request, "centre/settings_mails.html", {"kinds": kinds})


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def mail_words(request: PortalRequest, kind: str) -> HttpResponseBase:
    """By the word of the button: the form, what would change ("check", "revert"), the HTML, the change ("save")."""
    if kind not in TITLES:
        raise Http404
    act, standing = request.POST.get("act", ""), Settings.of(request.municipality)
    if request.method != "POST" or act == "back":
        return _page(request, OwnWordsForm(kind=kind, standing=standing))
    if act in ("check", "revert"):
        form = OwnWordsForm(request.POST if act == "check" else {"reason": REVERTED}, kind=kind, standing=standing)
        return (_checked(request, form) if form.is_valid() else None) or _page(request, form)
    if act == "html":
        return _html(request, *_written(request, kind, read(request).chosen))
    if act != "save":
        raise Http404
    return save(request, told=TOLD)


def _page(request: PortalRequest, form: OwnWordsForm) -> HttpResponse:
    subject, text = _written(request, form.kind, form.standing)
    context = {"form": form, "title": TITLES[form.kind], "subject": subject, "text": text}
    return render(request, "centre/settings_mail.html", context)


def _checked(request: PortalRequest, form: OwnWordsForm) -> HttpResponse | None:
    subject, text = _written(request, form.kind, form.chosen)
    return check_page(request, form, page=f"「{TITLES[form.kind]}」の文面", subject=subject, text=text)


def _written(request: PortalRequest, kind: str, settings: Settings) -> tuple[str, str]:
    """The mail to nobody, as these settings would have it."""
    return written(kind, **sample_of(as_if(request.municipality, settings), on=clock.today()))


def _html(request: PortalRequest, subject: str, text: str) -> HttpResponseBase:
    """The page may carry its styles on its tags, as a mail does."""
    styled = csp_update({"style-src-attr": "'unsafe-inline'"})
    return styled(lambda _: HttpResponse(as_html(subject, text)))(request)
