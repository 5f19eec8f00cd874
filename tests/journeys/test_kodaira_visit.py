"""小平市: a visit by a midwife. The centre sounds two of them out, one answers on her phone and is chosen."""

import pytest

from eligibility.public import Municipality
from tests import factories
from tests.facilities.arranging import midwives, one_more_midwife
from tests.processes.support.mailbox import plain_text
from tests.processes.support.portal import Portal

from . import given
from .browser import DESK, PHONE, Window
from .conftest import Meet
from .steps import arranging, signing_in

pytestmark = pytest.mark.journey

MOTHER, NAME = "sakura@example.jp", "髙橋 美咲"
HERS, OTHER = "見本助産師会", "見本の助産師"
VISIT, DAY = "助産師による訪問", "3月11日(水) 13:00〜15:00"


@pytest.mark.parametrize("window", [PHONE, pytest.param(DESK, marks=pytest.mark.soak)], ids=["390", "1280"])
def test_kodaira_visit(portal: Portal, kodaira: Municipality, meet: Meet, window: Window) -> None:
    portal.move_clock_to("2026-03-05 10:00")
    factories.EntitlementFactory(municipality=kodaira, birth__household__citizen__email=MOTHER)
    house, _ = midwives(kodaira), one_more_midwife(kodaira)
    colleague = given.facility_colleague(house.facility, "josanshi@example.jp")
    nurse_here = given.centre_colleague(kodaira, "watanabe@example.jp", role="centre", name="渡辺")
    mother, visitor, nurse = (meet(f"visit-{name}", window) for name in ("mother", "midwife", "nurse"))

    for person, email in ((mother, MOTHER), (nurse, nurse_here.email), (visitor, colleague.email)):
        signing_in.has_signed_in(person, email)
    arranging.wishes_for(mother, VISIT, day="R8.3.11")
    arranging.sounds_out(nurse, HERS, OTHER, name=NAME, at="13:00", hours="2時間")

    mail = portal.mailbox.take(colleague.email, "打診が届きました")
    assert NAME not in plain_text(mail)
    visitor.opens("/facility/requests/")
    visitor.misses(NAME)
    arranging.says_yes(visitor, DAY)

    arranging.chooses_the_answer(nurse, HERS, name=NAME, says=[DAY, "1,500円"])
    visitor.opens("/facility/")
    portal.mailbox.take(MOTHER, "予約が決まりました")
    mother.opens("/kodaira/my/")
    mother.sees("3月11日(水)", HERS)
