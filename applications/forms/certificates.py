"""The field for certificates: what was sent, with 消す beside each, and a box for more."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application, Document
from applications.selectors.proofs import Proof, issuing_city, usable_of
from eligibility.engine.wording import fiscal_year_text
from postpartum_portal.shared import wareki
from postpartum_portal.shared.forms import DadsForm, LineField, LinesField
from postpartum_portal.shared.uploads import ACCEPT, MAX_MEGABYTES

PREFIX = "proof_"
"""Before the code of a household class."""

CITY = "_city"
"""After a field's name: the municipality that issues the certificate, where it is another one."""

REPLACE = "_replace_"
"""Between a field's name and the number of the paper that a file comes in the place of."""

LONGEST_CITY = 40

LATE = "certificates"
"""The field's name where the class is settled."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A document in the list."""

    pk: int
    title: str
    name: str
    size: str
    thumb: str


class Typed(NamedTuple):
    """What stands in the box, apart from files: whether they come later, or she agrees to an inquiry instead, and the
    municipality that issues them, "" where it is this one.
    """

    later: bool = False
    agreed: bool = False
    city: str = ""


class CertificatesBox(forms.Widget):
    """A list of what was sent, a drop box, a consent in its place, and 「あとで出す」 where she may go on without."""

    template_name = "citizen/certificates_box.html"
    needs_multipart_form = True
    shown: tuple[Shown, ...] = ()
    prompt = ""
    standing = ""
    consent = ""
    day = ""
    """The day whose municipality of residence issues them, where she is asked for it."""

    def boxes(self, name: str) -> tuple[str, ...]:
        """The names under which all but the files is sent."""
        return name + CITY, f"{name}_later", f"{name}_agreed"

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Typed:
        city = str(data.get(name + CITY) or "")
        return Typed(later=bool(data.get(f"{name}_later")), agreed=bool(data.get(f"{name}_agreed")), city=city)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        box = {**context["widget"]["attrs"], "class": "file", "accept": ACCEPT}
        context["widget"] |= {
            "attrs": box,
            "shown": self.shown,
            "prompt": self.prompt,
            "day": self.day,
            "city_name": name + CITY,
            "city": value.city if isinstance(value, Typed) else "",
            "replace": name + REPLACE if self.standing else "",
            "standing": self.standing,
            "consent": self.consent,
            "later": isinstance(value, Typed) and value.later,
            "agreed": isinstance(value, Typed) and value.agreed,
        }
        return context

    def format_value(self, value: Any) -> None:
        """Nothing: a file box cannot be filled in from here."""


class CertificatesField(forms.Field):
    """Cleans to what she ticked; how many are missing is the form's to judge, which knows the household."""

    widget = CertificatesBox

    def __init__(self, application: Application, proof: Proof, *, standing: str = "", city: str = "") -> None:
        """`standing` is the class whose price holds until the proof is there; "" where it does not come later.

        `city` is the municipality that she has just named as the one that issues it, else it is the one on file.
        """
        super().__init__(label=proof.label, help_text=_issued(proof, city or issuing_city(application)) + _hint(proof))
        box: Any = self.widget
        box.day = _day_of_residence(proof) if standing else ""
        box.standing, box.shown = standing, shown(application, proof)
        box.consent = proof.consent.label if proof.consent and standing else ""
        box.prompt = _prompt(proof)

    def validate(self, value: Any) -> None:
        """Nothing is wrong with either answer."""

    def clean(self, value: Any) -> Typed:
        typed = value if isinstance(value, Typed) else Typed()
        return typed._replace(city=LineField(required=False, limit=LONGEST_CITY).clean(typed.city))


class LateCertificatesForm(DadsForm):
    """Certificates that come after the application was handed in; `refused` are sentences about unusable files."""

    def __init__(
        self, data: QueryDict | None = None, *, application: Application, proof: Proof, refused: Iterable[str] = ()
    ) -> None:
        super().__init__(data)
        self.refused = tuple(refused)
        self.fields[LATE] = CertificatesField(application, proof)

    def clean(self) -> None:
        for sentence in self.refused:
            self.add_error(LATE, sentence)


class RefuseCertificateForm(DadsForm):
    """Why a certificate that came after the decision cannot be used."""

    show_need = False
    reason = LinesField(
        label=gettext_lazy("使えない理由"),
        help_text=gettext_lazy("本人のページにこのまま載ります。何を出せばよいかも書きます。"),
        limit=200,
    )


def shown(application: Application, proof: Proof) -> tuple[Shown, ...]:
    """The documents of one kind as the list shows them: 1人目, 2人目, or by the paper's own name."""
    rows, first = [], 1
    for document in usable_of(application, proof.document.code):
        if document.fiscal_year != proof.certificate.fiscal_year:
            continue
        rows.append(_shown(application, document, _title(proof, first, document.page_count)))
        first += document.page_count
    return tuple(rows)


def missing_sentence(proof: Proof) -> str:
    """What is missing, how many, and why."""
    if not proof.document.per_member:
        return _("%(proof)sがまだありません。") % {"proof": proof.label}
    return _("あと%(missing)s人分が足りません。世帯は%(needed)s人と入力されています。") % {
        "missing": proof.missing,
        "needed": proof.needed,
    }


def _shown(application: Application, document: Document, title: str) -> Shown:
    slug = application.municipality.slug
    return Shown(
        pk=document.pk,
        title=title,
        name=document.original_name,
        size=filesizeformat(document.size).replace("\xa0", ""),
        thumb=reverse("applications:document", kwargs={"slug": slug, "pk": document.pk, "page": 1}),
    )


def _title(proof: Proof, first: int, pages: int) -> str:
    if not proof.document.per_member:
        return proof.document.label
    return (
        _("%(first)s人目") % {"first": first}
        if pages == 1
        else _("%(first)s〜%(number)s人目") % {"first": first, "number": first + pages - 1}
    )


def _issued(proof: Proof, city: str) -> str:
    """Which one it must be, and who issues it; "" for a paper of no particular year."""
    year = proof.certificate.fiscal_year
    if year is None:
        return ""
    said = {"year": fiscal_year_text(year), "day": _day_of_residence(proof), "city": city}
    if city:
        return _("%(year)sのもの。%(day)sに住民票があった%(city)sで取ります。") % said
    return _("%(year)sのもの。%(day)sに住民票があったまちで取ります。") % said


def _day_of_residence(proof: Proof) -> str:
    """A fiscal year's municipal tax belongs to where one lived on its first of January (地方税法 第318条)."""
    year = proof.certificate.fiscal_year
    return wareki.no_weekday(dt.date(year, 1, 1)) if year else ""


def _hint(proof: Proof) -> str:
    formats = _("写真かPDF、1つ%(max_megabytes)sMBまで。") % {"max_megabytes": MAX_MEGABYTES}
    return _("1枚を1人分と数えます。%(formats)s") % {"formats": formats} if proof.document.per_member else formats


def _prompt(proof: Proof) -> str:
    if proof.document.per_member and proof.missing:
        return _("%(number)s人目の証明書を足す") % {"number": proof.handed_in + 1}
    return _("書類を足す") if proof.handed_in else _("%(proof)sを選ぶ") % {"proof": proof.label}
