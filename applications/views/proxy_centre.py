"""What was handed over for a mother and waits for her consent: the centre phones her and takes down what she says."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from applications.forms.proxy import ToldByPhoneForm
from applications.models import Proxy
from applications.selectors.proxies import TO_ENTER, as_told
from applications.services import consenting
from eligibility.access import programme_for
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, events

DECLINE = "decline"
"""Name of the button for a no."""


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def centre_proxy(request: PortalRequest, pk: int) -> HttpResponse:
    """Who wrote and how she is reached; of what is written nothing but her phone and what tells that it is she."""
    rows = Proxy.objects.filter(TO_ENTER).select_related("municipality", "application", "citizen")
    proxy = get_object_or_404(rows, pk=pk, municipality=request.municipality)
    sent = request.POST if request.method == "POST" and DECLINE not in request.POST else None
    form = ToldByPhoneForm(sent)
    if request.method == "POST" and (DECLINE in request.POST or form.is_valid()):
        return _take_down(request, proxy)
    events.record_reads("proxy.read", [proxy], at=clock.now(), by_id=request.user.pk)
    context = {
        "told": as_told(proxy),
        "form": form if request.membership.may_change and proxy.writer_id != request.user.pk else None,
        "consents": programme_for(request.municipality, clock.today()).terms.consents,
    }
    return render(request, "centre/proxy.html", context)


def _take_down(request: PortalRequest, proxy: Proxy) -> HttpResponse:
    slug = request.municipality.slug
    service = consenting.decline if DECLINE in request.POST else consenting.consent
    try:
        row = service(proxy, by=request.user, at=clock.now())
    except PermissionDenied:
        messages.warning(request, "自分が代わりに書いた申請です。同意は、ほかの職員が聞きます。")
    except consenting.ProxyEnded:
        messages.warning(request, "本人がもう答えています。この画面の内容は使っていません。")
    except consenting.AnotherWrites:
        messages.warning(request, "本人は、ほかの人が書くことに同意しています。先に本人がマイページで取り消します。")
    else:
        if row.entered_at and row.application:
            messages.success(request, "同意を記録し、申請として受け付けました。")
            return redirect("pages:case", slug=slug, number=row.application.number)
        if row.status == Proxy.Status.DECLINED:
            messages.success(request, "断ったことを記録し、書かれたものを消しました。")
        else:
            messages.success(request, "同意を記録しました。本人のほかの申請と重なるので、本人がマイページで選びます。")
    return redirect("pages:worklist", slug=slug)
