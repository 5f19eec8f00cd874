"""Sign-in by a mailed code, the second factor, and nothing with passwords: what nobody has, nobody can guess."""

from allauth.account import views
from django.urls import include, path
from django.views.generic.base import RedirectView

from .evened import evened

urlpatterns = [
    path("login/", evened(views.login), name="account_login"),
    path("login/code/", evened(views.request_login_code), name="account_request_login_code"),
    path("login/code/confirm/", evened(views.confirm_login_code), name="account_confirm_login_code"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", evened(views.signup), name="account_signup"),
    path("confirm-email/", evened(views.email_verification_sent), name="account_email_verification_sent"),
    # Addresses are not managed here: allauth leads somebody who is signed in there from the page above.
    path("email/", RedirectView.as_view(pattern_name="landing"), name="account_email"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("second-factor/", include("allauth.mfa.urls")),
]
