"""Writing in a mother's place: who writes and for whom, and what the centre makes sure of when she agrees by phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Proxy
from eligibility.public import Municipality
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, EmailField, NameField, PhoneField


class BeginForm(DadsForm):
    """The fields of `services.proxies.Told`; each says what it is asked for."""

    relation = forms.ChoiceField(
        label=gettext_lazy("本人との関係"),
        help_text=gettext_lazy("本人とセンターが、だれが書いたかを確かめるために使います。"),
        choices=Proxy.Relation.choices,
        widget=ChoiceCards(),
    )
    name = NameField(
        label=gettext_lazy("あなたの氏名"), help_text=gettext_lazy("本人が見て、同意するかを決めるために使います。")
    )
    phone = PhoneField(
        label=gettext_lazy("あなたの電話番号"),
        help_text=gettext_lazy("書いたことをセンターがあなたに聞くために使います。本人への電話には使いません。"),
    )
    mother_name = NameField(
        label=gettext_lazy("本人の氏名"),
        help_text=gettext_lazy("だれの申請かを示すために使います。"),
        autocomplete="off",
    )
    mother_email = EmailField(label=gettext_lazy("本人のメールアドレス"))

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = municipality.office
        address = self.fields["mother_email"]
        address.widget.attrs["autocomplete"] = "off"  # a browser would put in the address of the one who writes
        address.help_text = _(
            "本人の同意をたずねるメールと、決定のお知らせを送るために使います。"
            "本人がメールを使っていないときは、%(office)s(電話 %(phone)s)に電話してください。"
        ) % {"office": office["name"], "phone": office["phone"]}


class ToldByPhoneForm(DadsForm):
    """What must be so before the centre takes her consent down."""

    show_need = False
    called = forms.BooleanField(
        label="申請書に書かれた本人の電話番号にかけ、本人と話した",
        help_text="代わりに書いた人の番号ではありません。氏名と生年月日を、本人に言ってもらって確かめます。",
    )
    address = forms.BooleanField(
        label="メールアドレスを本人に言ってもらい、上と同じだった",
        help_text="通知書は、このアドレスの人が読みます。違うときは記録せず、本人に申しこみ直してもらいます。",
    )
