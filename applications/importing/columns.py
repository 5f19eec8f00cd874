"""The columns of a file of running approvals: those of every municipality, and those of its own programme."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from applications.models import Birth
from eligibility import engine
from eligibility.engine.families import families_named
from eligibility.engine.wording import pool_counter

NAME, KANA, BORN = "氏名", "ふりがな", "生年月日"
POSTCODE, ADDRESS, PHONE, MAIL = "郵便番号", "住所", "電話番号", "メールアドレス"
DUE_DATE, BIRTH_DATE, CHILDREN = "出産予定日", "生まれた日", "子どもの人数"
FAMILY, LOST_ON = "ご家庭", "流産・死産の日"
DAYS = (DUE_DATE, BIRTH_DATE, LOST_ON)
"""One of them at least; what the family is judged by."""
SERVICES, CLASS, PROOF, FISCAL_YEAR = "承認した種類", "料金の区分", "証明書", "証明書の年度"
DECIDED_ON, OLD_NUMBER = "決定日", "通知書の番号"

DAY = "2026/3/5、R8.3.5、令和8年3月5日のどれでも入ります。"


@dataclass(frozen=True, slots=True)
class Column:
    """`name` stands in the first line of the file; `help` says what goes below it."""

    name: str
    help: str


def limit_column(pool: engine.Pool) -> str:
    return f"承認した数({pool.label})"


def used_column(pool: engine.Pool) -> str:
    return f"使った数({pool.label})"


def reduction_column(reduction: engine.Reduction) -> str:
    return f"使った回数({reduction.label})"


def family_names(terms: engine.Terms) -> dict[str, Birth.Family]:
    """The families that a programme tells apart, by the words of its form and by code; none where it has one only."""
    named = [family for family in Birth.Family if family.value in families_named(terms)]
    return {name: family for family in named for name in (str(family.label), family.value)} if len(named) > 1 else {}


def columns_under(versions: Iterable[engine.Terms]) -> tuple[Column, ...]:
    """The columns of all versions of a programme, by the words of the last one that has them."""
    found = {column.name: column for terms in versions for column in _columns(terms)}
    return tuple(found.values())


def _columns(terms: engine.Terms) -> tuple[Column, ...]:
    """In the order of the template; a file may have them in any order."""
    services = "、".join(service.label for service in terms.services)
    classes = "、".join(item.label for item in terms.classes)
    proofs = "、".join(
        dict.fromkeys(paper.label for item in terms.classes if item.proof for paper in item.proof.documents)
    )
    counted = [item for item in terms.reductions if item.first]
    return (
        Column(NAME, "必ず入れます。"),
        Column(KANA, "必ず入れます。ひらがなでもカタカナでも入ります。"),
        Column(BORN, f"必ず入れます。{DAY}"),
        Column(POSTCODE, "必ず入れます。"),
        Column(ADDRESS, "必ず入れます。"),
        Column(PHONE, "必ず入れます。"),
        Column(MAIL, "あれば入れます。案内を送るときに使います。"),
        Column(DUE_DATE, f"これから出産する方は、必ず入れます。{DAY}"),
        Column(BIRTH_DATE, "生まれていれば入れます。双子などのときは、はじめの子が生まれた日。"),
        Column(CHILDREN, "空けると1人です。双子は2。"),
        *_family_columns(terms),
        Column(SERVICES, f"必ず入れます。いくつかあるときは「、」で区切ります。{services}"),
        *(Column(limit_column(pool), f"承認した種類で使う数。単位は{pool_counter(pool)}。") for pool in terms.pools),
        Column(CLASS, f"空けると「{terms.classes[0].label}」です。{classes}"),
        Column(PROOF, f"証明書のいる区分では、必ず入れます。{proofs}"),
        Column(FISCAL_YEAR, "年度の決まった証明書では、必ず入れます。2026でもR8でも入ります。"),
        Column(DECIDED_ON, f"必ず入れます。{DAY}"),
        Column(OLD_NUMBER, "紙の通知書の番号。書いてあるとおりに残します。"),
        *(Column(used_column(pool), "これまでに使った数。空けると0です。") for pool in terms.pools),
        *(Column(reduction_column(item), "これまでに使った回数。空けると0です。") for item in counted),
    )


def _family_columns(terms: engine.Terms) -> Iterator[Column]:
    """Only of such families as the programme knows."""
    if named := family_names(terms):
        labels = "、".join(str(family.label) for family in dict.fromkeys(named.values()))
        yield Column(FAMILY, f"空けると「{Birth.Family.MOTHER.label}」です。{labels}")
    if engine.Family.BEREAVED in families_named(terms):
        yield Column(LOST_ON, "流産や死産のあとの方だけ、だいたいの日を入れます。ほかの日は空けてかまいません。")


def template_file(columns: Iterable[Column]) -> bytes:
    """An empty file to fill in, as a spreadsheet opens it without being asked about its characters."""
    line = io.StringIO()
    csv.writer(line).writerow([column.name for column in columns])
    return line.getvalue().encode("utf-8-sig")


def days_named(typed: str) -> tuple[str, str, str] | None:
    """Year, month and day of one cell: `R8.3.5`, `2026/3/5`, `令和8年3月5日`, `20260305`; None where it is no such."""
    plain = typed.replace("年", "/").replace("月", "/").removesuffix("日")
    for separator in ".-":
        plain = plain.replace(separator, "/")
    if len(plain) == 8 and plain.isdecimal():
        return plain[:4], plain[4:6], plain[6:]
    parts = [part.strip() for part in plain.split("/")]
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else None
