"""証明書の切りかわり: whose class rests on last year's certificate, and what bookings cost without the new one."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from applications.public import Switch, ask_for_certificates, switches
from eligibility.engine import Proof, ProofRule, Repriced
from facilities.public import prices_without
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, events

ROWS_A_PAGE = 50
NOBODY = "メールを送る方に印をつけてください。"
ALL_ASKED = "選んだ方には、もう頼んであるか、書類が届いています。"


@dataclass(frozen=True, slots=True)
class Row:
    switch: Switch
    prices: tuple[Repriced, ...]
    """Of each open booking that needs the certificate: with it, and without."""


@dataclass(frozen=True, slots=True)
class YearRule:
    """`source`: the programme's own sentence."""

    text: str
    source: str


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def proofs(request: PortalRequest) -> HttpResponse:
    """A POST mails the ticked families, or all, who were not asked yet."""
    now, municipality = clock.now(), request.municipality
    found = switches(municipality, on=clock.day_of(now))
    picked = set(request.POST.getlist("pick"))
    if "all" in request.POST:
        picked |= {item.application.number for item in found if item.may_ask}
    if picked and (asked := ask_for_certificates(municipality, picked, by=request.user, at=now)):
        messages.success(request, f"{asked}件のお願いのメールを用意しました。数分のうちに送ります。")
        return redirect(request.get_full_path())
    if request.method == "POST":
        messages.warning(request, ALL_ASKED if picked else NOBODY)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    prices = prices_without([_wanted(item) for item in shown], municipality.pk, on=clock.day_of(now))
    events.record_reads("list.read", [item.household for item in shown], at=now, by_id=request.user.pk)
    context = {
        "rows": [Row(item, prices.get(_wanted(item), ())) for item in shown],
        "page": page,
        "to_ask": sum(item.may_ask for item in found),
        "picked": picked,
        "rules": [_said(rule) for rule in dict.fromkeys(item.rule for item in found)],
    }
    return render(request, "centre/proofs.html", context)


def _wanted(item: Switch) -> tuple[int, Proof]:
    return item.birth_id, item.proof


def _said(rule: ProofRule) -> YearRule:
    """The programme's arithmetic in a sentence: 4月から6月に使う分は前年度、7月からはその年度の非課税証明書。"""
    papers = "か".join(document.label for document in rule.documents)
    first = rule.fiscal_year_from_month
    if first is None or first <= 4:
        return YearRule(f"使う日の年度の{papers}", rule.source.text)
    last = first - 1
    early = "4月" if last == 4 else f"4月から{last}月"
    return YearRule(f"{early}に使う分は前の年度の、{first}月から翌年3月に使う分はその年度の{papers}", rule.source.text)
