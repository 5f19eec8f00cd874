"""部品の見本: every component in its states, drawn from the same templates as the pages. Demo and tests only."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from postpartum_portal.accounts import access
from postpartum_portal.shared import clock
from postpartum_portal.shared.forms import (
    ChoiceCards,
    DadsForm,
    DateBoxes,
    DateBoxesField,
    EmailField,
    FileBox,
    KanaField,
    LinesField,
    ManyChoiceCards,
    NameField,
    PhoneField,
    PostcodeField,
    WholeNumberField,
)

from . import styleguide_samples as samples
from . import styleguide_uses as uses

FRAMES = {"task": "styleguide/task.html", "centre": "base_centre.html", "facility": "base_facility.html"}
TROUBLED = {
    "name": "髙橋 美咲",
    "phone": "090-000",
    "due_year": "2026",
    "due_month": "4",
    "due_day": "31",
    "household": "tax_exempt",
    "people": "三人",
}


class SampleForm(DadsForm):
    """One field of each kind."""

    submit_label = "保存して次へ"

    name = NameField(label="氏名")
    kana = KanaField(label="ふりがな")
    birthday = DateBoxesField(
        label="生年月日", help_text="西暦でも「H6」「平成6」でも入ります。", widget=DateBoxes(birthday=True)
    )
    phone = PhoneField(label="電話", help_text="センターから電話します。")
    postcode = PostcodeField(label="郵便番号")
    mail = EmailField(label="メールアドレス", required=False)
    due = DateBoxesField(
        label="出産予定日",
        help_text="母子健康手帳の日付を入れてください。「R8」も使えます。",
        after="母子健康手帳の予定日を確かめてください。",
    )
    babies = forms.ChoiceField(
        label="おなかの赤ちゃんの人数",
        choices=[("1", "1人"), ("2", "双子、三つ子など")],
        widget=ChoiceCards(layout="duo"),
    )
    people = WholeNumberField(label="世帯の人数", lowest=1, highest=20, unit="人")
    household = forms.ChoiceField(
        label="世帯の区分",
        help_text="非課税と生活保護の世帯は、証明書を出すと料金が0円になります。",
        choices=[("general", "どちらでもない"), ("tax_exempt", "住民税が非課税"), ("public", "生活保護を受けている")],
        widget=ChoiceCards(notes={"tax_exempt": "均等割もかからない世帯"}, then={"tax_exempt": "proof"}),
    )
    proof = forms.FileField(
        label="非課税証明書",
        help_text="世帯の全員分。写真かPDF、1枚10MBまで。",
        widget=FileBox(prompt="3人目の証明書を足す"),
    )
    length = forms.ChoiceField(
        label="長さ",
        choices=[("1", "1泊2日"), ("2", "2泊3日"), ("3", "3泊4日")],
        widget=ChoiceCards(layout="three", refused={"3": "のこり3日を超えます"}),
    )
    troubles = forms.MultipleChoiceField(
        label="困っていること",
        required=False,
        choices=[("feeding", "授乳"), ("sleep", "眠れない")],
        widget=ManyChoiceCards(notes={"sleep": "赤ちゃんが寝ていても眠れないとき"}),
    )
    story = LinesField(label="伝えたいこと", required=False, limit=500)
    agree = forms.BooleanField(label="記録を施設に伝えることに同意します")


@access.public
@require_safe
def styleguide(request: Any) -> HttpResponse:
    """`?frame=task`, `centre` and `facility` show the other headers."""
    # The sample office stands in for a municipality of the database, which this page does not read.
    request.municipality = samples.MUNICIPALITY
    request.facility = samples.FACILITY
    return render(request, "styleguide/styleguide.html", _context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    now = clock.now()
    return uses.context(now) | {
        "frame": FRAMES.get(request.GET.get("frame", ""), "base_citizen.html"),
        "colours": samples.COLOURS,
        "steps": samples.STEPS,
        "form": SampleForm(initial=samples.TYPED),
        "troubled": SampleForm({f"troubled-{name}": typed for name, typed in TROUBLED.items()}, {}, prefix="troubled"),
        "findings": samples.findings(),
        "quotes": samples.quotes(),
        "fork": samples.FORK,
        "clocks": samples.clocks(now),
        "rulers": samples.rulers(now.date()),
        "month": samples.month(),
        "rows": samples.SUMMARY,
        "sections": [{"title": "申請の内容", "rows": samples.SUMMARY}],
        "entries": samples.TIMELINE,
        "cases": samples.cases(now.date()),
        "page": Paginator(range(18), 7).page(2),
        "uploads": samples.UPLOADS,
    }
