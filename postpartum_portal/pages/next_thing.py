"""The one next thing of a mother without a booking to come: it follows from where she stands."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.public import Application, Birth, Standing, asked_of_her, expected_decision, revocation_of, stages
from eligibility import engine
from eligibility.engine.wording import day_seen_from
from facilities.public import Remaining
from postpartum_portal.shared.words import StrOrPromise


@dataclass(frozen=True, slots=True)
class NextThing:
    """A card with at most one filled button. `view` is a URL name; `argument` an application number it may need.

    `source`: the rule on which the text rests, where it does.
    """

    eyebrow: StrOrPromise
    title: StrOrPromise
    text: StrOrPromise
    view: str = ""
    label: StrOrPromise = ""
    argument: str = ""
    source: engine.Source | None = None
    first: bool = False
    """It goes before a booking to come."""


START = NextThing(
    gettext_lazy("はじめに"),
    gettext_lazy("産後ケアを申請する"),
    gettext_lazy("入力したものは、そのつど残ります。途中でやめて、ほかの端末で続けられます。"),
    "applications:start",
    gettext_lazy("申請をはじめる"),
)
CONTINUE = NextThing(
    gettext_lazy("次にすること"),
    gettext_lazy("申請の続き"),
    gettext_lazy("入力したものは残っています。"),
    "applications:start",
    gettext_lazy("続きから入力する"),
)
BIRTH = NextThing(
    gettext_lazy("次にすること"),
    gettext_lazy("赤ちゃんが生まれたら"),
    gettext_lazy("生まれた日を届け出ると、使える期間が決まり、すぐに使う日を申しこめます。"),
    "applications:birth",
    gettext_lazy("生まれた日を届け出る"),
)
REFUSED = NextThing(
    gettext_lazy("申請の結果"),
    gettext_lazy("今回は承認されませんでした"),
    gettext_lazy("理由は手紙に書いてあります。わからないことは、下の番号に電話してください。"),
    "applications:letters",
    gettext_lazy("手紙を読む"),
)
AFTER_A_LOSS = NextThing(
    "", gettext_lazy("いつでもお電話ください"), gettext_lazy("手続きのこと、体やこころのこと、下の番号で聞いています。")
)


ARRANGING = NextThing(
    gettext_lazy("日程の調整中"),
    gettext_lazy("センターが日程を調整しています"),
    gettext_lazy("決まると、メールとこのページでお知らせします。"),
    "facilities:bookings",
    gettext_lazy("伝えた希望を見る"),
)
ARRANGED = gettext_lazy("センターが日程を調整して、お知らせします。")
WAITING_FOR = {
    "call": gettext_lazy("センターからの電話を待っています"),
    "decision": gettext_lazy("センターの決定を待っています"),
}
"""The stage under way, as seen from her side."""


def next_thing(
    applications: Sequence[Application],
    birth: Birth | None,
    standing: Standing | None,
    left: Sequence[Remaining],
    *,
    arranging: bool = False,
    on: dt.date,
) -> NextThing:
    """`applications` are hers, latest first; a draft is among them. `arranging`: the centre has a wish of hers."""
    to_correct = next((item for item in applications if asked_of_her(item)), None)
    if to_correct:
        return _correct(to_correct)
    last = applications[0].status if applications else ""
    if last == Application.Status.REVOKED:
        return _revoked(applications[0], on)
    if birth is not None and birth.outcome == Birth.Outcome.LOST:
        return AFTER_A_LOSS
    if standing is not None and standing.services:
        return _granted(standing, left, arranging, on)
    under_way = next((item for item in applications if item.status in Application.OPEN), None)
    if under_way:
        return _waiting(under_way, on)
    if any(item.status == Application.Status.DRAFT for item in applications):
        return CONTINUE
    if last == Application.Status.REFUSED:
        return REFUSED
    return _again() if last == Application.Status.WITHDRAWN else START


def _correct(application: Application) -> NextThing:
    return NextThing(
        _("申請 {number}").format(number=application.number),
        _("直してほしいところがあります"),
        _("センターからのお願いを読んで、印のあるところだけ直してください。受付の順番は、そのままです。"),
        "applications:correct",
        _("直すところを見る"),
        application.number,
        first=True,
    )


def _revoked(application: Application, on: dt.date) -> NextThing:
    revocation = revocation_of(application)
    since = day_seen_from(revocation.effective_on, on) if revocation else ""
    return NextThing(
        _("申請 %(number)s") % {"number": application.number},
        _("利用の承認が取り消されました"),
        _("%(day)sから使えません。理由と、不服があるときの方法は、手紙に書いてあります。") % {"day": since}
        + _("わからないことは、下の番号に電話してください。事情が変わったときは、もういちど申請できます。"),
        "applications:letters",
        _("手紙を読む"),
        first=True,
    )


def _again() -> NextThing:
    """What she withdrew she may ask for again."""
    return NextThing(
        _("申請を取り下げました"),
        _("使いたくなったら、もういちど申請できます"),
        _("前に入力したものが入っています。変わったところだけ直せます。"),
        "applications:start",
        _("もういちど申請する"),
    )


def _granted(standing: Standing, left: Sequence[Remaining], arranging: bool, on: dt.date) -> NextThing:
    if standing.birth.born_on is None:
        return BIRTH
    last = _last_day(standing, on)
    if last is None or last < on:
        return NextThing(_("使える期間"), _("使える期間は終わりました"), _over(last, on))
    there = [item for item in left if item.left]
    if not there:
        return NextThing(
            _("のこり"), _("すべて使いました"), _("おつかれさまでした。心配なことは、いつでも電話で聞けます。")
        )
    until = _("%(day)sまで使えます。") % {"day": day_seen_from(last, on)}
    if any(item.at_facility for item in there):
        return NextThing(_("次にすること"), _("予約する"), until, "facilities:book", _("予約する"))
    if arranging:
        return ARRANGING
    return NextThing(
        _("次にすること"), _("希望の日を伝える"), f"{until}{ARRANGED}", "facilities:book", _("希望を伝える")
    )


def _last_day(standing: Standing, on: dt.date) -> dt.date | None:
    """The latest day on which anything granted may be used."""
    facts = standing.facts(on)
    ends = [engine.use_period(code, facts, standing.terms).last for code in standing.services]
    return max((day for day in ends if day), default=None)


def _over(last: dt.date | None, on: dt.date) -> str:
    return _("使える最後の日は%(day)sでした。") % {"day": day_seen_from(last, on)} if last else ""


def _waiting(application: Application, on: dt.date) -> NextThing:
    """Where her application stands, in the words of its timeline."""
    now = next((stage for stage in stages(application) if stage.state == "now"), None)
    expected = expected_decision(application, on=on)
    return NextThing(
        _("申請 %(number)s") % {"number": application.number},
        WAITING_FOR.get(now.code, now.title) if now else application.status_told,
        (now.text if now else "") + (expected.text if expected else ""),
        "applications:done",
        _("申請のようすを見る"),
        application.number,
        expected.source if expected else None,
    )
