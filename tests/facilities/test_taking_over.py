"""Running approvals from a file: all or nothing, each slip by line and column, and she goes on from where she was."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from applications.models import (
    Application,
    ApprovalImport,
    Birth,
    Decision,
    Entitlement,
    Grant,
    Household,
    Letter,
    NumberSeries,
)
from applications.selectors.approval_imports import checked, columns_for
from applications.selectors.endings import grants_of
from applications.services.taking_over import keep_file, take_over
from eligibility.public import Municipality
from facilities.services.integrity import check
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from postpartum_portal.shared.tenancy import tenant
from tests.factories import HouseholdFactory, MembershipFactory
from tests.walks.person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]

MISAKI = {
    "氏名": "髙橋　美咲",
    "ふりがな": "ﾀｶﾊｼ ﾐｻｷ",
    "生年月日": "Ｈ５．３．５",
    "郵便番号": "２１００００４",
    "住所": "川崎区宮本町1",
    "電話番号": "０９０－１２３４－５６７８",
    "生まれた日": "令和8年5月1日",
    "承認した種類": "訪問型、宿泊型",
    "承認した数(すべての種類の合計)": "７",
    "料金の区分": "市民税非課税世帯",
    "証明書": "tax_exemption_certificate",
    "証明書の年度": "R7",
    "決定日": "2026/4/20",
    "通知書の番号": "=7川こ第12号",
    "使った数(すべての種類の合計)": "3",
    "使った回数(減免(5回目まで))": "3",
}
HANA = MISAKI | {
    "氏名": "林 花",
    "ふりがな": "はやし はな",
    "電話番号": "090-0000-0001",
    "料金の区分": "",
    "証明書": "",
    "証明書の年度": "",
}


def file_of(municipality: Municipality, *rows: dict[str, str], characters: str = "utf-8-sig") -> bytes:
    names = [column.name for column in columns_for(municipality)]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([[row.get(name, "") for name in names] for row in rows])
    return text.getvalue().encode(characters)


def sends(decider: Person, content: bytes) -> None:
    decider.opens("/kawasaki/centre/office/import/")
    upload = SimpleUploadedFile("approvals.csv", content)
    decider._arrives(decider.client.post("/kawasaki/centre/office/import/", {"file": upload}, follow=True))


@pytest.fixture
def decider(kawasaki: Municipality) -> Person:
    return Person(MembershipFactory(municipality=kawasaki, role="decider").user)


def written() -> list[int]:
    return [model.objects.count() for model in (Application, Household, Decision, Entitlement, Grant)]


def test_three_wrong_lines__write_nothing_and_are_named_all_of_them(kawasaki: Municipality, decider: Person) -> None:
    wrong = (
        HANA | {"生年月日": "5/3"},
        HANA | {"氏名": "森 恵", "承認した種類": "宿泊", "電話番号": ""},
        MISAKI | {"使った数(すべての種類の合計)": "8", "証明書の年度": ""},
    )
    sends(decider, file_of(kawasaki, MISAKI | {"氏名": "正しい 方"}, *wrong))

    decider.sees("5か所を直してください", "3行め「生年月日」 日付として読めません。")
    decider.sees("4行め「電話番号」 入っていません。", "4行め「承認した種類」 「宿泊」という種類はありません。")
    decider.sees("5行め「使った数(すべての種類の合計)」 承認した数(7回)より多いです。", "5行め「証明書の年度」")
    with scopes_disabled():
        assert written() == [0] * 5
        assert not ApprovalImport.objects.exists()


@pytest.mark.parametrize("characters", ["utf-8", "cp932"])
def test_file__is_looked_at_and_taken_over_once(characters: str, kawasaki: Municipality, decider: Person) -> None:
    with scopes_disabled():
        HouseholdFactory(municipality=kawasaki, name="林 花", kana="はやし はな", phone="090-0000-0001")
    sends(decider, file_of(kawasaki, MISAKI, HANA, characters=characters))
    decider.sees("2件の承認を引き継ぐ", "髙橋　美咲", "同じ方かもしれません(1件)", "3行め 林 花 さん")
    with scopes_disabled():
        assert written() == [0, 1, 0, 0, 0]

    decider.presses("2件を引き継ぐ")

    decider.sees("2件の承認を引き継ぎました。")
    with scopes_disabled():
        assert written() == [2, 3, 2, 2, 2]
        assert not Letter.objects.exists()
        assert not NumberSeries.objects.exists()
        rows = Application.objects.select_related("birth__household", "imported", "decision")
        application: Any = rows.earliest("pk")
        assert (application.status, application.imported.old_number) == ("approved", "=7川こ第12号")
        assert application.birth.household.kana == "たかはし みさき"
        assert application.decision.facts["proofs"] == [["tax_exemption_certificate", 2025, None]]
        assert grants_of(application.decision).get().origin == Grant.Origin.PAPER
        entitlement = Entitlement.objects.get(birth=application.birth)
        assert entitlement.reductions_used == {"first_five": 3}
        assert [(pool.code, pool.left) for pool in entitlement.pools.all()] == [("all", 4)]
        assert check() == []
        verbs = [event.verb for event in Event.objects.filter(verb__endswith="taken_over")]
        assert sorted(verbs) == ["application.taken_over"] * 2 + ["approvals.taken_over"]
    decider.opens(f"/kawasaki/centre/cases/{application.number}/")
    decider.sees("髙橋　美咲", "減免(5回目まで) 3回", "=7川こ第12号")

    sends(decider, file_of(kawasaki, MISAKI, HANA))
    decider.sees("同じ内容のファイルです。", "2回は引き継げません。")
    with scopes_disabled():
        assert written() == [2, 3, 2, 2, 2]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "何も入っていません"),
        (b"\x81\xff\x00", "文字を読めません"),
        (b"a" * (2 * 1024 * 1024 + 1), "2MBを超えています"),
        ("氏名,氏名,年齢".encode(), "同じ名前の列が2つあります"),
    ],
)
def test_file__that_cannot_be_read_says_what_to_do(content: bytes, said: str, kawasaki: Municipality) -> None:
    with scopes_disabled():
        assert said in " ".join(slip.sentence for slip in checked(kawasaki, content).slips)


FAMILIES = {
    "expecting": {"出産予定日": "R8.9.1"},
    "twins": {"生まれた日": "R8.2.1", "子どもの人数": "2"},
    "foster": {"生まれた日": "R8.2.1", "ご家庭": "里親などのご家庭"},
    "lost": {"流産・死産の日": "R8.3.20", "使った数(宿泊型・通所型・訪問型の合計)": "1"},
}
VISITS = {
    **{name: MISAKI[name] for name in ("ふりがな", "生年月日", "郵便番号", "住所", "電話番号", "通知書の番号")},
    "承認した種類": "訪問型",
    "承認した数(宿泊型・通所型・訪問型の合計)": "7",
    "決定日": "R8.4.5",
}


def test_every_family_that_the_programme_knows__comes_in(zushi: Municipality) -> None:
    by = MembershipFactory(municipality=zushi, role="decider").user
    lines = [VISITS | {"氏名": name} | told for name, told in FAMILIES.items()]
    with tenant(municipality=zushi.pk):
        waiting, found = keep_file(zushi, file_of(zushi, *lines), by=by, at=clock.now())
        assert waiting, found.slips
        take_over(waiting, by=by, at=clock.now())
        births = {row.household.name: row for row in Birth.objects.select_related("household")}
        number = Application.objects.get(birth=births["lost"]).number
        assert check() == []

    assert {name: (row.outcome, row.family, row.children) for name, row in births.items()} == {
        "expecting": ("expected", "mother", 1),
        "twins": ("born", "mother", 2),
        "foster": ("born", "foster", 1),
        "lost": ("lost", "mother", 1),
    }
    decider = Person(by)
    decider.opens("/zushi/centre/")
    decider.misses("電話は不要")  # nobody has to read what the office brought along
    decider.opens(f"/zushi/centre/cases/{number}/")
    decider.sees("お知らせがありました")
    decider.misses("赤ちゃんの人数", "出産予定日", "生まれた日")


def test_writing__asks_the_database_no_more_often_for_more_lines(zushi: Municipality) -> None:
    by = MembershipFactory(municipality=zushi, role="decider").user
    asked = []
    with tenant(municipality=zushi.pk):
        for size in (2, 20):
            lines = [VISITS | FAMILIES["lost"] | {"氏名": f"林 花{size}の{number}"} for number in range(size)]
            waiting, found = keep_file(zushi, file_of(zushi, *lines), by=by, at=clock.now())
            assert waiting, found.slips
            with CaptureQueriesContext(connection) as queries:
                take_over(waiting, by=by, at=clock.now())
            asked.append(len(queries))

    assert asked[0] == asked[1]


def test_service__that_is_not_for_such_a_family_is_named_by_its_line(zushi: Municipality) -> None:
    stays = VISITS | {"氏名": "林 花", "承認した種類": "宿泊型、訪問型"}
    wrong = (stays | FAMILIES["lost"], stays | FAMILIES["foster"] | {"氏名": "森 恵"}, VISITS | {"ご家庭": "祖父母"})
    with tenant(municipality=zushi.pk):
        slips = [slip for slip in checked(zushi, file_of(zushi, *wrong)).slips if slip.column != "出産予定日"]

    assert [(slip.line, slip.column) for slip in slips] == [
        (2, "承認した種類"),
        (3, "承認した種類"),
        (4, "ご家庭"),
        (4, "氏名"),
    ]
    assert "流産や死産を経験された方にはお使いいただけません。訪問型はお使いいただけます" in slips[0].sentence
    assert "お母さんとお子さん、父子家庭、里親などのご家庭" in slips[2].sentence


def test_import__is_a_deciders(kawasaki: Municipality) -> None:
    nurse: Any = Person(MembershipFactory(municipality=kawasaki, role="centre").user)
    nurse.client.force_login(nurse.user)
    assert nurse.client.get("/kawasaki/centre/office/import/").status_code in {403, 404}
