"""What is there before the journey: colleagues with their second factor, a clinic with places, papers at hand."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django_scopes import scopes_disabled
from PIL import Image, ImageDraw

from eligibility.public import Municipality
from facilities.models import Facility, Wish
from postpartum_portal.accounts.models import User
from tests import factories
from tests.facilities import arranging


@dataclass(frozen=True)
class Colleague:
    """A member of staff and the secret in the app on their phone."""

    email: str
    secret: str

    def digits(self) -> str:
        """What the app shows now."""
        accepted = list(counters())
        return format_hotp_value(hotp_value(self.secret, accepted[len(accepted) // 2]))


def centre_colleague(kodaira: Municipality, email: str, *, role: str, name: str) -> Colleague:
    user = {"user__email": email, "user__display_name": name, "user__second_factor_required": True}
    return _enrolled(factories.MembershipFactory(municipality=kodaira, role=role, **user).user)


def facility_colleague(facility: Facility, email: str, *, name: str = "受付", manages: bool = False) -> Colleague:
    user = {"user__email": email, "user__display_name": name, "user__second_factor_required": True}
    return _enrolled(factories.StaffMembershipFactory(facility=facility, manages=manages, **user).user)


def clinic(*, places: int) -> Facility:
    """ジュンレディースクリニック小平, with so many places of each kind on every day of the coming 180."""
    facility = Facility.objects.get(name__contains="ジュンレディース")
    factories.open_places(facility, limit=places)
    return facility


def facility(name: str) -> Facility:
    """By the name that its own pages bear; of those on file, or of the demo's where a page publishes none."""
    return Facility.objects.get(name=name)


def supporters() -> Facility:
    """NPO法人子育てサポートきらら, which visits at home and keeps no list of places here."""
    return Facility.objects.get(name__contains="きらら")


def supporters_were_there() -> None:
    """They have settled days and hours with her who wished last."""
    with scopes_disabled():
        wish = Wish.objects.latest("pk")
        arranging.prepared(wish, arranging.supporters(wish.municipality), by=User.objects.get(display_name="渡辺"))


def certificate(name: str) -> dict[str, object]:
    """A photograph of a paper, as a phone takes it; no two are alike."""
    picture = Image.new("RGB", (900, 1200), "white")
    paper = ImageDraw.Draw(picture)
    paper.rectangle((60, 60, 840, 1140), outline="black", width=4)
    for line in range(8):
        length = 200 + sum(name.encode()) * (line + 3) % 500
        paper.rectangle((120, 200 + 90 * line, 120 + length, 220 + 90 * line), fill="gray")
    file = BytesIO()
    picture.save(file, "JPEG", quality=80)
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}


def _enrolled(user: Any) -> Colleague:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return Colleague(user.email, secret)
