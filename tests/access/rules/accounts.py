"""Signing in and the second factor, django-allauth's views: address below /accounts/ → what it names."""

from collections.abc import Mapping
from typing import Any

from .outcomes import SIGN_IN, STRANGERS, WITH_FACTOR, WITHOUT_FACTOR

_FROM_LOGIN = {"but": dict.fromkeys(STRANGERS, SIGN_IN), "why": "a step of signing in: it begins there"}
ENTRY: Mapping[str, Mapping[str, Any]] = {
    "login/": {},
    "login/code/": {},
    "login/code/confirm/": _FROM_LOGIN,
    "logout/": {},
    "inactive/": {},
    "signup/": {},
    "confirm-email/": _FROM_LOGIN,
    "email/": {},
    "second-factor/authenticate/": _FROM_LOGIN,
    "second-factor/webauthn/login/": _FROM_LOGIN,
}

_KEY = {
    "objects": {"pk": "key"},
    "anyhow": WITH_FACTOR,
    "why": "a key that is not hers leads back to her list, as one that is not there",
}
_FORBIDDEN = dict.fromkeys(WITHOUT_FACTOR, "status 403")
_WRONG_KEY = {f"POST {actor}": SIGN_IN for actor in ("centre", "decider", "decider elsewhere")}
_HAS_NONE = "who has no second factor has none to show"
ACCOUNT: Mapping[str, Mapping[str, Any]] = {
    "reauthenticate/": {"but": _FORBIDDEN, "why": _HAS_NONE},
    "second-factor/": {},
    "second-factor/reauthenticate/": {"but": _FORBIDDEN, "why": _HAS_NONE},
    "second-factor/totp/activate/": {},
    "second-factor/totp/deactivate/": {"only": WITH_FACTOR, "why": _HAS_NONE},
    "second-factor/recovery-codes/": {"only": (), "why": "nobody here has any"},
    "second-factor/recovery-codes/generate/": {},
    "second-factor/recovery-codes/download/": {"only": (), "why": "nobody here has any"},
    "second-factor/webauthn/": {},
    "second-factor/webauthn/add/": {},
    "second-factor/webauthn/reauthenticate/": {"but": _FORBIDDEN | _WRONG_KEY, "why": _HAS_NONE},
    "second-factor/webauthn/keys/<int:pk>/remove/": _KEY,
    "second-factor/webauthn/keys/<int:pk>/edit/": _KEY,
}
