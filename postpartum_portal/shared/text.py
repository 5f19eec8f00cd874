"""What people type: which characters are refused, and which spellings mean the same.

Names and addresses are stored as typed: 髙, 﨑, 𠮷 and ideographic variants are never folded. Numbers, postcodes,
phones, mail addresses and kana are, so that nobody has to know what full width is. Each `normalise_…` gives the one
stored form or raises `TextError`, whose message is a sentence that says what to do.
"""

import re
import unicodedata

import phonenumbers

INVISIBLE_LETTERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
)  # letters by category, drawn as nothing
FORBIDDEN_CATEGORIES = frozenset(
    {"Cc", "Cf", "Cs", "Zl", "Zp"}
)  # control, format (bidi, zero width), surrogate, separators

SAME_CHARACTER = (
    ("髙", "高"),
    ("﨑", "崎"),
    ("𠮷", "吉"),
    ("濵", "浜"),
    ("濱", "浜"),
    ("邊", "辺"),
    ("邉", "辺"),
    ("齋", "斎"),
)
"""Shapes of the commonest names that a keyboard gives as another: alike where names are looked for, never as stored."""

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ーｰ─━", "-"))
_FULL_WIDTH_ASCII = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
_HIRAGANA_TO_KATAKANA = str.maketrans(
    {chr(code): chr(code + 0x60) for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
)
_MAIL_LOCAL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")  # a..b@ and a.@ exist at Japanese phone companies
_MAIL_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


class TextError(ValueError):
    """What was typed cannot be used; the message says what to do."""


def find_forbidden(text: str, *, lines: bool = False) -> str:
    """The distinct characters of `text` that must not be stored, in order of appearance; "" if there are none.

    Forbidden are controls, bidi and zero-width marks, lone surrogates, noncharacters and letters that draw nothing.
    Variation selectors (IVS) are allowed: they choose the shape of a name. With `lines`, line breaks and tabs are too.
    """
    allowed = "\n\r\t" if lines else ""
    return "".join(dict.fromkeys(char for char in text if char not in allowed and _is_forbidden(char)))


def explain_forbidden(found: str) -> str:
    """The sentence for a form: what stands there and what to do. `found` comes from `find_forbidden`."""
    codes = "、".join(f"U+{ord(char):04X}" for char in found)
    return f"使えない文字({codes})が入っています。この欄をいちど消して、入れ直してください。"


def fold(text: str) -> str:
    """One form for digits, Latin letters and symbols (NFKC, trimmed). Never for names or addresses."""
    return unicodedata.normalize("NFKC", text).strip()


def fold_kana(text: str) -> str:
    """A reading in full-width katakana with single plain spaces: `たかはし　ﾐｻｷ` → `タカハシ ミサキ`."""
    katakana = fold(text).translate(_HIRAGANA_TO_KATAKANA)
    return " ".join(katakana.split())


def fold_dashes(text: str) -> str:
    """As `fold`, and each kind of dash a hyphen: for numbers, never for words (a long vowel looks like a dash)."""
    return fold(text).translate(_DASHES)


def normalise_postcode(text: str) -> str:
    """`187-0043` of `〒１８７ー００４３`, `1870043` and the like."""
    plain = fold_dashes(text).removeprefix("〒").strip()
    found = re.fullmatch(r"([0-9]{3})[\s-]?([0-9]{4})", plain)
    if not found:
        raise TextError("郵便番号は7けたの数字で入れてください。例 187-0043")
    return f"{found[1]}-{found[2]}"


def normalise_phone(text: str) -> str:
    """`042-346-3701` for a Japanese number, `+1 202-555-0123` for a foreign one."""
    plain = fold_dashes(text)
    if not re.fullmatch(r"\+?[0-9\s().-]+", plain):
        raise TextError("電話番号は数字で入れてください。例 090-1234-5678")
    try:
        number = phonenumbers.parse(plain, "JP")
    except phonenumbers.NumberParseException:
        raise TextError(_phone_length_sentence(plain)) from None
    return _japanese_number(number, plain) if number.country_code == 81 else _foreign_number(number)


def normalise_email(text: str) -> str:
    """The address in plain lower-case ASCII; full-width letters are taken as typed by a full-width keyboard."""
    address = text.strip().translate(_FULL_WIDTH_ASCII)
    local, at, domain = address.lower().rpartition("@") if address.isascii() else ("", "", "")
    if not at or len(address) > 254 or not _MAIL_LOCAL.fullmatch(local) or not _MAIL_DOMAIN.fullmatch(domain):
        raise TextError("メールアドレスを確かめてください。例 name@example.jp")
    return f"{local}@{domain}"


def _is_forbidden(char: str) -> bool:
    code = ord(char)
    nonchar = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return nonchar or char in INVISIBLE_LETTERS or unicodedata.category(char) in FORBIDDEN_CATEGORIES


def _japanese_number(number: phonenumbers.PhoneNumber, plain: str) -> str:
    # Possible, not valid: the list of number ranges in use grows faster than a library is updated.
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    digits = written.replace("-", "")
    if plain[0] not in "0+" or not (written.startswith("0") and digits.isdecimal() and len(digits) in (10, 11)):
        raise TextError(_phone_length_sentence(plain))
    return written


def _foreign_number(number: phonenumbers.PhoneNumber) -> str:
    if not phonenumbers.is_valid_number(number):
        raise TextError("電話番号を確かめてください。日本の番号は0から入れてください。")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _phone_length_sentence(plain: str) -> str:
    count = sum(char.isdecimal() for char in plain)
    if count < 10:
        return "数字が足りません。10けたか11けたで入れてください。"
    if count > 11:
        return "数字が多すぎます。10けたか11けたで入れてください。"
    return "電話番号を確かめてください。市外局番の0から入れてください。"
