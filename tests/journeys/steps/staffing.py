"""Who works at a facility: asked by mail, joined with a second factor, gone again."""

import re

from tests.journeys.given import Colleague
from tests.journeys.person import Person
from tests.processes.support.mailbox import Mailbox, plain_text

from . import signing_in

STAFF = "/facility/settings/staff/"


def asks_a_colleague_to_come(manager: Person, email: str, *, name: str, role: str) -> None:
    manager.opens("/facility/settings/")
    manager.follows("職員")
    manager.unfolds("職員を招く")
    manager.writes("メールアドレス", email)
    manager.writes("名前", name)
    manager.chooses(role, to="役割")
    manager.presses("招待のメールを送る")
    manager.sees("招待のメールを送りました", "招いている方", name, email)


def joins(colleague: Person, mailbox: Mailbox, email: str) -> Colleague:
    """By the address in the mail, with the app on her phone; ends at the facility's first page."""
    link = re.search(r"http\S+", plain_text(mailbox.take(email, "職員として招かれています")))
    assert link is not None
    colleague.opens(link.group())
    signing_in.gives_a_code(colleague, mailbox, email=email)
    colleague.sees("もうひとつの確認を登録してください")
    colleague.follows("認証アプリを登録する")
    colleague.unfolds("図を読み取れないとき")
    enrolled = Colleague(email, colleague.page.locator("code").inner_text())
    colleague.writes("コード", enrolled.digits())
    colleague.presses("登録する")
    colleague.sees("認証アプリを登録しました", "もういちど確かめる")
    colleague.writes("コード", enrolled.digits())
    colleague.presses("確かめる")
    colleague.sees("紙に写し")
    colleague.follows("しまったので仕事のページへ")
    colleague.stands_at("/facility/")
    return enrolled


def leaves(colleague: Person) -> None:
    """Her own wish; the next page asks her to sign in."""
    colleague.opens(STAFF)
    colleague.follows("自分の登録を終える")
    colleague.presses("この施設での登録を終える")
    colleague.stands_at("/accounts/login/")


def may_not_leave(manager: Person) -> None:
    """Nobody else manages the staff: the page says so before anything can be pressed, and leads back."""
    manager.opens(STAFF)
    manager.follows("自分の登録を終える")
    manager.sees("管理者がいなくなります。先に、ほかの職員を管理者にしてください。")
    manager.misses("この施設での登録を終える")
    manager.follows("職員を見る")
    manager.stands_at(STAFF)
