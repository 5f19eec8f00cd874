"""Pages of facility staff under `/facility/`: a facility belongs to no municipality."""

from django.urls import path, register_converter

from .converters import DayConverter, MonthConverter
from .views.staff import (
    bookings,
    coupons,
    day,
    holds,
    month,
    moves,
    outcome,
    preparations,
    requests,
    soundings,
    through,
    workplace,
)

register_converter(DayConverter, "day")
register_converter(MonthConverter, "month")

app_name = "facility"
urlpatterns = [
    path("", day.today, name="today"),
    path("days/<day:day>/", day.day, name="day"),
    path("requests/", requests.inbox, name="requests"),
    path("requests/spoken/", requests.spoken, name="spoken"),
    path("requests/<slug:number>/", requests.asked, name="request"),
    path("requests/<slug:number>/confirm/", requests.confirm, name="confirm"),
    path("requests/<slug:number>/decline/", requests.decline, name="decline"),
    path("soundings/<int:pk>/yes/", soundings.yes, name="sounding_yes"),
    path("soundings/<int:pk>/another/", soundings.another, name="sounding_another"),
    path("soundings/<int:pk>/no/", soundings.no, name="sounding_no"),
    path("preparations/<int:pk>/", preparations.preparation, name="preparation"),
    path("holds/", holds.holds, name="holds"),
    path("holds/<int:pk>/", holds.hold, name="hold"),
    path("holds/<int:pk>/release/", holds.release, name="release_hold"),
    path("moves/<slug:number>/", moves.asked, name="asked_move"),
    path("moves/<slug:number>/accept/", moves.accept, name="accept_move"),
    path("moves/<slug:number>/decline/", moves.decline, name="decline_move"),
    path("capacity/", month.month, name="month"),
    path("capacity/publish/", month.publish, name="publish_places"),
    path("capacity/<month:month>/", month.month, name="month"),
    path("bookings/", through.bookings, name="bookings"),
    path("bookings/<slug:number>/", bookings.booking, name="booking"),
    path("bookings/<slug:number>/arrived/", day.arrived, name="attend"),
    path("bookings/<slug:number>/absent/", day.absent, name="no_show"),
    path("bookings/<slug:number>/cancel/", bookings.cancel, name="cancel"),
    path("bookings/<slug:number>/outcome/", outcome.outcome, name="outcome"),
    path("coupons/", coupons.find, name="coupons"),
    path("coupons/<slug:code>/", coupons.coupon, name="coupon"),
    path("switch/", workplace.switch, name="switch"),
]
