"""Form fields, widgets and the base form of every page; the template pack `dads` renders them.

A form inherits `DadsForm` and is printed by `{% crispy form %}` (whole) or `{{ form|crispy }}` (fields only).
"""

from .base import DadsForm
from .contact import EmailField, PhoneField, PostcodeField
from .dates import DateBoxes, DateBoxesField
from .sent_back import MappingField
from .text import KanaField, LineField, LinesField, NameField, WholeNumberField
from .widgets import ChoiceCards, FileBox, ManyChoiceCards

__all__ = [
    "ChoiceCards",
    "DadsForm",
    "DateBoxes",
    "DateBoxesField",
    "EmailField",
    "FileBox",
    "KanaField",
    "LineField",
    "LinesField",
    "ManyChoiceCards",
    "MappingField",
    "NameField",
    "PhoneField",
    "PostcodeField",
    "WholeNumberField",
]
