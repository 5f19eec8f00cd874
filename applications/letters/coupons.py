"""利用券 on paper, for a mother who has no screen: the number and its QR code, how many, until when, on one sheet."""

import datetime as dt

from django.conf import settings
from django.urls import reverse

from applications.models import Application, Birth, Coupon
from applications.selectors.births import dates_of
from applications.selectors.handed_in import handed_in
from applications.selectors.standing import Standing
from eligibility import engine
from eligibility.engine.wording import pool_units

from . import compose
from .bereaved import without_children
from .content import Fact, LetterContent, Sheet

SHOW = "施設で、この紙を見せるか、番号を伝えてください。QRコードを読むと、のこりが分かります。お名前は出ません。"
LOST = "この紙をなくしたとき、転出するときは、問合せ先にお電話ください。"


def coupon_sheet(
    application: Application, coupon: Coupon, standing: Standing, *, number: str, on: dt.date
) -> LetterContent:
    """As many as were granted; what is left on a day, the QR code tells. After a loss nothing speaks of a child."""
    terms = standing.terms
    text, given = terms.letters.coupons, handed_in(application)
    label = terms.coupons.label if terms.coupons else ""
    granted = [service for service in terms.services if service.code in standing.usable]
    pools = [pool for pool in terms.pools if pool.code in standing.balances]
    outer = [pool for pool in pools if not any(set(pool.services) < set(other.services) for other in pools)]
    lost = given.birth.outcome == Birth.Outcome.LOST
    told = (*terms.letters.how_to_use, SHOW, LOST)
    frame = compose.frame(application, text, terms, number=number, on=on, coupons=label)
    return LetterContent(
        **{**frame, "title": text.title.format(coupons=label), "appeal": ()},
        facts=(
            compose.person_and_children(given.birth)[0],
            Fact("番号", (coupon.grouped,)),
            Fact("使える数", tuple(_number(pool, granted, standing) for pool in outer)),
            Fact(compose.PERIOD, compose.period(dates_of(given.birth), granted, terms)),
        ),
        instructions=without_children(told) if lost else told,
        sheet=Sheet(coupon.grouped, _address(coupon)),
    )


def _number(pool: engine.Pool, granted: list[engine.Service], standing: Standing) -> str:
    """宿泊型・通所型 7日"""
    names = "・".join(service.short_label for service in granted if service.code in pool.services)
    return f"{names} {pool_units(standing.balances[pool.code].limit, pool)}"


def _address(coupon: Coupon) -> str:
    return f"{settings.PORTAL_ORIGIN}{reverse('pages:check_coupon', args=[coupon.municipality.slug, coupon.code])}"
