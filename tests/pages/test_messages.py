"""The thread at the pages: she writes, the centre finds it and answers, she is told and reads."""

from typing import Any

import pytest

from applications.models import Application
from eligibility.public import Municipality
from tests import factories
from tests.cases import handed_in
from tests.walks.person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


def test_thread__goes_to_the_centre_and_back(kodaira: Municipality, nurse: Any) -> None:
    application: Application = handed_in(kodaira)
    her, centre = Person(application.citizen), Person(nurse)

    her.opens("/kodaira/my/")
    her.follows("センターへのメッセージ")
    her.sees("急ぐことは、電話してください", "042-346-3701", "窓口の開いている日に")
    too_long = "持ち物" * 400
    her.writes("センターに伝えたいこと", too_long)
    her.presses("送る")
    her.sees("1,000字までにしてください", too_long)
    her.client.logout()
    her.presses("送る")
    her.opens("/kodaira/my/messages/")
    her.sees("もどしました", too_long)
    her.writes("センターに伝えたいこと", "持ち物を教えてください")
    her.presses("送る")
    her.sees("センターに送りました", "持ち物を教えてください")

    centre.opens("/kodaira/centre/")
    centre.sees("メッセージに返事をする")
    centre.misses("持ち物")
    centre.opens(f"/kodaira/centre/cases/{application.number}/")
    centre.sees("持ち物を教えてください")
    centre.presses("本人に送る")
    centre.sees("本人へのメッセージを入力してください")
    centre.writes("本人へのメッセージ", "母子手帳です")
    centre.presses("本人に送る")
    centre.sees("母子手帳です", "本人はまだ読んでいません")
    centre.opens("/kodaira/centre/")
    centre.misses("メッセージに返事をする")

    her.opens("/kodaira/my/")
    her.sees("新しい返事1件")
    her.follows("センターへのメッセージ")
    her.sees("母子手帳です", "新しい", "センターが読みました")
    her.opens("/kodaira/my/")
    her.misses("新しい返事")
    her.follows("だれが見たか")
    her.sees("メッセージを読みました", "メッセージに返事をしました")


def test_message__that_needs_no_answer_leaves_the_list(kodaira: Municipality, nurse: Any) -> None:
    application: Application = handed_in(kodaira)
    her, centre = Person(application.citizen), Person(nurse)
    her.opens("/kodaira/my/messages/")
    her.writes("センターに伝えたいこと", "ありがとうございました")
    her.presses("送る")

    centre.opens(f"/kodaira/centre/cases/{application.number}/")
    centre.presses("返事はいらない")
    centre.opens("/kodaira/centre/")
    centre.misses("メッセージに返事をする")


def test_thread__is_for_those_who_have_applied(kodaira: Municipality) -> None:
    newcomer = Person(factories.UserFactory())
    newcomer.opens("/kodaira/my/messages/")
    assert newcomer.address == "/kodaira/my/"
    newcomer.misses("センターへのメッセージ")
