"""What was handed over for a mother: the centre takes down what she says to it on the phone, yes, no or no longer."""

from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from applications.forms.proxy import ToldByPhoneForm
from applications.models import Proxy
from applications.selectors.proxies import HANDED_OVER, as_told
from applications.services import consenting
from eligibility.access import programme_for
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, events


class No(NamedTuple):
    """What she may say against it, by the word of the address; `title` is what comes of it."""

    code: str
    label: str
    title: str
    text: str
    action: str


GONE, STAYS = "記録し、書かれたものを消しました。", "取り消しを記録しました。申請は、本人のものとして続きます。"
CALLED = "申請書に書かれた本人の電話番号にかけ、本人がそう言ったときだけ記録します。"
UNDONE = f"{CALLED}元には戻せません。"
DECLINE = No(
    "decline",
    "本人が断ったとき",
    "書かれたものと書類が、すぐに消えます",
    f"{UNDONE}書いた人には、本人のことは何も伝わりません。",
    "断ったと記録して、消す",
)
WITHDRAW = DECLINE._replace(code="withdraw", label="本人が同意を取り消したとき", action="取り消しを記録して、消す")
WITHDRAW_ENTERED = WITHDRAW._replace(
    title="書いた人には、何も見えなくなります",
    text=f"{UNDONE}申請は本人のもので、そのまま進みます。やめるときは、本人が申請を取り下げます。",
    action="取り消しを記録する",
)
SERVICES = {"decline": consenting.decline, "withdraw": consenting.withdraw}


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def centre_proxy(request: PortalRequest, pk: int) -> HttpResponse:
    """Who wrote and how she is reached; of what is written nothing but her phone and what tells that it is she.

    A no is asked for at `?no=…` once more before it is written down.
    """
    rows = Proxy.objects.filter(HANDED_OVER).select_related("municipality", "application", "citizen")
    proxy = get_object_or_404(rows, pk=pk, municipality=request.municipality)
    may_write = request.membership.may_change and proxy.writer_id != request.user.pk
    asked = request.GET.get("no", "")
    form = ToldByPhoneForm(request.POST if request.method == "POST" and not asked else None)
    if request.method == "POST" and (asked in SERVICES or form.is_valid()):
        return _take_down(request, proxy, asked)
    events.record_reads("proxy.read", [proxy], at=clock.now(), by_id=request.user.pk)
    no = _no(proxy)
    context = {
        "told": as_told(proxy),
        "form": form if may_write and proxy.status == Proxy.Status.ASKED else None,
        "no": no if may_write else None,
        "sure": asked == no.code,
        "consents": programme_for(request.municipality, clock.today()).terms.consents,
    }
    return render(request, "centre/proxy.html", context)


def _no(proxy: Proxy) -> No:
    if proxy.status == Proxy.Status.ASKED:
        return DECLINE
    return WITHDRAW_ENTERED if proxy.entered_at else WITHDRAW


def _take_down(request: PortalRequest, proxy: Proxy, no: str) -> HttpResponse:
    try:
        if proxy.writer_id == request.user.pk:
            raise PermissionDenied
        row = SERVICES.get(no, consenting.consent)(proxy, by=request.user, at=clock.now())
    except PermissionDenied:
        messages.warning(request, "自分が代わりに書いた申請です。本人の答えは、ほかの職員が聞きます。")
    except consenting.ProxyEnded:
        messages.warning(request, "本人がもう答えています。この画面の内容は使っていません。")
    except consenting.AnotherWrites:
        messages.warning(request, "本人は、ほかの人が書くことに同意しています。先にその同意の取り消しを記録します。")
    else:
        return _told(request, row, no)
    return redirect("pages:worklist", slug=request.municipality.slug)


def _told(request: PortalRequest, row: Proxy, no: str) -> HttpResponse:
    slug, application = request.municipality.slug, row.application if row.entered_at else None
    if no:
        messages.success(request, STAYS if application else GONE)
    elif application:
        messages.success(request, "同意を記録し、申請として受け付けました。")
    else:
        messages.success(request, "同意を記録しました。本人のほかの申請と重なるので、本人がマイページで選びます。")
    if application:
        return redirect("pages:case", slug=slug, number=application.number)
    return redirect("pages:worklist", slug=slug)
