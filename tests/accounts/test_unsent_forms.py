"""What a mother types outlives her session: every form of hers with boxes carries whose page it is."""

import re
from pathlib import Path

CITIZEN = Path("templates/citizen")
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


def test_every_form_of_hers_with_boxes__says_whose_page_it_is() -> None:
    texts = {str(path.relative_to(CITIZEN)): path.read_text() for path in CITIZEN.rglob("*.html")}
    without = {name for name, text in texts.items() if BOXES.search(text) and "{% whose %}" not in text}

    assert without == WITHOUT.keys()
