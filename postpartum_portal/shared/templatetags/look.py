"""Icons, dates, times and yen as every page writes them, and the shapes that need arithmetic: units, clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Protocol

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postpartum_portal.shared import icons, wareki, yen
from postpartum_portal.shared.clock_face import ClockFace, Deadline, clock_face
from postpartum_portal.shared.words import StrOrPromise

register = template.Library()

VERDICTS = {
    "met": ("ok", "ok", gettext_lazy("満たしています")),
    "unmet": ("bad", "no", gettext_lazy("満たしていません")),
    "ask": ("ask", "ask", gettext_lazy("電話で確かめます")),
    "na": ("na", "dash", gettext_lazy("当てはまりません")),
}
UNIT = gettext_lazy("日")
TONES = {"ok": "ok", "warn": "warn", "bad": "warn", "": "info"}


class LastDay(Protocol):
    """A last day; `label` says what it ends, `""` where all ends on it."""

    @property
    def label(self) -> str: ...

    @property
    def day(self) -> date: ...


@dataclass(frozen=True, slots=True)
class _Link:
    """An entry of a menu; the first of its addresses is where it leads."""

    addresses: tuple[str, ...]
    label: str
    icon: str

    @classmethod
    def read(cls, request: HttpRequest, label: str, *words: str) -> "_Link":
        views = [word for word in words if ":" in word]
        icon = next((word for word in words if ":" not in word), "")
        return cls(tuple(_href(request, view) for view in views), label, icon)

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


@register.simple_tag(takes_context=True)
def office_name(context: template.Context) -> str:
    """`{% office_name as desk %}`: who answers at this municipality, for a sentence."""
    office = getattr(context["request"].municipality, "office", None)
    return last_word(office["name"]) if office else _("窓口")


@register.filter
def last_days(lasts: Iterable[LastDay]) -> SafeString:
    """Each last day with what it ends, where they differ: `宿泊型は5月14日(木)、訪問型は令和9年1月14日(木)`."""
    return format_html_join("、", "{}", ((_last_day(last),) for last in lasts))


def _last_day(last: LastDay) -> SafeString:
    day = full_day(last.day)
    return format_html(_("{service}は{day}"), service=last.label, day=day) if last.label else day


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
    return {"css": css, "icon": name, "word": str(word)}


@register.simple_tag
def face(deadline: Deadline, now: datetime) -> ClockFace:
    """`{% face deadline now as f %}`: hands, arc and words of the deadline clock."""
    return clock_face(deadline, now)


@register.simple_tag
def units(used: int, held: int, left: int, unit: StrOrPromise = UNIT) -> SafeString:
    """One block per unit: grey used, striped booked, solid left; the whole sentence for those who hear it."""
    blocks = ["used"] * used + ["held"] * held + ["left"] * left
    words = [_("利用ずみ%(number)s%(unit)s") % {"unit": unit, "number": used}] if used else []
    words += [_("予約ずみ%(number)s%(unit)s") % {"unit": unit, "number": held}] if held else []
    words += [_("のこり%(number)s%(unit)s") % {"unit": unit, "number": left}]
    total = {"unit": unit, "number": used + held + left, "parts": "、".join(words)}
    sentence = _("%(number)s%(unit)sのうち、%(parts)s") % total
    drawn = format_html_join("", '<i class="{}"></i>', ((css,) for css in blocks))
    return format_html('<div class="units" role="img" aria-label="{}">{}</div>', sentence, drawn)


@register.simple_tag(takes_context=True)
def menu(context: template.Context, *entries: str) -> SafeString:
    """`{% menu _("マイページ") "pages:my_page home" _("予約") "facilities:bookings cal facilities:book" %}`.

    Each entry is a label and, in one word each, its view, perhaps an icon, and further views whose pages belong to it.
    The entry under one of whose addresses this page lies is marked as current; the longest address wins.
    """
    request: HttpRequest = context["request"]
    links = [
        _Link.read(request, label, *words.split()) for label, words in zip(entries[::2], entries[1::2], strict=True)
    ]
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
