"""熊谷市: the father writes, the mother agrees a day later, and is granted what he asked for from his day on."""

import re
from typing import Any

import pytest

from eligibility.public import Municipality
from tests.factories import UserFactory

from .person import Person
from .steps import NAME, Walk
from .test_kumagaya import AGREES_TO, SAYS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def test_proxy(kumagaya: Municipality, clock_at: Any) -> None:
    walk = Walk(kumagaya, clock_at, SAYS, AGREES_TO, agrees_to_inquiry=True)
    mother, father = walk.mother, Person(UserFactory())
    walk.at("2026-03-05 21:00")
    he_writes_and_hands_over(walk, father)
    father.sees(f"{NAME}さんの申請", "センターが預かりました")
    walk.nurse.opens("/kumagaya/centre/")
    walk.nurse.sees("代理申請", "本人に電話して、同意を聞く")

    walk.at("2026-03-06 10:00")
    mother.opens(re.findall(r"/kumagaya/my/proxy/\d+/", walk.mailed("proxy_asked"))[0])
    mother.sees("髙橋健(配偶者・パートナー)", "いつでもこのページで取り消せます")
    mother.misses("見本町1-2-3")
    mother.presses("代わりに申し込むことに同意する")
    mother.sees("3月5日(木)21:00の申請として受け付けました", "見本町1-2-3")
    number = re.findall(r"R\d-\d+", walk.mailed("application_received"))[0]

    walk.hears()
    walk.decider.opens("/kumagaya/centre/")
    walk.decider.follows(NAME)
    walk.decider.sees("代理申請", "髙橋健(配偶者・パートナー)", "本人の同意:3月6日(金)10:00ログインして")
    walk.approves(letter_says=["熊谷市産後ケア事業利用承認通知"])
    father.opens("/kumagaya/proxy/")
    father.follows(NAME)
    father.sees("決定しました。結果は、本人に届きます")
    father.misses("承認")

    mother.opens("/kumagaya/my/")
    mother.follows(number)
    mother.sees("髙橋健さん(配偶者・パートナー)が、あなたに代わって書きました")
    mother.follows("同意を見る、取り消す")
    mother.presses("同意を取り消す")
    father.opens("/kumagaya/proxy/")
    father.misses(NAME)


def he_writes_and_hands_over(walk: Walk, father: Person) -> None:
    mother = walk.mother
    father.opens("/kumagaya/")
    father.follows("本人に代わって申し込む")
    father.chooses("配偶者・パートナー", to="本人との関係")
    father.writes("あなたの氏名", "髙橋 健")
    father.writes("あなたの電話番号", "090-0000-0003")
    father.writes("本人の氏名", NAME)
    father.writes("本人のメールアドレス", mother.user.email)
    father.presses("本人にメールを送って、はじめる")
    father.follows("申請書を書く")
    father.sees("「あなた」は")
    walk.mother = father  # at the boxes, as long as he writes
    walk.fills_in("R8.4.30", wishes=["宿泊型", "通所型"])
    walk.mother = mother
    father.presses("センターに預ける")
