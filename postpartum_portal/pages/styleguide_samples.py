"""Invented people and days for the styleguide; the rules' sentences are those of the municipalities' pages."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

from eligibility.engine import Deadline, Finding, Quote, QuoteLine, Source, Verdict
from eligibility.engine.values import Unpublished, Yen
from postpartum_portal.shared import month as months
from postpartum_portal.shared import ruler, wareki
from postpartum_portal.shared.month import DayCell
from postpartum_portal.shared.ruler import Lane, Mark

MUNICIPALITY = SimpleNamespace(
    name="小平市",
    slug="kodaira",
    office={
        "name": "こども家庭部 こども家庭センター",
        "section": "母子保健担当",
        "phone": "042-346-3701",
        "postcode": "187-0043",
        "address": "小平市学園東町1-19-12 健康センター1階",
    },
)
FACILITY = SimpleNamespace(name="見本助産院")
STEPS = ["あなた", "妊娠と世帯", "ようす", "使いたいもの", "同意", "確かめる"]
TYPED = {
    "name": "髙橋 美咲",
    "kana": "たかはし みさき",
    "birthday": date(1994, 8, 1),
    "babies": "1",
    "household": "general",
    "length": "2",
    "troubles": ["feeding"],
}
COLOURS = [
    ("bg", "紙"),
    ("sunken", "沈んだ面"),
    ("text", "文字"),
    ("ink2", "そえる文字"),
    ("rim", "枠 3:1"),
    ("key", "押せる・いま"),
    ("key-soft", "選んだ面"),
    ("ok", "満たす"),
    ("warn", "気をつける"),
    ("warn-line", "最後の日"),
    ("bad", "できない"),
    ("focus-halo", "フォーカスの輪"),
]
FORK = ("日数が戻る\n0円", "3日分を使う\n0円")
SUMMARY = [
    {"term": "住所", "value": "〒187-0043\n小平市学園東町1-○-○", "href": "#address"},
    {"term": "世帯", "value": "3人・住民税非課税", "href": "#household"},
    {
        "term": "緊急のときの連絡先の方のお名前",
        "value": "マリア クリスティーナ 長谷川 ファン デル メール(義理の母、小平市花小金井南町)",
        "href": "#emergency",
    },
    {"term": "使いたいもの", "value": "宿泊型、助産師の訪問", "href": ""},
]
TIMELINE = [
    {"state": "done", "title": "申請", "text": "3月5日(木) 3:05"},
    {"state": "now", "title": "電話を待っています", "text": "3月12日(木)ごろまでに"},
    {"state": "wait", "title": "決定通知書", "text": ""},
]
PAPER = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 80'%3E"
    "%3Cpath d='M14 12h36M10 24h44M10 32h44M10 40h30M10 48h44' stroke='%23999' stroke-width='2'/%3E%3C/svg%3E"
)
UPLOADS = [
    {"pk": 1, "title": "1人目", "name": "IMG_2041.jpg", "size": "1.8MB", "thumb": PAPER},
    {"pk": 2, "title": "2人目", "name": "IMG_2042.jpg", "size": "1.6MB", "thumb": PAPER},
]
PAGE = "小平市「産後ケア事業」のページ(令和6年8月23日更新)"


def findings() -> list[Finding]:
    stay = Source("原則5泊6日まで", PAGE, reading="5泊6日を超える利用は、センターが認めたときだけです。")
    fever = Source("発熱等感染症のおそれがある方、医療介入を必要とする方は原則ご利用できません。", PAGE)
    age = Source("産後4か月になる前日までのお母さんとお子さん", PAGE)
    waiver = Source("利用者負担額を免除できます。", PAGE)
    more = "3泊4日を使い、さらに3泊4日で 6泊8日になります。2泊3日なら使えます。"
    return [
        Finding("stay", Verdict.UNMET, "宿泊型は5泊6日まで", more, stay),
        Finding("fever", Verdict.ASK, "感染症や医療の介入", "お電話で確かめます。", fever),
        Finding("age", Verdict.MET, "生後4か月になる前日まで", "1月15日生まれ → 最後の日は5月14日(木)。", age),
        Finding("waiver", Verdict.NOT_APPLICABLE, "生活保護・非課税の免除", "「どちらでもない」とお答えです。", waiver),
    ]


def quotes() -> list[dict[str, object]]:
    source = Source("", PAGE)
    days = QuoteLine("宿泊型 7日", "1日 7,500円 × 7", Yen(52_500), source)
    off = QuoteLine("減免 5回分", "1日 2,500円 × 5", Yen(-12_500), source)
    unknown = Unpublished("市が決めた額", "municipality")
    stay = QuoteLine("宿泊 5日", "非課税世帯の軽減あり", unknown, source)
    later = Unpublished("申請のあとにお知らせします", "municipality")
    return [
        {"title": "川崎市 6泊7日", "quote": Quote((days, off), Yen(40_000)), "label": "施設に払う額"},
        {"title": "金額が公表されていないとき", "quote": Quote((stay,), later), "label": "払う額"},
    ]


def clocks(now: datetime) -> list[dict[str, object]]:
    """Far away, within the last hours, and passed."""
    gaps = (
        ("日数が戻る取り消しは", timedelta(days=5, hours=4)),
        ("日数が戻る取り消しは", timedelta(hours=5, minutes=2)),
    )
    ahead = [{"lead": lead, "deadline": _deadline(now + gap), "now": now} for lead, gap in gaps]
    return [*ahead, {"lead": "期限は", "deadline": _deadline(now - timedelta(minutes=92)), "now": now}]


def _deadline(at: datetime) -> Deadline:
    return Deadline(at, False, f"{wareki.moment(at)} より前", Source("", PAGE))


def rulers(today: date) -> list[dict[str, object]]:
    born, last = today - timedelta(days=49), today + timedelta(days=70)
    opens = born - timedelta(days=51)
    booked = (today + timedelta(days=6), today + timedelta(days=8))
    one = Lane("宿泊・日帰り", opens, born, last, (booked,))
    year = today + timedelta(days=315)
    two = [Lane("宿泊型", opens, born, last), Lane("日帰り", opens, born, year), Lane("訪問", opens, born, year)]
    marks = [
        Mark("edge", "最後の日まで、あと70日", last, "生まれた日から4か月になる日の前日"),
        Mark("book", "次の予約", booked[0], "2泊3日"),
        Mark("born", "生まれた日", born),
        Mark("pre", "申請できた日", opens, "予定日の56日前(32週0日)"),
    ]
    return [
        {"title": "期限ものさし 1つの期限", "ruler": ruler.draw([one], today=today), "marks": marks},
        {"title": "期限ものさし 期限が違うとき", "ruler": ruler.draw(two, today=today), "marks": marks[:1]},
    ]


def month() -> months.Month:
    """May 2026: a stay of three days is chosen, and its last day is the last day of use."""
    first = date(2026, 5, 1)
    return months.lay_out([_cell(first + timedelta(days=offset)) for offset in range(16)])


def _cell(day: date) -> DayCell:
    said = wareki.short(day)
    if day.day > 14:
        return DayCell(day, "late", "期限後", f"{said} 期限後")
    if day.day in (12, 13, 14):
        small = {12: "到着", 13: "2日目", 14: "最終日"}[day.day]
        return DayCell(
            day, "free", small, f"{said}から2泊3日。空き2", checked=day.day == 12, chosen=True, last=day.day == 14
        )
    if day.day in (2, 8):
        return DayCell(day, "full", "待つ", f"{said} 満室。キャンセル待ちへ", href="#wait")
    if day.day in (1, 7, 9, 11):
        places = 2 if day.day in (1, 9) else 1
        return DayCell(day, "free", months.places(places), f"{said}から。空き{places}")
    return DayCell(day, "none", "休み", f"{said} 休み")


def cases(today: date) -> list[dict[str, object]]:
    common = {"href": "#case", "waited_note": "", "late": False, "next_note": ""}
    received = today - timedelta(days=4)
    return [
        common
        | {
            "name": "佐藤 ひかり",
            "reading": "さとう ひかり",
            "tone": "warn",
            "status": "書類待ち",
            "owner": "田中",
            "next": "証明書の追加を電話で確かめる",
            "next_note": "3月4日(水)にお願いずみ",
            "late": True,
            "waited": "7開庁日",
            "waited_note": "目安を2日過ぎました",
            "received": received,
            "number": "R7-0412",
        },
        common
        | {
            "name": "𠮷田 真帆",
            "reading": "よしだ まほ",
            "tone": "key",
            "status": "電話する",
            "owner": "渡辺",
            "next": "14:00 に電話",
            "waited": "2開庁日",
            "received": received,
            "number": "R7-0419",
        },
        common
        | {
            "name": "グエン ティ ラン",
            "reading": "ぐえん てぃ らん",
            "tone": "",
            "status": "新着",
            "owner": "",
            "next": "書類を確かめる",
            "next_note": "やさしい日本語を希望",
            "waited": "きょう",
            "received": today,
            "number": "R7-0421",
        },
    ]
