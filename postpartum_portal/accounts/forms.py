"""allauth's forms in the portal's look: no placeholder, plain Japanese, the same anatomy as every other form."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postpartum_portal.shared import wareki
from postpartum_portal.shared.forms import DadsForm
from postpartum_portal.shared.text import fold
from postpartum_portal.shared.words import StrOrPromise

from . import limits
from .known_browsers import known_as, plain_email
from .models import User
from .passkeys import NOT_FINISHED, UNREADABLE, CredentialField

EMAIL_HELP = gettext_lazy("6桁の数字のコードが届きます。パスワードはいりません。")
CODE_HELP = gettext_lazy("メールに書かれた6桁の数字です。10分のあいだ使えます。")
APP_CODE_HELP = gettext_lazy("認証アプリに出ている6桁の数字です。")
PASSKEY_NAME_HELP = gettext_lazy("あとで見わけるための名前です。例 受付のパソコン")


class PortalForm(DadsForm):
    """Takes allauth's placeholders out and folds what a Japanese keyboard types in full width."""

    show_need = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def _say(self, name: str, label: StrOrPromise, help_text: StrOrPromise, **attrs: str) -> None:
        field = self.fields[name]
        field.label, field.help_text = label, help_text
        field.error_messages["required"] = _("%(label)sを入力してください。") % {"label": label}
        field.error_messages["invalid"] = _("%(label)sの形を確かめてください。") % {"label": label}
        field.widget.attrs.update(attrs)

    def _fold(self, name: str, plain: Callable[[str], str]) -> None:
        """Let `plain` change what was typed before the field's own check sees it."""
        field: Any = self.fields[name]
        check = field.clean
        field.clean = lambda value: check(plain(value or ""))


class _EmailForm(PortalForm):
    email_name = "email"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._say(self.email_name, _("メールアドレス"), EMAIL_HELP, autocapitalize="none")
        self._fold(self.email_name, plain_email)

    def clean(self) -> Any:
        """An address that is in order is counted, the same whether it has an account or not."""
        cleaned = super().clean()
        if not self.errors:
            email = self.cleaned_data[self.email_name]
            until = limits.count("code", email, context.request)
            if until:
                self.add_error(self.email_name, too_often(until, email))
        return cleaned


class LoginForm(_EmailForm, account.LoginForm):
    email_name = "login"


class SignupForm(_EmailForm, account.SignupForm):
    pass


class RequestLoginCodeForm(_EmailForm, account.RequestLoginCodeForm):
    pass


class _CodeForm(PortalForm):
    code_help = CODE_HELP

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        box = {"autocomplete": "one-time-code", "class": "w14", "inputmode": "numeric"}
        self._say("code", _("コード"), self.code_help, **box)
        self._fold("code", _plain_code)


class _MailedCodeForm(_CodeForm):
    expected_code: str | None

    def clean_code(self) -> str:
        form: Any = super()
        if not limits.once_more(self.expected_code or "", context.request):
            raise get_adapter().validation_error("incorrect_code")
        return str(form.clean_code())


class ConfirmLoginCodeForm(_MailedCodeForm, account.ConfirmLoginCodeForm):
    pass


class ConfirmEmailVerificationCodeForm(_MailedCodeForm, account.ConfirmEmailVerificationCodeForm):
    pass


class _SecondFactorForm(_CodeForm):
    """Digits of the app, or a recovery code. Wrong ones are counted for the known browser, or for all others."""

    code_help = APP_CODE_HELP
    user: User

    def clean_code(self) -> str:
        form: Any = super()
        until = limits.count("second_factor", self.user.email, context.request)
        if until:
            raise forms.ValidationError(wrong_too_often(until, self.user.email))
        code = str(form.clean_code())
        limits.take_back("second_factor", self.user.email, context.request)
        return code


class AuthenticateForm(_SecondFactorForm, mfa.AuthenticateForm):
    pass


class ReauthenticateForm(_SecondFactorForm, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(_CodeForm, totp.ActivateTOTPForm):
    code_help = APP_CODE_HELP


class _PasskeyForm(PortalForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._say("name", _("パスキーの名前"), PASSKEY_NAME_HELP)


class AddPasskeyForm(_PasskeyForm, webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": _("この端末"), "passwordless": True, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self._say("passwordless", _("メールのコードなしで入る"), _("指紋や顔、画面ロックがある端末で使えます。"))
        self.fields["credential"] = CredentialField(_("端末の確認が終わっていません。もういちど登録してください。"))

    def clean(self) -> Any:
        try:
            return super().clean()
        except UNREADABLE:
            raise forms.ValidationError(NOT_FINISHED, code="unreadable") from None


class EditPasskeyForm(_PasskeyForm, webauthn.EditWebAuthnForm):
    pass


def too_often(until: dt.datetime, email: str) -> str:
    """What somebody reads who may not be sent a code now: when, and what goes meanwhile."""
    when = {"when": wareki.moment(until)}
    if known_as(context.request, email):
        return _("%(when)sから、もういちどコードを送れます。同じアドレスに続けて送りすぎないためです。") % when
    return (
        _(
            "%(when)sから、もういちどコードを送れます。同じアドレスに続けて送りすぎないためです。"
            "前にログインした端末とブラウザからは、いまも受け取れます。"
        )
        % when
    )


def wrong_too_often(until: dt.datetime, email: str) -> str:
    """The same, of the digits of her app."""
    when = {"when": wareki.moment(until)}
    if known_as(context.request, email):
        return (
            _(
                "%(when)sから、もういちど入力できます。まちがいが続いたので、止めています。パスキーなら、いまも入れます。"
            )
            % when
        )
    return (
        _(
            "%(when)sから、もういちど入力できます。まちがいが続いたので、止めています。"
            "前にログインした端末とブラウザ、またはパスキーなら、いまも入れます。"
        )
        % when
    )


def _plain_code(value: str) -> str:
    return fold(value).strip()
