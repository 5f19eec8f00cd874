"""What becomes of a mail that does not reach anybody."""

from django import forms

from postpartum_portal.shared.forms import ChoiceCards, DadsForm, EmailField
from postpartum_portal.shared.models import Job


class AddressForm(DadsForm):
    to = EmailField(
        label="送り先のメールアドレス",
        help_text="このメールだけの送り先です。ご本人がログインに使うアドレスは変わりません。電話で聞きとって、読み返して確かめてください。",
    )


class HersAddressForm(DadsForm):
    to = EmailField(
        label="送り先のメールアドレス",
        help_text="届かなかったメールの送り先です。ご本人がログインに使うアドレスは変わりません。電話で聞きとって、読み返して確かめてください。",
    )


class LetGoForm(DadsForm):
    reason = forms.ChoiceField(label="どう伝えたか", choices=Job.DropReason, widget=ChoiceCards)
