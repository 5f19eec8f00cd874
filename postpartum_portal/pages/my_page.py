"""マイページ: the one next thing, what is left, until when, letters, bookings, and where her application stands."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.public import (
    account_offers_to,
    notice_of,
    own_documents,
    own_letters,
    remains,
    unread_by_her,
    used_before_words,
    wanted_of,
    writing_for,
)
from facilities.public import card_of, remaining, terms_of, waiting_of, wishes_of
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

from .mine import mine_of
from .my_ruler import ruler_card
from .next_thing import next_thing

LETTERS_SHOWN, BOOKINGS_SHOWN = 3, 5


@access.citizen
@require_safe
def my_page(request: PortalRequest) -> HttpResponse:
    now = clock.now()
    mine, on = mine_of(request, now=now), clock.day_of(now)
    granted = mine.standing if mine.standing and mine.standing.services else None
    usable = None if mine.lost or (granted and granted.ending) else granted
    left = remaining(usable, mine.bookings, on=on) if usable else ()
    to_adjust = mine.to_adjust
    outside = {card.booking.pk for card in to_adjust}
    waiting = waiting_of(mine.standing.entitlement) if mine.standing else ()
    wishes = [card for card in wishes_of(mine.standing.entitlement) if card.open] if mine.standing else []
    following = next((booking for booking in mine.coming if not (mine.lost and booking.pk in outside)), None)
    context = {
        "following": card_of(following, terms_of(following), now=now) if following else None,
        "outside": following is not None and following.pk in outside,
        "to_adjust": to_adjust,
        "offers": [card for card in waiting if card.offered],
        "waiting": [card for card in waiting if card.waits],
        "wishes": wishes,
        "lost": mine.lost,
        "remains": remains(granted.terms, granted.services) if mine.lost and granted else None,
        "granted": granted is not None,
        "next": next_thing(mine.applications, mine.birth, mine.standing, left, arranging=bool(wishes), on=on),
        "left": left,
        "used_before": used_before_words(usable, on=on) if usable else "",
        "birth": mine.birth,
        "may_book": mine.birth is not None and mine.birth.born_on is not None,
        "ruler": ruler_card(usable, mine.coming, on=on) if usable else None,
        "letters": own_letters(on=on)[:LETTERS_SHOWN],
        "cards": mine.cards[::-1][:BOOKINGS_SHOWN],
        "applications": mine.applications,
        "documents": own_documents(request.user, request.municipality),
        "coupons": granted.terms.coupons if granted else None,
        "own_office": mine.own_office,
        "unread": unread_by_her(request.user, request.municipality),
        "certificates": wanted_of(request.user, request.municipality, on=on),
        "account_offers": account_offers_to(request.user, request.municipality),
        "proxies": writing_for(request.user, request.municipality),
        "notice": notice_of(request.user, request.municipality),
        "now": now,
    }
    return render(request, "citizen/my_page.html", context)
