"""What somebody types outlives her session: every form of hers with boxes carries whose page it is."""

import re
from pathlib import Path

import pytest

CITIZEN, FACILITY = Path("templates/citizen"), Path("templates/facility")
BOXES = re.compile(r"\|crispy|\{% crispy|<textarea|<input(?! type=\"hidden\")")

WITHOUT = {
    "check.html": "anybody's page: the question is in the address",
    "check_answer.html": "anybody's page: the question is in the address",
    "booking/book.html": "a search: the question is in the address",
    "booking/_lengths.html": "a search: the question is in the address",
    "_day_form.html": "a search: the question is in the address",
    "_municipality_facilities.html": "a search: the question is in the address",
    "mails.html": "switches, nothing typed",
    "certificates.html": "files, which never wait",
    "certificates_box.html": "files, which never wait",
    "certificates_later.html": "files, which never wait",
}
WITHOUT_AT_A_DESK = {
    "_cell.html": "a part of the month's form",
    "_find.html": "a search",
    "bookings.html": "a search",
    "coupons.html": "a search",
    "extend.html": "a day to press",
    "leave.html": "a day to press",
    "month_end.html": "sent to an address of its own, which no GET answers",
    "requests.html": "a search",
    "rooms_part.html": "the question is in the address",
    "rooms_share.html": "the question is in the address",
    "staff.html": "sent to an address of its own, which no GET answers",
}


@pytest.mark.parametrize(("folder", "known"), [(CITIZEN, WITHOUT), (FACILITY, WITHOUT_AT_A_DESK)])
def test_every_form_with_boxes__says_whose_page_it_is(folder: Path, known: dict[str, str]) -> None:
    texts = {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.html")}
    without = {name for name, text in texts.items() if BOXES.search(text) and "{% whose %}" not in text}

    assert without == known.keys()
