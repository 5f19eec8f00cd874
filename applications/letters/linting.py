"""What is wrong with the reason of a decision, and what could be said better. Pure: text in, remarks out.

A reason that cannot be answered is none (行政手続法8条, 14条): it names a fact about her and the rule that the fact
falls under, in plain words, and nobody else.
"""

import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eligibility.engine.bereaved import OF_CHILDREN

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("reason_words.toml").read_text(encoding="utf-8"))
SHORTEST = 12
"""Characters below which what is left without the rules holds no fact."""
QUOTED_AT_LEAST = 8
"""Characters of a rule that make a quotation of it."""
LONGEST_SENTENCE = 100
"""Characters; a quoted rule does not count."""
MOST_REFUSALS = 2
"""How often a text may say 「できません」 before it only says no."""

_QUOTE = re.compile(r"「[^「」]*」|『[^『』]*』")
_NUMBER = re.compile(r"[\d一二三四五六七八九十]+(?:年|月|日|歳|回|泊|人|か月)")
_ARTICLE = re.compile(r"第[\d一二三四五六七八九十]+[条項号]")
_NUMBERS_OF_CASES = re.compile(r"[A-Z][0-9]{1,2}-[0-9]{4}|[0-9]{4}-[0-9]{4}-[0-9]{4}")
_REFUSES = re.compile("できません|できない")


@dataclass(frozen=True, slots=True)
class About:
    """What a reason may rest on, and what it must not name.

    `facts`: sentences found about her; `rules`: sentences and documents of the programme; `own_numbers`: of her case;
    `named_others`: other families' names that stand in the text; `unprintable`: characters of it that no font has.
    """

    facts: Collection[str]
    rules: Collection[str]
    after_loss: bool = False
    own_numbers: Collection[str] = ()
    named_others: Collection[str] = ()
    unprintable: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence that says what to do. What does not block only advises."""

    text: str
    blocks: bool = True


def remarks_on(reason: str, about: About) -> tuple[Remark, ...]:
    """Mistakes first, then advice; () for a reason that may go out as it is."""
    text = reason.strip()
    if not text:
        return (Remark("理由を書いてください。どの事実が、どのきまりに当たるかを書きます。"),)
    return (*_mistakes(text, about), *(Remark(said, blocks=False) for said in _advice(text)))


def _mistakes(text: str, about: About) -> Iterator[Remark]:
    own = _without_rules(text, about.rules)
    if not _tells_of_her(own, about.facts):
        yield Remark("きまりだけでなく、申請した方の事実を書いてください(いつ、何を確かめたか)。")
    if not _names_a_rule(text, about.rules):
        yield Remark("どのきまりに当たるかを書いてください。きまりの文を「」で写すか、要綱の名前や条を書きます。")
    for word in _found(own, WORDS["scolding"]):
        yield Remark(f"「{word}」は、責めているように読めます。事実だけを書いてください。")
    for word in _found(own, WORDS["empty"]):
        yield Remark(f"「{word}」では、理由が伝わりません。どの事実がどのきまりに当たるかを書いてください。")
    yield from _of_others(text, about)
    if about.after_loss:
        for word in dict.fromkeys(OF_CHILDREN.findall(text)):
            yield Remark(f"「{word}」は、お知らせのあったこの方には書けません。ほかの言葉にしてください。")
    if about.unprintable:
        yield Remark(f"「{'」「'.join(about.unprintable)}」は印刷できません。ほかの文字にしてください。")


def _of_others(text: str, about: About) -> Iterator[Remark]:
    for number in dict.fromkeys(_NUMBERS_OF_CASES.findall(text)):
        if number not in about.own_numbers:
            yield Remark(f"{number} は、この方の番号ではありません。消してください。")
    for name in about.named_others:
        yield Remark(f"「{name}」は、ほかの方の名前です。消してください。")


def _advice(text: str) -> Iterator[str]:
    own = _QUOTE.sub("「」", text)
    if len(_REFUSES.findall(own)) > MOST_REFUSALS:
        yield "「できません」が重なっています。できること、相談できることを書けないか、見なおしてください。"
    for word in _found(own, WORDS["plainer"]):
        yield f"「{word}」は、「{WORDS['plainer'][word]}」と書くと、読みやすくなります。"
    if any(len(sentence) > LONGEST_SENTENCE for sentence in re.split(r"[。\n]", own)):
        yield f"1文が{LONGEST_SENTENCE}字をこえています。2つに分けると、読みやすくなります。"


def _without_rules(text: str, rules: Collection[str]) -> str:
    """What the writer says herself: a longer rule goes first, since a shorter one may be a part of it."""
    for rule in sorted(rules, key=len, reverse=True):
        text = text.replace(rule, "")
    return _QUOTE.sub("", text)


def _tells_of_her(own: str, facts: Collection[str]) -> bool:
    if any(fact and fact.rstrip("。") in own for fact in facts):
        return True
    return len(own) >= SHORTEST and bool(_NUMBER.search(own) or next(_found(own, WORDS["of_her"]), ""))


def _names_a_rule(text: str, rules: Collection[str]) -> bool:
    if any(rule and rule in text for rule in rules) or _ARTICLE.search(text):
        return True
    quoted = [quote[1:-1].rstrip("。") for quote in _QUOTE.findall(text)]
    if any(len(quote) >= QUOTED_AT_LEAST and any(quote in rule for rule in rules) for quote in quoted):
        return True
    return any(word in text for word in WORDS["of_rule"])


def _found(text: str, words: Collection[str]) -> Iterator[str]:
    return (word for word in words if word in text)
