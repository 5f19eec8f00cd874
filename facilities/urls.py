"""Pages of `facilities` under `/<municipality>/`."""

from django.urls import path

from .views.citizen import book, bookings, cancel, dates

app_name = "facilities"
urlpatterns = [
    path("my/book/", book.book, name="book"),
    path("my/book/<int:offering>/", dates.dates, name="book_dates"),
    path("my/bookings/", bookings.bookings, name="bookings"),
    path("my/bookings/<slug:number>/", bookings.booking, name="booking"),
    path("my/bookings/<slug:number>/cancel/", cancel.cancelling, name="cancel"),
]
