"""What a sentence at a field has to be: Japanese, whole, plain, and not the one that a framework brings along."""

import re

JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-鿿]")
ENGLISH = re.compile(r"[A-Za-z]{3,}")
KNOWN = re.compile(
    r"name@example\.jp|(?:PDF|JPEG|JPG|PNG|HEIC|CSV|Excel|UTF-8|YAML|U\+[0-9A-F]{4,6}|KB|MB|xlsx|csv|yaml|\.yaml)"
)
"""Latin letters that an office knows."""
TOLD_BACK = re.compile(r"^「[^」]*」|(?<=、)「[^」]*」", re.DOTALL)
PLACES = re.compile(r"\{(?:year|number|市の名前|窓口|電話| )\}")
"""Places to be filled in by staff, as a sentence names them."""
UNFILLED = re.compile(r"%\(\w+\)|%[sd]|\{\w*\}|\bNone\b")
STOCK = ("フィールド", "この値", "なければなりません", "確認してください。値", "有効な", "正しい値", "正しく")
"""Of Django's own Japanese: it names no box and does not say what to do."""


def complaint(sentence: str) -> str:
    """What is wrong with a sentence at a field; "" if nothing. What was typed may be told back at its beginning."""
    own = PLACES.sub("", TOLD_BACK.sub("", sentence))
    if not JAPANESE.search(own):
        return "no Japanese"
    if ENGLISH.search(KNOWN.sub("", own)):
        return "English"
    if UNFILLED.search(own):
        return "a gap that nothing filled"
    if any(words in own for words in STOCK):
        return "a framework's own words"
    if not own.rstrip().endswith(("。", "」", "」)")) and "。例 " not in own:
        return "no end"
    return ""
