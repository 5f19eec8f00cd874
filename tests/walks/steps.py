"""What people do on a family's way, alike in every municipality; what is asked and answered is each one's own."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.test.html import parse_html
from django_scopes import scopes_disabled

from applications.letters.content import LetterContent
from applications.letters.rendering import html
from applications.models import Letter
from eligibility.public import Municipality
from facilities.models import Booking, Facility
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from tests import factories

from .person import Person, text

NAME = "髙橋 﨑子"
HANDBOOK = "R7.10.1"
"""Before any municipality handed out anything with it."""


@dataclass
class Walk:
    """One family's way through one municipality: the mother at her phone, a nurse and a decider at the centre.

    `says` are her answers to what the programme asks, and `agrees_to` its consents, in its words.
    """

    municipality: Municipality
    clock: Any
    says: Mapping[str, str]
    agrees_to: Sequence[str]
    agrees_to_inquiry: bool = False
    mother: Person = field(init=False)
    nurse: Person = field(init=False)
    decider: Person = field(init=False)
    _asked: set[str] = field(default_factory=set)
    _desks: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        staff = {"municipality": self.municipality}
        self.mother = Person(factories.UserFactory())
        self.nurse = Person(factories.MembershipFactory(role="centre", **staff).user)
        self.decider = Person(factories.MembershipFactory(role="decider", **staff).user)

    def at(self, moment: str) -> None:
        """`2026-05-12 16:00` in Tokyo."""
        self.clock.move_to(dt.datetime.fromisoformat(moment).replace(tzinfo=clock.TOKYO))

    # before she applies

    def checks(self, day: str) -> None:
        """The public check: one day on the municipality's page, then the questions beside the answer."""
        self.mother.opens(self._("/"))
        self.mother.writes_day("出産予定日、または生まれた日", day)
        self.mother.presses("調べる")
        self._answers(self.mother)
        self.mother.presses("この答えで調べなおす")

    # she applies

    def applies(self, due: str, *, wishes: Sequence[str]) -> str:
        """Step by step, each as far as the programme has it; answers the number of the application."""
        self.mother.presses("この答えで申請")
        self.fills_in(due, wishes=wishes)
        self.mother.presses("この内容で申請する")
        return urlsplit(self.mother.address).path.split("/")[-2]

    def fills_in(self, due: str, *, wishes: Sequence[str]) -> None:
        """From the first step to the last look before handing in."""
        mother = self.mother
        steps = {
            "person": self._who_she_is,
            "birth": lambda: self._the_birth(due),
            "condition": lambda: self._answers(mother),
            "household": self._her_household,
            "wishes": lambda: mother.chooses(*wishes, to="使いたいもの"),
            "consent": lambda: mother.chooses(*self.agrees_to),
        }
        passed = []
        while (step := urlsplit(mother.address).path.split("/")[-2]) != "review":
            assert step not in passed, f"{step} is not complete: {mother.address}"
            passed.append(step)
            steps[step]()
            mother.presses("保存して次へ")

    # the centre hears her and decides

    def hears(self) -> None:
        """On the phone the nurse asks what the programme asks; by now everything was asked somewhere."""
        nurse = self.nurse
        self._opens_the_case(nurse)
        nurse.presses("担当になる")
        nurse.presses("つながった")
        nurse.chooses("本人と確かめ、同意を得た")
        self._answers(nurse)
        assert self._asked == self.says.keys()
        nurse.presses("承認がよい")
        nurse.sees("聞き取りを終え、決定に回しました", "決定する人を待っています")

    def approves(self, *, letter_says: Sequence[str]) -> None:
        """As it is preselected, after looking at the letter, which but for its number is what is written then."""
        decider = self.decider
        self._opens_the_case(decider)
        decider.presses("通知書を下見する")
        decider.sees("まだ決定していません")
        looked_at = decider.reads()
        self._opens_the_case(decider)
        decider.presses("承認して通知書を出す")
        decider.sees("決定しました")
        with scopes_disabled():
            letter = Letter.objects.get(municipality=self.municipality)
        self.mother.opens(self._("/my/letters/"))
        self.mother.sees(letter.title, "いま作っています")
        written = text(parse_html(html(LetterContent.from_snapshot(letter.snapshot))))
        assert written.rpartition(letter.label)[2] in looked_at
        missing = [words for words in letter_says if words not in written]
        assert not missing, f"{missing} missing in {written}"

    # the child is born

    def records_the_birth(self, day: str) -> None:
        self.mother.opens(self._("/my/"))
        self.mother.follows("生まれた日")
        self.mother.writes_day("生まれた日", day)
        self.mother.presses("届け出る")

    # she uses it

    def looks_at(self, service: str, facility: str, day: str, *, length: str = "") -> None:
        """Price, units and deadline of some days, before she asks for them. `day` as spoken: 5月13日(水)."""
        mother = self.mother
        mother.opens(self._("/my/book/"))
        mother.follows(f"日を選ぶ({facility}・{service})")
        if length:
            mother.chooses(length, to="長さ")
            mother.presses("選んだ日の料金を見る")
        month = f"{day.partition('月')[0]}月"
        if not mother.is_offered(f"{day}から"):
            mother.follows(month)
        mother.chooses(f"{day}から")
        mother.presses("選んだ日の料金を見る")

    def asks(self) -> str:
        """Sends what is chosen; answers the booking's number."""
        self.mother.presses("この内容で申しこむ")
        self.mother.sees("に申しこみました", "まだ決まっていません")
        return urlsplit(self.mother.address).path.split("/")[-2]

    def is_confirmed(self, facility: str, what: str) -> None:
        """By whoever was asked, who sees her and nothing of why she comes."""
        desk = self.desk(facility)
        desk.opens("/facility/requests/")
        desk.sees(NAME)
        desk.follows("内容を見て返事する")
        desk.presses(f"{what}を受け入れる")
        desk.sees("受け入れました")

    def comes(self, facility: str, *, pays: str) -> None:
        """Her arrival, and what is to be collected."""
        desk = self.desk(facility)
        desk.opens("/facility/")
        desk.sees(NAME, pays)
        desk.presses("到着した")
        desk.sees("到着ずみ")

    def wishes_for(self, service: str, day: str, *, length: str = "") -> None:
        """She tells the centre when it would suit her, where the centre settles the days."""
        mother = self.mother
        mother.opens(self._("/my/book/"))
        mother.follows(f"希望を伝える({service})")
        mother.writes_day("1番目に希望する日", day)
        if length:
            mother.chooses(length, to="長さ")
        mother.presses("希望を伝える")
        mother.sees("希望を伝えました", "センターが日程を調整しています")

    def is_arranged(self, facility: str, *, at: str, says: Sequence[str], hours: str = "") -> str:
        """The nurse looks at what it means, then asks; answers the booking's number."""
        nurse = self.nurse
        nurse.opens(self._("/centre/"))
        nurse.follows(NAME)
        nurse.chooses(facility, to="依頼する先")
        nurse.picks("はじまる時刻", at)
        if hours:
            nurse.picks("長さ", hours)
        nurse.presses("料金と取り消しの期限を確かめる")
        nurse.sees(*says)
        nurse.presses("この日程で依頼する")
        nurse.sees(f"{facility}に依頼しました")
        with scopes_disabled():
            return Booking.objects.filter(municipality=self.municipality).order_by("-pk")[0].number

    def enters_an_amount(self, of: str, yen: str, *, since: str) -> None:
        """The decider, for what the page does not publish; `of` as the sheet of amounts calls it."""
        self.decider.opens(self._("/centre/amounts/"))
        self.decider.follows(f"入力する(市全体 {of})")
        self.decider.writes("額", yen)
        self.decider.writes_day("いつから", since)
        self.decider.presses("この額を使う")
        self.decider.sees(f"{yen}円")

    def cancels(self, number: str, button: str, *, says: Sequence[str]) -> None:
        """Reads first what it means."""
        self.mother.opens(self._(f"/my/bookings/{number}/cancel/"))
        self.mother.sees(*says)
        self.mother.presses(button)
        self.mother.sees("に取り消しました")

    def mailed(self, kind: str) -> str:
        """The last mail of a kind that she was sent."""
        mail = Mail.objects.filter(to=self.mother.user.email, kind=kind).order_by("-pk").first()
        assert mail is not None, kind
        return f"{mail.subject}\n{mail.text}"

    def desk(self, facility: str) -> Person:
        """Somebody who works there."""
        if facility not in self._desks:
            of = Facility.objects.get(name=facility)
            self._desks[facility] = Person(factories.StaffMembershipFactory(facility=of).user)
        return self._desks[facility]

    # how it is done

    def _(self, path: str) -> str:
        return f"/{self.municipality.slug}{path}"

    def _answers(self, person: Person) -> None:
        """Whatever this page asks of what the programme asks."""
        for question, answer in self.says.items():
            if person.is_asked(question):
                person.chooses(answer, to=question)
                self._asked.add(question)

    def _who_she_is(self) -> None:
        mother = self.mother
        mother.writes("氏名", NAME)
        mother.writes("ふりがな", "たかはし さきこ")
        mother.writes_day("生年月日", "H6.8.1")
        mother.writes("郵便番号", "1000001")
        mother.writes("住所", f"{self.municipality.name}見本町1-2-3")
        mother.writes("電話番号", "090-0000-0002")
        self._answers(mother)

    def _her_household(self) -> None:
        self._answers(self.mother)
        if self.mother.has_box("世帯の人数"):
            self.mother.writes("世帯の人数", "2")
        if self.agrees_to_inquiry:
            self.mother.chooses("書類のかわりに、照会に同意する")

    def _the_birth(self, due: str) -> None:
        self.mother.chooses("これから出産する")
        self.mother.writes_day("出産予定日", due)
        self.mother.chooses("1人", to="赤ちゃんの人数")
        self._answers(self.mother)
        if self.mother.is_asked("母子健康手帳の交付日"):
            self.mother.writes_day("母子健康手帳の交付日", HANDBOOK)

    def _opens_the_case(self, colleague: Person) -> None:
        colleague.opens(self._("/centre/"))
        colleague.follows(NAME)
        colleague.sees(NAME, "判定")
