"""変更届 at the pages: what follows is told before the button, and holds after it."""

import datetime as dt
from typing import Any

import pytest

from applications.models import Application, ChangeNotice, Household
from eligibility.public import Municipality
from facilities.models import Booking, Facility
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.walks.person import Person

from .given import MARCH, again, book, of_class

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


# how she is reached


def test_list__shows_what_is_on_file_and_leads_to_each(mother: Person) -> None:
    mother.opens("/kodaira/my/")
    mother.follows("氏名・住所などの変更、転出")
    mother.sees("髙橋 美咲(たかはし みさき)", "〒187-0043", "090-0000-0002", "髙橋 健 夫", "転出しない")
    mother.follows("直す(電話番号)")
    mother.sees("電話番号が変わったとき", "いま", "090-0000-0002")


def test_name__tells_what_facilities_and_letters_show_before_it_is_reported(
    mother: Person, stay: Booking, receptionist: Any
) -> None:
    mother.opens("/kodaira/my/changes/name/")
    mother.writes("新しい氏名", "山田 美咲")
    mother.writes("ふりがな", "ヤマダ ミサキ")
    mother.presses("どう変わるかを見る")

    mother.sees("これから出る通知書には、新しい氏名を載せます", "次の予約では、新しい氏名が予約先に見えます", "3月11日")
    assert not ChangeNotice.objects.exists()

    mother.presses("この内容で届け出る")
    mother.sees("変更届を受け取りました", "山田 美咲(やまだ みさき)", "届け出ずみ")
    assert Household.objects.get().name == "山田 美咲"

    desk = Person(receptionist)
    desk.opens(f"/facility/bookings/{stay.number}/")
    desk.sees("山田 美咲")
    desk.misses("髙橋", "変更届")


def test_address__is_shown_to_no_facility_that_she_goes_to(mother: Person, stay: Booking) -> None:
    mother.opens("/kodaira/my/changes/address/")
    mother.sees("市外へ引っ越すときは、転出を届け出てください")
    mother.writes("新しい郵便番号", "1870001")
    mother.writes("新しい住所", "小平市大沼町9-9")
    mother.presses("どう変わるかを見る")
    mother.sees("新しい住所を載せます", "〒187-0001 小平市大沼町9-9")
    mother.misses("予約先に見えます")


def test_unchanged__is_told_and_not_reported(mother: Person) -> None:
    mother.opens("/kodaira/my/changes/emergency/")
    mother.presses("どう変わるかを見る")
    mother.sees("いまと同じです")
    mother.writes("緊急連絡先の電話番号", "")
    mother.presses("どう変わるかを見る")
    mother.sees("氏名と電話番号は、両方入力してください")


def test_emergency_contact__taken_away_says_that_nobody_can_be_phoned(mother: Person) -> None:
    mother.opens("/kodaira/my/changes/emergency/")
    for label in ("緊急連絡先の氏名", "あなたとの関係", "緊急連絡先の電話番号"):
        mother.writes(label, "")
    mother.presses("どう変わるかを見る")
    mother.sees("緊急連絡先がなくなります")
    mother.misses("新しい連絡先に電話します")


def test_what_was_typed__comes_back_when_the_session_had_ended(mother: Person) -> None:
    mother.opens("/kodaira/my/changes/phone/")
    mother.writes("新しい電話番号", "０９０ー１１１１ー２２２２")
    mother.client.logout()
    mother.presses("どう変わるかを見る")
    mother.sees("ログインが切れていました")

    mother.opens("/kodaira/my/changes/phone/")
    mother.sees("ログインが切れる前に書いたものを、もどしました。")
    mother.presses("どう変わるかを見る")
    mother.sees("090-1111-2222")


def test_pages__are_for_those_who_have_applied(kodaira: Municipality) -> None:
    newcomer = Person(factories.UserFactory())
    newcomer.opens("/kodaira/my/changes/phone/")
    assert newcomer.address == "/kodaira/my/"
    assert Person(factories.UserFactory()).client.get("/kodaira/my/changes/").status_code == 302


def test_kind__that_no_programme_knows_is_not_found(mother: Person) -> None:
    mother.client.force_login(mother.user)
    assert mother.client.get("/kodaira/my/changes/anything/").status_code == 404


# the class


