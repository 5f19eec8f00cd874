"""After a paper was accepted: heard, decided, posted, told by phone, and one day hers on the screen."""

import datetime as dt
import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from applications.models import AccountOffer, Application, Birth, Document, HouseholdClass, Letter
from applications.selectors.joining import ACCOUNT_ONLY, reachable, rows_of_citizens
from applications.services.returning import NoAccount, return_for_correction
from eligibility.public import Municipality, programme_on
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import cases, factories
from tests.walks.person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media", "all_tenants")]


@pytest.fixture
def paper(kodaira: Municipality, nurse: Any) -> Any:
    """Heard, of a mother without an account."""
    application = cases.heard(kodaira, nurse, household__citizen=None, channel="post")
    Event.objects.create(
        at=application.submitted_at,
        verb="application.entered",
        actor_id=nurse.pk,
        subject_kind="application",
        subject_id=application.pk,
        data={"channel": "post", "received_on": "2026-03-03", "blank": [], "consents": ["use"], "seen_by": nurse.pk},
    )
    return application


def test_what_is_told_by_phone__is_taken_down_with_who_and_when(paper: Any, decider: Any) -> None:
    """She has no account: nothing is mailed, and the case page says so."""
    staff = Person(decider)
    staff.opens(f"/kodaira/centre/cases/{paper.number}/")
    staff.sees("メールはありません。通知書は郵送します", "郵送の紙で・受付令和8年3月3日(火)", "紙の同意を見た人渡辺")
    staff.presses("承認して通知書を出す")
    staff.sees("決定しました")
    assert Letter.objects.get().citizen is None

    staff.follows("生まれた日を記録する")
    staff.writes_day("生まれた日", "R7.12.1")
    staff.writes("生まれた子の人数", "1")
    staff.chooses("家族", to="だれから聞きましたか")
    staff.misses("この日でまちがいないと")
    staff.presses("記録する")
    staff.sees("出産予定日と離れています")
    staff.chooses("この日でまちがいないと")
    staff.presses("記録する")
    staff.sees("届け出た日を記録しました(家族から")
    assert Birth.objects.get().born_on == dt.date(2025, 12, 1)
    assert not Mail.objects.exists()


def test_what_nobody_could_open__is_not_given_back(paper: Any, nurse: Any) -> None:
    """A return waits for her to correct it on the screen, and she has none."""
    staff = Person(nurse)
    staff.opens(f"/kodaira/centre/cases/{paper.number}/")
    staff.misses("差し戻す")
    staff.sees("申請を直すところは、電話で聞いて「訂正する」で直します")
    with pytest.raises(NoAccount):
        return_for_correction(paper, marks={"person": ["phone"]}, message="電話番号", by=nurse, at=clock.now())


def test_a_withdrawal__told_by_phone__ends_the_application(paper: Any, nurse: Any) -> None:
    staff = Person(nurse)
    staff.opens(f"/kodaira/centre/cases/{paper.number}/")
    staff.follows("申請の取り下げを記録する")
    staff.chooses("本人", to="だれから聞きましたか")
    staff.presses("取り下げを記録する")
    staff.sees("本人が取り下げました(本人から")

    assert Application.objects.get().status == "withdrawn"


def test_a_certificate__that_comes_by_post__is_scanned_into_the_case(kodaira: Municipality, nurse: Any) -> None:
    terms = programme_on(kodaira, clock.today()).terms
    proved = next(item for item in terms.classes if item.proof)
    paper = cases.heard(
        kodaira, nurse, household__citizen=None, channel="counter", household_class=proved.code, members=1
    )
    staff = Person(nurse)
    staff.opens(f"/kodaira/centre/cases/{paper.number}/")
    staff.follows("紙で届いた書類を入れる")
    staff.presses("入れる")
    staff.sees("書類の画像を選んでください")
    picture = BytesIO()
    Image.new("RGB", (600, 800), "white").save(picture, "JPEG")
    picture.seek(0)
    picture.name = "paper.jpg"
    staff.client.post(staff.address, {"certificates": picture})
    assert (Document.objects.get().status, Document.objects.get().citizen) == ("filed", None)
    staff.opens(f"/kodaira/centre/cases/{paper.number}/")
    staff.sees("paper.jpg")
    staff.misses("紙で届いた書類を入れる")


def test_every_row_about_a_mother__is_found_through_the_registry() -> None:
    """A new table of hers joins by itself, or is named with the reason why none of its rows can be on paper."""
    assert set(rows_of_citizens()) == reachable() | ACCOUNT_ONLY


def test_an_account__becomes_hers_with_all_rows_once_she_names_herself(
    paper: Any, nurse: Any, decider: Any, kodaira: Municipality
) -> None:
    staff = Person(decider)
    staff.opens(f"/kodaira/centre/cases/{paper.number}/")
    staff.presses("承認して通知書を出す")
    staff.follows("本人がネットで見られるようにする")
    staff.writes("本人のメールアドレス", "misaki@example.jp")
    staff.chooses("窓口で")
    staff.presses("メールを送る")
    staff.sees("メールを送りました", "misaki@example.jpへ案内しました")

    offer = AccountOffer.objects.get()
    mother = Person(offer.citizen)
    mother.opens("/kodaira/my/")
    mother.misses(paper.number)
    mother.follows("確かめる")
    mother.writes("氏名", "髙橋 美咲")
    mother.writes_day("あなたの生年月日", "H6.8.2")
    mother.presses("確かめる")
    mother.sees("紙の申請とちがいます")
    mother.writes_day("あなたの生年月日", "H6.8.1")
    mother.presses("確かめる")
    mother.sees("紙の申請を、マイページで見られるようになりました", paper.number)

    left = {
        model.__name__: model.objects.filter(citizen=None).count()
        for model in rows_of_citizens()
        if model.objects.filter(citizen=None).exists()
    }
    assert not left
    assert HouseholdClass.objects.get().citizen == offer.citizen
    mother.opens("/kodaira/my/letters/")
    mother.sees(Letter.objects.get().title)


def test_wrong_answers__close_the_offer_and_show_nothing(paper: Any, nurse: Any) -> None:
    staff = Person(nurse)
    staff.opens(f"/kodaira/centre/cases/{paper.number}/account/")
    staff.writes("本人のメールアドレス", "stranger@example.jp")
    staff.chooses("窓口で")
    staff.presses("メールを送る")
    stranger = Person(AccountOffer.objects.get().citizen)
    address = re.findall(r"/kodaira/my/join/\d+/", Mail.objects.get().text)[0]
    for _ in range(AccountOffer.MOST_TRIES):
        stranger.opens(address)
        stranger.writes("氏名", "見本 花子")
        stranger.writes_day("あなたの生年月日", "H6.8.1")
        stranger.presses("確かめる")
    stranger.sees("この案内は、もう使えません")
    stranger.misses(paper.number, "髙橋")


def test_an_address__of_somebody_who_applied_herself__is_refused_as_a_possible_double(
    paper: Any, nurse: Any, kodaira: Municipality
) -> None:
    known = factories.HouseholdFactory(municipality=kodaira)
    staff = Person(nurse)
    staff.opens(f"/kodaira/centre/cases/{paper.number}/account/")
    staff.writes("本人のメールアドレス", known.citizen.email)
    staff.chooses("窓口で")
    staff.presses("メールを送る")
    staff.sees("同じ方かもしれない申請を確かめてください")
    assert not AccountOffer.objects.exists()
