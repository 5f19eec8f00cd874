"""What a municipality's own words in a mail must not say; pure."""

import re
import unicodedata
from collections.abc import Iterator

from eligibility.engine.bereaved import OF_CHILDREN
from postpartum_portal.shared.mail_words import PLACES

_SAID_OF = (
    (OF_CHILDREN, "同じメールが、流産・死産のあった方にも届きます。"),
    (
        re.compile(
            "病気|病名|持病|疾患|症|診断|障害|障がい|うつ|鬱|精神|感染|コロナ|検査|服薬|アレルギー|体重|"
            "流産|死産|亡くな|虐待|暴力|DV|支援措置"
        ),
        "健康や事情は、メールに書きません。メールはほかの人の目に触れます。",
    ),
    (re.compile("生活保護|非課税|課税|所得|減免|免除|区分"), "所得や区分は、メールに書きません。"),
    (
        re.compile(r"(?<![皆同模仕多])様(?![子々式])|(?<!たく)(?<!みな)(?<![皆母師者係])さん(?!後|ぽ)"),
        "人の名前は書けません。",
    ),
    (re.compile(r"https?:|www\.|\S+@\S+"), "リンクとアドレスは、ポータルが入れます。"),
    (re.compile(r"\d+(?:-\d+){2}"), "電話番号は {電話} と書くと、窓口の番号が入ります。"),
    (re.compile(r"\d+ *(?:年|か月|月|日|時|分|円|回|泊|人|%)"), "日付、時刻、額、回数は、ポータルが入れます。"),
)
"""Words, and why they are not for a mail that goes to every mother."""


def wrong_in_mail(text: str) -> Iterator[str]:
    """A sentence for each word that may not go out."""
    plain = unicodedata.normalize("NFKC", text)
    for words, why in _SAID_OF:
        for found in dict.fromkeys(match[0] for match in words.finditer(plain)):
            yield f"「{found}」は使えません。{why}"
    for place in PLACES:
        plain = plain.replace(place, "")
    if {"{", "}"} & set(plain):
        yield f"{{ }} で使えるのは、{' '.join(PLACES)} だけです。"
