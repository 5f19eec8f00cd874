"""The shape of a programme file: what is asked on the phone. Left out, the portal's suggestion is used."""

from typing import Annotated

from eligibility import engine
from eligibility.programmes.fields import Code, Count, Flag, Number, Strict, Text, key, words
from eligibility.programmes.schema.who import AFTER_LOSS, AFTER_LOSS_ABOUT

AnswerKind = Annotated[
    engine.AnswerKind,
    words(yes_no="はい・いいえ・わからない", choice="いくつかの中から選ぶ", text="短い文", number="数"),
]


class FollowUpEntry(Strict):
    text: Text = key("つづけてすること", "その答えのときに、職員が聞くこと、すること。")
    when: tuple[Code, ...] = key("どの答えのとき", "yes、no、unsure、または choices のコードです。", default=())
    at_least: Count | None = key("いくつから", "数で答える質問だけに書きます。", default=None)
    urgent: Flag = key("急ぐ", "決定する人にも見せ、その日のうちに動くことです。", default=False)


class QuestionAfterLossEntry(Strict):
    question: Text = key("聞くこと", default="")
    purpose: Text = key("聞く理由", default="")


class QuestionEntry(Strict):
    circumstances: tuple[Code, ...] = key(
        "当てはまる circumstances",
        "きまりの判定に使う聞くことのコードです。その聞き方で聞き、答えは判定に入ります。",
        default=(),
    )
    code: Code = key("コード", default="")
    question: Text = key("聞くこと", default="")
    answer: AnswerKind = key("答えかた", default=engine.AnswerKind.YES_NO)
    choices: dict[Code, Text] = key("選ぶもの", "answer: choice のときに、コードと言い方を並べます。", default={})
    at_most: Number | None = key("いちばん大きい数", "answer: number のときに書きます。", default=None)
    purpose: Text = key("聞く理由", "職員に見せ、聞かれたら伝える文です。", default="")
    about_child: Flag = key("お子さんのこと", "流産・死産のあとの方には聞きません。", default=False)
    follow_up: FollowUpEntry | None = key("答えにつづけて", default=None)
    after_loss: QuestionAfterLossEntry | None = key(AFTER_LOSS, AFTER_LOSS_ABOUT, default=None)


class GroupAfterLossEntry(Strict):
    title: Text = key("見出し", default="")


class QuestionGroupEntry(Strict):
    code: Code = key("コード")
    title: Text = key("見出し")
    questions: tuple[QuestionEntry, ...] = key("聞くこと")
    after_loss: GroupAfterLossEntry | None = key(AFTER_LOSS, AFTER_LOSS_ABOUT, default=None)


class ScreeningAfterLossEntry(Strict):
    introduction: Text = key("初めに言うこと", default="")


class ScreeningEntry(Strict):
    practice: Text = key("この聞き方のもと", "市の聞き取り票の名前など、だれの聞き方かを書きます。")
    introduction: Text = key("初めに言うこと")
    groups: tuple[QuestionGroupEntry, ...] = key("聞くことのまとまり")
    after_loss: ScreeningAfterLossEntry | None = key(AFTER_LOSS, AFTER_LOSS_ABOUT, default=None)
