"""What people and others put into boxes and addresses, by kind. Data only: who uses a kind says what must come of it.

A line is a value as it arrives, decoded. What stands under `REFUSED` must be refused by the field of that kind, what
stands under `TAKEN` must be taken and become what stands beside it.
"""

import datetime as dt
from typing import Any

NUL = "\x00"
LONE = "\ud800"
"""Half of a character. No browser sends one; JSON and Python can."""

UNSEEN = {
    "NUL": f"髙橋{NUL}",
    "lone surrogate": f"髙橋{LONE}",
    "control": "髙橋\x07\x1b[31m",
    "bidi override": "髙橋\u202e美咲",
    "bidi isolate": "\u2066髙橋\u2069",
    "zero width space": "髙橋\u200b",
    "zero width joiner": "髙\u200d橋",
    "byte order mark": "\ufeff髙橋",
    "hangul filler": "\u3164",
    "braille blank": "\u2800",
    "line separator": "髙橋\u2028美咲",
    "noncharacter": "髙橋\uffff",
    "tag characters": "髙橋\U000e0041\U000e0042",
    "header line": "髙橋\r\nBcc: a@example.jp",
    "deleted": "髙橋\x7f",
    "soft hyphen": "髙\u00ad橋",
}
"""No line of text may keep one of these."""

NAMES = {
    "rare shapes": "髙橋 﨑子",
    "outside the BMP": "𠮷田 槗",
    "ideographic variant": "葛\U000e0101城 辻\ufe00",
    "numbered and boxed": "①㈱㍻㌔Ⅷ",
    "half-width kana": "ﾀｶﾊｼ ﾐｻｷ",
    "foreign": "Zoë O’Neil-Nguyễn",
    "combining": "が\u3099き",
    "marks": "々〆ヶ〇",
}
"""A person's name may be one of these, and stays as it is."""

MARKUP = {
    "script": "<script>alert(1)</script>",
    "attribute": "\"><img src=x onerror=alert(1)>'",
    "entity": "&lt;b&gt;&amp;",
    "template": "{{ 7|add:7 }}{% debug %}",
    "format": "%(value)s %s {0} {name}",
    "formula": '=HYPERLINK("http://example.jp","x")',
    "full-width formula": "＝1＋1",
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "sql": "' OR 1=1 --",
    "like": "100%_\\",
    "path": "../../../etc/passwd",
    "address": "//example.com/\\example.com",
    "script address": "javascript:alert(1)",
    "spreadsheet": "\t=1+1",
    "yaml": "!!python/object/apply:os.system ['id']",
    "json": '{"$ne": null}',
}
"""Text for somebody else's machine. It may be kept, and is never more than text."""

LONG = {
    "ten thousand characters": "あ" * 10_000,
    "ten thousand combining": "か" + "\u3099" * 9_999,
    "many lines": "行\n" * 2_000,
    "thousands of digits": "9" * 5_000,
}

BLANK = {"empty": "", "spaces": "   ", "full-width space": "　　", "lines": "\r\n\r\n", "no-break space": "\u00a0"}

NUMBERS = {
    "underscore": "1_0",
    "full width": "１２",
    "arabic-indic": "٣",
    "kanji": "三",
    "circled": "①",
    "superscript": "²",
    "roman": "Ⅷ",
    "minus": "-1",
    "plus": "+1",
    "exponent": "1e3",
    "hexadecimal": "0x1F",
    "comma": "1,000",
    "yen": "￥1,000円",
    "point": "1.5",
    "not a number": "NaN",
    "infinity": "inf",
    "beyond 32 bits": "2147483648",
    "beyond 64 bits": "9223372036854775808",
    "forty digits": "９" * 40,
    "true": "True",
    "none": "None",
}

READ_AS_DIGITS = {"full width", "circled", "superscript"}
"""Compatibility forms of a digit: a keyboard offers them, and they can mean nothing else."""

DATES = {
    "ISO": "2026-02-29",
    "slashes": "2026/2/1",
    "era": "令和8年2月1日",
    "first of Reiwa": "R1.5.1",
    "last of Heisei": "H31.4.30",
    "after Heisei": "H33.1.1",
    "before Showa": "S1.12.24",
    "gannen": "令和元年5月1日",
    "year zero": "0000-01-01",
    "year nine thousand": "9999-12-31",
    "year ten thousand": "10000-01-01",
    "thirteenth month": "2026-13",
    "month zero": "2026-00-00",
    "instant": "2026-02-01T00:00:00+09:00",
    "underscore": "2026-1_1-01",
    "full width": "２０２６−０２−０１",
    "week": "2026-W01-1",
}

TIMES = {
    "24:00": "24:00",
    "25:61": "25:61",
    "full width": "９：００",
    "kanji": "午後三時",
    "seconds": "09:00:61",
    "millions": "9:00:00.123456789",
    "zone": "09:00+09:00",
    "minus": "-1:00",
    "one digit": "9",
}

IDS = {
    "none": "0",
    "another's": "1",
    "far away": "999999999",
    "beyond 64 bits": "99999999999999999999",
    "minus": "-1",
    "path": "1/../2",
    "list": "1,2,3",
    "circled": "①",
    "nul": f"1{NUL}",
    "full width": "１",
}

