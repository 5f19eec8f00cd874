"""What a device answers when it is asked for a passkey: JSON in a hidden box, in which anybody may send anything."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from postpartum_portal.shared.forms import MappingField

NOT_FINISHED = _("端末の確認が終わっていません。もういちどお試しください。")
UNREADABLE = (AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What allauth and fido2 meet in an answer that no device has given."""


class PortalMFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "確認できませんでした。認証アプリのいまの6桁か、登録した端末で、もういちどお試しください。"
        ),
    }


class CredentialField(MappingField):
    """`unfinished`: the sentence where no answer came, or none that can be read."""

    def __init__(self, unfinished: Any = NOT_FINISHED) -> None:
        super().__init__()
        self.unfinished = unfinished

    def clean(self, value: Any) -> dict[str, Any]:
        answer: dict[str, Any] | None = super().clean(value)
        if not answer:
            raise forms.ValidationError(self.unfinished, code="required")
        return answer


class _AnswerForm(forms.Form):
    """A form of allauth that hands the answer on to fido2."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField()

    def clean_credential(self) -> Any:
        allauths: Any = super()
        try:
            return allauths.clean_credential()
        except UNREADABLE:
            raise forms.ValidationError(NOT_FINISHED, code="unreadable") from None


class LoginPasskeyForm(_AnswerForm, webauthn.LoginWebAuthnForm):
    pass


class ReauthenticatePasskeyForm(_AnswerForm, webauthn.ReauthenticateWebAuthnForm):
    pass
