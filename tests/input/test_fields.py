"""Each kind of box against its corpus: what must be taken is taken, what must be refused meets a sentence."""

from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from facilities.forms.centre.amount import YenField
from facilities.forms.times import TypedTimeField
from postpartum_portal.shared.forms import (
    DateBoxesField,
    EmailField,
    LineField,
    NameField,
    PhoneField,
    PostcodeField,
    WholeNumberField,
)
from postpartum_portal.shared.forms.dates import Typed

from . import corpus
from .sentences import complaint

FIELDS: dict[str, Any] = {
    "email": EmailField(),
    "phone": PhoneField(),
    "postcode": PostcodeField(),
    "number": WholeNumberField(lowest=0, highest=99),
    "yen": YenField(),
    "time": TypedTimeField(),
    "name": NameField(),
    "line": LineField(),
}
PLAIN: dict[str, forms.Field] = {
    "email": forms.EmailField(),
    "number": forms.IntegerField(),
    "time": forms.TimeField(),
    "name": forms.CharField(),
    "line": forms.CharField(),
}
"""What Django has for the same kind."""


def judged(field: forms.Field, value: Any) -> tuple[bool, Any]:
    """Whether it is taken, and as what; or the sentences against it."""
    try:
        return True, field.clean(value)
    except ValidationError as refused:
        return False, refused.messages


@pytest.mark.parametrize("kind", FIELDS)
def test_field__takes_what_people_type(kind: str) -> None:
    found = {typed: judged(FIELDS[kind], typed)[1] for typed in corpus.TAKEN[kind]}
    assert found == corpus.TAKEN[kind]


@pytest.mark.parametrize("kind", FIELDS)
def test_field__refuses_what_nobody_means__in_a_sentence(kind: str) -> None:
    found = {ascii(typed)[:60]: judged(FIELDS[kind], typed) for typed in corpus.REFUSED[kind]}
    assert not [typed for typed, (taken, _) in found.items() if taken]
    assert not {typed: said for typed, (_, said) in found.items() if any(map(complaint, said))}


@pytest.mark.parametrize("name", corpus.DAYS)
def test_date_boxes__know_the_borders_of_eras_and_months(name: str) -> None:
    *boxes, day = corpus.DAYS[name]
    taken, found = judged(DateBoxesField(), Typed(*map(str, boxes)))
    assert (taken and found) == (day or False)
    assert taken or not any(map(complaint, found))


@pytest.mark.parametrize("kind", PLAIN)
def test_control__a_field_of_django_alone_fails_the_same(kind: str) -> None:
    """It takes what nobody means, refuses what people type, or answers without saying what to do."""
    wrong = [typed for typed in corpus.REFUSED[kind] if judged(PLAIN[kind], typed)[0]]
    refused = [typed for typed, meant in corpus.TAKEN[kind].items() if judged(PLAIN[kind], typed) != (True, meant)]
    assert wrong or refused