def test_class__that_pays_more_tells_each_price_and_changes_it(
    approved: Application, mother: Person, clinic: Facility, receptionist: Any
) -> None:
    of_class(approved, "tax_exempt", "tax_exemption_certificate")
    early, late = (book(approved, clinic, receptionist, day) for day in (MARCH, dt.date(2026, 4, 7)))
    assert [again(row).quote["total"] for row in (early, late)] == [0, 0]

    mother.opens("/kodaira/my/changes/household_class/")
    mother.chooses("どちらでもない")
    mother.writes_day("いつから", "2026.4.1")
    mother.presses("どう変わるかを見る")
    mother.sees("4月1日(水)からの利用は", "4月7日の宿泊型は、0円から10,000円になります。")
    mother.misses("3月11日の宿泊型は")
    mother.presses("この内容で届け出る")

    assert [again(row).quote["total"] for row in (early, late)] == [0, 10_000]
    (mail,) = Mail.objects.filter(kind="bookings_repriced")
    assert "届け出ていただいた世帯の区分により" in mail.text
    mother.sees("4月1日(水)から")


def test_class__that_pays_less_leads_to_its_certificate(mother: Person, stay: Booking) -> None:
    mother.opens("/kodaira/my/changes/household_class/")
    mother.chooses("住民税(均等割)が非課税の世帯")
    mother.writes_day("いつから", "R8.3.5")
    mother.presses("どう変わるかを見る")
    mother.sees(
        "世帯全員分の非課税証明書をセンターが確かめると、3月5日(木)から「住民税非課税世帯(均等割)」の額になります。",
        "それまでは「一般」の料金です",
        "世帯全員分の非課税証明書を確かめたあとの予約の料金",
        "3月11日の宿泊型は、10,000円から0円になります。",
    )
    mother.presses("この内容で届け出る")
    mother.sees("世帯全員分の非課税証明書", "証明書を出す")
    assert again(stay).quote["total"] == 10_000
    mother.follows("証明書を出す")
    mother.sees("証明書を出す", "世帯全員分の非課税証明書")


def test_class__that_pays_less_from_a_day_to_come_says_when_its_certificate_is_handed_in(mother: Person) -> None:
    mother.opens("/kodaira/my/changes/household_class/")
    mother.chooses("住民税(均等割)が非課税の世帯")
    mother.writes_day("いつから", "R8.4.1")
    mother.presses("どう変わるかを見る")
    mother.sees("証明書は、届け出たあとに、続けて出せます。")
    mother.presses("この内容で届け出る")
    mother.sees("証明書を出す")

    mother.opens("/kodaira/my/changes/household_class/")
    mother.sees("いま一般", "届け出ずみ4月1日(水)から「住民税非課税世帯(均等割)」")
    mother.chooses("住民税(均等割)が非課税の世帯")
    mother.writes_day("いつから", "R8.4.2")
    mother.presses("どう変わるかを見る")
    mother.sees("届け出ずみの内容と同じです", "届け出ずみ4月1日(水)から")
    mother.misses("いまと同じです")


# the centre


def test_centre__finds_the_notice_in_its_list_until_somebody_has_looked(
    approved: Application, mother: Person, nurse: Any
) -> None:
    mother.opens("/kodaira/my/changes/phone/")
    mother.writes("新しい電話番号", "０９０９９９９００００")
    mother.presses("どう変わるかを見る")
    mother.presses("この内容で届け出る")

    mother.opens("/kodaira/my/changes/address/")
    mother.writes("新しい住所", "小平市大沼町9-9")
    mother.presses("どう変わるかを見る")
    mother.presses("この内容で届け出る")

    desk = Person(nurse)
    desk.opens("/kodaira/centre/")
    desk.sees("変更届を確かめる", "電話番号")
    desk.misses("090-0000-0002", "090-9999-0000", "大沼町")
    desk.opens(f"/kodaira/centre/cases/{approved.number}/")
    desk.sees("090-0000-0002→090-9999-0000", "住所〒187-0043 小平市大沼町9-9")
    assert desk.reads().count("学園東町") == 1, "the old address stands in the notice alone"
    desk.presses("確かめた(電話番号)")
    desk.sees("変更届(電話番号)を確かめました")
    desk.presses("確かめた(住所)")
    desk.opens("/kodaira/centre/")
    desk.misses("変更届を確かめる")
    mother.opens("/kodaira/my/changes/")
    mother.sees("センターが確かめました")
