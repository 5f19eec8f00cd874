"""The forms of the application's steps, by step."""

from applications.steps import Step

from .base import StepForm
from .birth import BirthForm
from .condition import ConditionForm
from .consent import ConsentForm
from .household import HouseholdForm
from .person import PersonForm
from .wishes import WishesForm

__all__ = ["FORMS", "HouseholdForm", "StepForm"]

FORMS: dict[Step, type[StepForm]] = {
    form.step: form for form in (PersonForm, BirthForm, ConditionForm, HouseholdForm, WishesForm, ConsentForm)
}
