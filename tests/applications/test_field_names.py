"""A circumstance's code names a field beside those that a form has of its own: a file may not call it like one."""

from typing import Any

import pytest

from applications.forms.apply.condition import ConditionForm
from applications.forms.apply.person import PersonForm
from applications.forms.hearing import HearingForm
from applications.models import Application
from eligibility.forms import CheckForm, LossForm
from eligibility.programmes.contradictions.who import FORM_FIELDS
from eligibility.public import programme_on
from postpartum_portal.shared import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


@pytest.mark.parametrize("slug", ["kodaira", "kumagaya", "kawasaki", "zushi", "okayama"])
def test_fields_of_forms_with_circumstances__are_no_codes_of_circumstances(slug: str, request: Any) -> None:
    municipality, on = request.getfixturevalue(slug), clock.today()
    terms, draft = programme_on(municipality, on).terms, Application(municipality=municipality)
    forms = [
        CheckForm(terms=terms, on=on),
        LossForm(terms=terms, on=on),
        PersonForm(terms=terms, on=on, application=draft),
        ConditionForm(terms=terms, on=on, application=draft),
        HearingForm(application=draft, terms=terms, hearing=None),
    ]

    asked = {question.code for question in terms.screening.questions}
    own = {name for form in forms for name in form.fields} - asked - {item.code for item in terms.circumstances}

    assert own <= FORM_FIELDS
