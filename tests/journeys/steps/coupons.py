"""Coupons: she shows the number on her phone, the reception looks it up."""

from tests.journeys.person import Person


def shows_hers(mother: Person, label: str, *, left: str, booked: str) -> str:
    """From My page, with a QR code for the desk's camera; answers the number."""
    mother.opens(f"/{mother.town}/my/")
    mother.follows(f"{label}を見せる・印刷する")
    mother.sees(left, booked)
    assert mother.page.get_by_role("img", name="QRコード").is_visible()
    return mother.page.get_by_role("region", name="番号").locator("b").last.inner_text()


def looks_it_up(receptionist: Person, number: str, *, name: str, left: str, booked: str) -> None:
    """Typed as it is read out, with its gaps."""
    receptionist.opens("/facility/coupons/")
    receptionist.writes("クーポン・利用券の番号", number)
    receptionist.presses("のこりを見る")
    receptionist.sees(name, left, "きょうの予約", booked)
    receptionist.misses("非課税", "見本町")
