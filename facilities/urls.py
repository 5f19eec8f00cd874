"""Pages of `facilities` under `/<municipality>/`."""

from django.urls import path

from .views.centre import amounts, arrange, outcomes, phone_cancel, phoned, preparations, soundings, turn_down
from .views.citizen import book, bookings, cancel, code, dates, illness, move, waiting, wishes

app_name = "facilities"
urlpatterns = [
    path("my/book/", book.book, name="book"),
    path("my/book/code/", code.code, name="code"),
    path("my/book/<int:offering>/", dates.dates, name="book_dates"),
    path("my/book/<int:offering>/wait/", waiting.wait, name="wait"),
    path("my/waiting/<int:pk>/", waiting.waiting, name="waiting"),
    path("my/waiting/<int:pk>/withdraw/", waiting.withdraw, name="withdraw_waiting"),
    path("my/wishes/new/<slug:service>/", wishes.make, name="make_wish"),
    path("my/wishes/<int:pk>/", wishes.wish, name="wish"),
    path("my/wishes/<int:pk>/withdraw/", wishes.withdraw, name="withdraw_wish"),
    path("my/bookings/", bookings.bookings, name="bookings"),
    path("my/bookings/<slug:number>/", bookings.booking, name="booking"),
    path("my/bookings/<slug:number>/cancel/", cancel.cancelling, name="cancel"),
    path("my/bookings/<slug:number>/change/", move.change, name="move"),
    path("my/bookings/<slug:number>/change/withdraw/", move.withdraw, name="withdraw_move"),
    path("my/bookings/<slug:number>/unwell/", illness.unwell, name="unwell"),
    # the centre
    path("centre/wishes/<int:pk>/", arrange.arrange, name="arrange"),
    path("centre/wishes/<int:pk>/sound/", soundings.sound, name="sound"),
    path("centre/wishes/<int:pk>/turn-down/", turn_down.turn_down, name="turn_down"),
    path("centre/wishes/<int:pk>/preparation/", preparations.plan, name="plan_preparation"),
    path("centre/soundings/<int:pk>/choose/", soundings.choose, name="choose"),
    path("centre/soundings/<int:pk>/withdraw/", soundings.withdraw, name="withdraw_sounding"),
    path("centre/preparations/<int:pk>/", preparations.preparation, name="preparation"),
    path("centre/preparations/<int:pk>/visits/", preparations.visits, name="visits"),
    path("centre/phoned-wishes/<int:entitlement>/<slug:service>/", phoned.take, name="take_wish"),
    path("centre/cases/<slug:number>/bookings/<slug:booking>/cancel/", phone_cancel.phone_cancel, name="phone_cancel"),
    path("centre/outcomes/", outcomes.outcomes, name="outcomes"),
    path("centre/outcomes/<slug:number>/", outcomes.outcome, name="outcome"),
    path("centre/amounts/", amounts.amounts, name="amounts"),
    path("centre/amounts/<str:key>/", amounts.amount, name="amount"),
    path("centre/amounts/<str:key>/<int:offering>/", amounts.amount, name="amount_at"),
]
