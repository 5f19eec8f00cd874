"""A letter to nobody: what a municipality's settings make of a letter, shown before they hold."""

import datetime as dt

from eligibility import engine
from eligibility.public import Municipality, programme_on
from postpartum_portal.shared import wareki

from .compose import basis, contact, sender
from .content import Fact, LetterContent, Recipient
from .numbers import number_label
from .preview import preview_page

NOTE = "下見です。人の名前と内容は作りもので、どこにも送りません。"
NUMBER = "123"
PERSON = Recipient("見本 花子", "", ("見本の住所",))


def sample_page(municipality: Municipality, *, on: dt.date) -> str:
    """The approval letter of the programme in force as it would look with this municipality's settings."""
    return preview_page(_sample(municipality, programme_on(municipality, on).terms, on), note=NOTE)


def _sample(municipality: Municipality, terms: engine.Terms, on: dt.date) -> LetterContent:
    letters = terms.letters
    return LetterContent(
        number=number_label(municipality, wareki.fiscal_year(on), NUMBER),
        issued_on=on,
        recipient=PERSON,
        sender=sender(municipality, letters),
        title=letters.approval.title,
        opening=letters.approval.opening.format(applied_on=wareki.no_weekday(on), basis=basis(municipality, letters)),
        facts=(Fact("利用する方", ("見本 花子(平成6年8月1日生まれ)",)),),
        contact=contact(municipality, terms.offices[0]),
        appeal=letters.appeal.paragraphs,
    )
