"""What each verb of the event log is called for the staff, and by which groups a trail is narrowed."""

from collections.abc import Callable

from postpartum_portal.pages.access_words import READS, WORDS

OWN_WORDS = {
    "amount.entered": "額を入れました",
    "approvals.taken_over": "紙の承認を引き継ぎました",
    "audit.account_read": "職員がしたことの記録を見ました",
    "capacity.published": "空きの公開をはじめました",
    "capacity.set": "受け入れる組の数を決めました",
    "capacity.unpublished": "空きの公開をやめました",
    "coupon.missed": "ないクーポンの番号を入れました",
    "export.asked": "表をファイルに書き出しました",
    "export.fetched": "書き出したファイルを開きました",
    "export.written": "書き出すファイルができました",
    "hold.wrong_code": "ちがう予約コードを入れました",
    "invitation.sent": "職員を招きました",
    "invitation.sent_again": "招待のメールを送りなおしました",
    "invitation.withdrawn": "招待を取り下げました",
    "membership.begun": "職員になりました",
    "membership.changed": "職員の役割を変えました",
    "membership.ended": "職員としての登録を終えました",
    "note.struck": "メモを取り消しました",
    "note.written": "メモを書きました",
    "paper.discarded": "紙の申請の入力をやめました",
    "programme.draft_discarded": "きまりの案を取り下げました",
    "programme.draft_uploaded": "きまりの案を出しました",
    "programme.published": "きまりの版を公開しました",
    "programme.replay_asked": "過去の申請での計算を頼みました",
    "programme.replayed": "過去の申請での計算ができました",
    "second_factor.reset": "もうひとつの確認の登録を消しました",
    "second_factor.reset_asked": "もうひとつの確認の登録を消すように頼みました",
    "setting.changed": "設定を変えました",
    "proxy.asked": "代わりに申請を書きはじめました",
    "proxy.read": "代わりに書かれた申請の、書いた人と本人の連絡先を見ました",
    "proxy.written": "代わりに申請に書きました",
}
"""Of what no mother reads, and of what is said to her as 「あなた」."""

GROUPS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "": ("すべて", lambda _verb: True),
    "read": ("見たこと", lambda verb: verb in READS or verb.endswith("_read")),
    "deed": ("したこと", lambda verb: verb not in READS and not verb.endswith("_read")),
    "export": ("書き出し", lambda verb: verb.startswith("export.") or verb == "list.exported"),
    "decision": ("決定と手紙", lambda verb: verb.startswith(("decision.", "letter.", "amendment."))),
    "booking": ("予約", lambda verb: verb.startswith(("booking.", "wish.", "waiting.", "hold."))),
}
KINDS = {
    "application": "申請",
    "amendment": "承認の変更",
    "birth": "出産",
    "booking": "予約",
    "changenotice": "変更の届け",
    "correction": "差し戻し",
    "coupon": "クーポン",
    "document": "書類",
    "entitlement": "利用枠",
    "export": "書き出し",
    "facility": "施設",
    "factorreset": "もうひとつの確認",
    "hearing": "聞き取り",
    "hold": "仮予約",
    "household": "世帯",
    "householdclass": "料金の区分",
    "invitation": "招待",
    "letter": "手紙",
    "loss": "お知らせ",
    "membership": "職員",
    "message": "メッセージ",
    "move": "日の変更",
    "note": "メモ",
    "phonecall": "電話",
    "proxy": "代理の申請",
    "settingchange": "設定",
    "waiting": "空き待ち",
    "wish": "日程の希望",
}


def said(verb: str) -> str:
    """In the staff's words; a verb of another version of the portal stands as it was written."""
    return OWN_WORDS.get(verb) or str(WORDS.get(verb, verb))


def verbs_of(group: str) -> list[str] | None:
    """The verbs of a group; None for all, and for a group that is not there."""
    if group not in GROUPS or not group:
        return None
    return sorted(verb for verb in WORDS.keys() | OWN_WORDS.keys() if GROUPS[group][1](verb))
