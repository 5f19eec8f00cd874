"""Letters of Kodaira, as a decision would write them. `approval.json` also shows that old snapshots stay readable."""

import dataclasses
import json
from pathlib import Path

from applications.letters.content import Fact, LetterContent, paragraphs

SNAPSHOTS = Path(__file__).parent / "snapshots"

REASON = """\
お子さまは令和8年1月15日に生まれ、申請の日(令和8年6月1日)には生後4か月を過ぎていました。

利用できるのは、生後4か月になる日の前日(令和8年5月14日)までです(小平市産後ケア事業「対象」)。
"""


def approval() -> LetterContent:
    return LetterContent.from_snapshot(json.loads((SNAPSHOTS / "approval.json").read_text()))


def refusal() -> LetterContent:
    granted = approval()
    return dataclasses.replace(
        granted,
        title="小平市産後ケア事業利用不承認決定通知書",
        opening=granted.opening.replace("承認することに", "承認しないことに"),
        facts=(granted.facts[0], Fact("申請のあった種類", ("宿泊型", "助産師による訪問"))),
        grants=(),
        instructions=(),
        reasons=paragraphs(REASON),
    )


def approval_after_a_loss() -> LetterContent:
    granted = approval()
    return dataclasses.replace(
        granted,
        facts=(granted.facts[0], Fact("利用できる期間", ("令和8年5月14日まで",)), granted.facts[3]),
        grants=granted.grants[3:],
    )


def addressed_to(name: str, *address: str) -> LetterContent:
    letter = approval()
    return dataclasses.replace(
        letter,
        recipient=dataclasses.replace(letter.recipient, name=name, address=address or letter.recipient.address),
        facts=(Fact("利用する方", (f"{name}(平成6年8月1日生まれ)",)), *letter.facts[1:]),
    )
