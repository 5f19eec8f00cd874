"""Icons, dates, times and yen as every page writes them, and the shapes that need arithmetic: units, clock."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from postpartum_portal.shared import icons, wareki, yen
from postpartum_portal.shared.clock_face import ClockFace, Deadline, clock_face

register = template.Library()

VERDICTS = {
    "met": ("ok", "ok", "満たしています"),
    "unmet": ("bad", "no", "満たしていません"),
    "ask": ("ask", "ask", "電話で確かめます"),
    "na": ("na", "dash", "当てはまりません"),
}
TONES = {"ok": "ok", "warn": "warn", "bad": "warn", "": "info"}


@dataclass(frozen=True, slots=True)
class _Link:
    """An entry of a menu; the first of its addresses is where it leads."""

    addresses: tuple[str, ...]
    label: str
    icon: str

    @classmethod
    def read(cls, request: HttpRequest, view: str, label: str, icon: str = "", *more: str) -> "_Link":
        return cls(tuple(_href(request, name) for name in (view, *more)), label, icon)

    def reach(self, request: HttpRequest) -> int:
        """How much of the page's address is this entry's; 0 when the page lies elsewhere."""
        return max(len(address) if request.path.startswith(address) else 0 for address in self.addresses)


CURRENT = SafeString(' aria-current="page"')

register.simple_tag(icons.icon, name="icon")
register.filter("clock_time", wareki.clock_time)


@register.filter
def tax(amount: Any, note: str) -> str:
    """`{{ total|yen }}{{ total|tax:service.price.tax_note }}`: 19,500円(税抜)."""
    return yen.notes_told(amount, note)


@register.filter("yen")
def in_yen(amount: Any) -> str:
    """`10,000円`, or the words that stand for an amount nobody has published."""
    return yen.format_yen(yen.Yen(amount)) if isinstance(amount, int) else str(amount)


@register.filter
def split(words: str) -> list[str]:
    """`{% for head in "日,月,火"|split %}`: column heads that stand in the template."""
    return words.split(",")


@register.filter
def last_word(name: str) -> str:
    """`こども家庭センター` of `こども家庭部 こども家庭センター`, where there is room for one."""
    return name.split()[-1]


@register.filter
def short_day(day: date) -> SafeString:
    """`3月10日(火)`: within the year."""
    return _time(day, wareki.short(_tokyo(day)))


@register.filter
def full_day(day: date) -> SafeString:
    """`令和8年3月10日(火)`: where it must stand alone."""
    return _time(day, wareki.full(_tokyo(day)))


@register.filter
def day_seen_from(day: date, on: date) -> SafeString:
    """`3月10日(火)` within the year of `on`, `令和9年3月10日(水)` outside of it."""
    return short_day(day) if _tokyo(day).year == _tokyo(on).year else full_day(day)


@register.filter
def moment(instant: datetime) -> SafeString:
    """`3月10日(火) 16:00`."""
    return _time(instant, wareki.moment(instant))


@register.filter
def tone_icon(tone: str) -> str:
    """The icon that goes with a note's tone: colour never speaks alone."""
    return TONES[tone]


@register.simple_tag
def verdict(value: str) -> dict[str, str]:
    """`{% verdict finding.verdict as v %}`: class, icon and word of met, unmet, ask or na."""
    css, name, word = VERDICTS[str(value)]
    return {"css": css, "icon": name, "word": word}


@register.simple_tag
def face(deadline: Deadline, now: datetime) -> ClockFace:
    """`{% face deadline now as f %}`: hands, arc and words of the deadline clock."""
    return clock_face(deadline, now)


@register.simple_tag
def units(used: int, held: int, left: int, unit: str = "日") -> SafeString:
    """One block per unit: grey used, striped booked, solid left; the whole sentence for those who hear it."""
    blocks = ["used"] * used + ["held"] * held + ["left"] * left
    words = [f"利用した{unit}{used}{unit}"] if used else []
    words += [f"予約した{unit}{held}{unit}"] if held else []
    sentence = f"{used + held + left}{unit}のうち、" + "、".join([*words, f"のこり{left}{unit}"])
    drawn = format_html_join("", '<i class="{}"></i>', ((css,) for css in blocks))
    return format_html('<div class="units" role="img" aria-label="{}">{}</div>', sentence, drawn)


@register.simple_tag(takes_context=True)
def menu(context: template.Context, *entries: str) -> SafeString:
    """`{% menu "pages:my_page マイページ home" "facilities:bookings 予約 cal facilities:book" %}`.

    Each entry: view, label, icon, and further views whose pages belong to it. The entry under one of whose addresses
    this page lies is marked as current; the longest address wins.
    """
    request: HttpRequest = context["request"]
    links = [_Link.read(request, *entry.split()) for entry in entries]
    here = max((link for link in links if link.reach(request)), key=lambda link: link.reach(request), default=None)
    return format_html_join(
        "",
        '<a href="{}"{}>{}{}</a>',
        (
            (link.addresses[0], CURRENT if link is here else "", icons.icon(link.icon) if link.icon else "", link.label)
            for link in links
        ),
    )


@register.simple_tag(takes_context=True)
def home(context: template.Context) -> str:
    """The first page of where one is: the facility's, the municipality's or the portal's."""
    request = context.get("request")
    municipality = getattr(request, "municipality", None)
    if municipality:
        return f"/{municipality.slug}/"
    return "/facility/" if getattr(request, "facility", None) else "/"


def _href(request: HttpRequest, view: str) -> str:
    """A view's address, in the municipality where one is; a facility's pages belong to none."""
    municipality = getattr(request, "municipality", None)
    if municipality is None or view.startswith("facility:"):
        return reverse(view)
    return reverse(view, kwargs={"slug": municipality.slug})


def _tokyo(day: date) -> date:
    """The day of an instant in Tokyo; a day stays what it is."""
    return day.astimezone(wareki.TOKYO).date() if isinstance(day, datetime) else day


def _time(value: date | time, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)
