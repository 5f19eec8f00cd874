"""The six digits that the demo's staff would read from their phone: computed here, so that a newcomer can follow."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt

from postpartum_portal.accounts.models import User


def digits_now(user: User) -> str:
    """The app's present code; "" for somebody who needs none."""
    authenticator = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if authenticator is None:
        return ""
    counters = list(yield_hotp_counters_from_time())
    present = counters[len(counters) // 2]  # in the middle of those that are accepted
    return str(format_hotp_value(hotp_value(decrypt(authenticator.data["secret"]), present)))