PHONES = {
    "short": "090-000",
    "long": "0" * 30,
    "letters": "090-abcd-0000",
    "arabic-indic": "०९०-१२३४-५६७८",
    "extension": "03-1234-5678;ext=1",
    "emergency": "110",
    "premium": "tel:0990-123-456",
}
MAILS = {
    "Kelvin sign": "\u212aei@example.jp",
    "two": "a@example.jp,b@example.jp",
    "named": '"A" <a@example.jp>',
    "header": "a@example.jp\nBcc: b@example.jp",
    "two ats": "a@@example.jp",
    "address number": "a@[127.0.0.1]",
    "host only": "a@localhost",
    "international": "名@例え.jp",
    "long": "a" * 250 + "@example.jp",
    "dotless i": "a@ıo.jp",
}
POSTCODES = {"letters": "187-004a", "long": "187-00433", "underscore": "187_0043"}

TEXTS = {**UNSEEN, **NAMES, **MARKUP, **LONG, **BLANK}
EVERYTHING = {
    f"{kind}: {name}": value
    for kind, values in {
        "unseen": UNSEEN,
        "name": NAMES,
        "markup": MARKUP,
        "long": LONG,
        "blank": BLANK,
        "number": NUMBERS,
        "date": DATES,
        "time": TIMES,
        "id": IDS,
        "phone": PHONES,
        "mail": MAILS,
        "postcode": POSTCODES,
    }.items()
    for name, value in values.items()
}

QUICK = (
    "unseen: NUL",
    "unseen: lone surrogate",
    "unseen: bidi override",
    "unseen: header line",
    "name: outside the BMP",
    "name: ideographic variant",
    "markup: script",
    "markup: format",
    "markup: full-width formula",
    "long: ten thousand characters",
    "long: thousands of digits",
    "blank: full-width space",
    "number: underscore",
    "number: full width",
    "number: circled",
    "number: beyond 64 bits",
    "number: not a number",
    "date: era",
    "date: year ten thousand",
    "time: 25:61",
    "id: nul",
)
"""The short form: of each kind what is most unlike the others."""
QUICK_VALUES = [(name, EVERYTHING[name]) for name in QUICK]
EVERY_VALUE = list(EVERYTHING.items())

DAYS: dict[str, tuple[str, str, str, dt.date | None]] = {
    "29 February of a leap year": ("2028", "2", "29", dt.date(2028, 2, 29)),
    "29 February of another": ("2027", "2", "29", None),
    "century that leaps": ("2000", "2", "29", dt.date(2000, 2, 29)),
    "century that does not": ("2100", "2", "29", None),
    "first of Reiwa": ("R1", "5", "1", dt.date(2019, 5, 1)),
    "gannen": ("令和元", "5", "1", dt.date(2019, 5, 1)),
    "Reiwa before it began": ("R1", "4", "30", None),
    "last of Heisei": ("H31", "4", "30", dt.date(2019, 4, 30)),
    "Heisei after its end": ("H31", "5", "1", None),
    "first of Heisei": ("平成1", "1", "8", dt.date(1989, 1, 8)),
    "Heisei before it began": ("H1", "1", "7", None),
    "last of Showa": ("S64", "1", "7", dt.date(1989, 1, 7)),
    "Showa after its end": ("S64", "1", "8", None),
    "first of Showa": ("昭和元年", "12", "25", dt.date(1926, 12, 25)),
    "full width": ("２０２６", "０３", "５", dt.date(2026, 3, 5)),
    "underscore": ("2_026", "1", "1", None),
    "circled": ("2026", "①", "1", dt.date(2026, 1, 1)),
    "arabic-indic": ("٢٠٢٦", "1", "1", None),
    "minus": ("2026", "-1", "1", None),
    "nul": (f"2026{NUL}", "1", "1", None),
    "lone surrogate": ("2026", LONE, "1", None),
    "thousands of digits": ("9" * 5_000, "1", "1", None),
    "year zero": ("0", "1", "1", None),
    "year ten thousand": ("10000", "1", "1", None),
    "nothing but spaces": ("　", "1", "1", None),
}
"""Three boxes, and the day that they name; None where they must name none."""

TAKEN: dict[str, dict[str, Any]] = {
    "email": {"a..b@docomo.ne.jp": "a..b@docomo.ne.jp", "ｍｉｓａｋｉ＠ｅｘａｍｐｌｅ．ｊｐ": "misaki@example.jp"},
    "phone": {"０９０−１２３４−５６７８": "090-1234-5678", "042(346)3701": "042-346-3701"},
    "postcode": {"〒１８７ー００４３": "187-0043"},
    "number": {"１２": 12, "12 ": 12},
    "yen": {"１，０００円": 1_000, "1,000": 1_000},
    "time": {"９：０５": dt.time(9, 5), "9:05": dt.time(9, 5)},
    "name": {name: name for name in NAMES.values()},
    "line": {**{name: name for name in NAMES.values()}, **{value: value.strip() for value in MARKUP.values()}},
}

REFUSED: dict[str, list[str]] = {
    "email": [*MAILS.values(), *(v for v in UNSEEN.values())],
    "phone": [*PHONES.values(), *UNSEEN.values(), "1_0"],
    "postcode": [*POSTCODES.values(), *UNSEEN.values()],
    "number": [value for name, value in NUMBERS.items() if name not in READ_AS_DIGITS],
    "yen": [
        NUMBERS[name] for name in ("underscore", "arabic-indic", "kanji", "minus", "exponent", "point", "infinity")
    ],
    "time": [TIMES[name] for name in ("24:00", "25:61", "kanji", "seconds", "minus", "one digit", "zone")],
    "name": [*UNSEEN.values(), LONG["ten thousand characters"]],
    "line": [*UNSEEN.values(), LONG["ten thousand characters"]],
}
