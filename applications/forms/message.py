"""One message: hers to the centre, or the centre's answer to her."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from applications.models import Message
from applications.selectors.messages import Thread
from eligibility.engine.bereaved import OF_CHILDREN
from postpartum_portal.shared.forms import DadsForm, LinesField

from .correct import OF_CHILDREN_SAID


class MessageForm(DadsForm):
    """She writes; the page prints the button."""

    show_need = False

    text = LinesField(label=_("センターに伝えたいこと"), limit=Message.LONGEST)
    token = forms.RegexField(
        "^[A-Za-z0-9_-]{16,26}$", widget=forms.HiddenInput, initial=lambda: secrets.token_urlsafe(16)
    )

    def __init__(self, *args: Any, thread: Thread, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_message_%s", **kwargs)  # other forms stand on the centre's page
        self.thread = thread

    @property
    def form_token(self) -> str:
        """One household's: no form of another is taken for it."""
        return f"{self.thread.household.pk}:{self.cleaned_data['token']}"


class AnswerForm(MessageForm):
    """The centre writes. `seen` is the last message that stood on the page."""

    text = LinesField(label=gettext_lazy("本人へのメッセージ"), limit=Message.LONGEST)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, thread: Thread, **kwargs: Any) -> None:
        super().__init__(*args, thread=thread, initial={"seen": thread.seen}, **kwargs)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if self.thread.after_loss and (found := OF_CHILDREN.search(text)):
            raise forms.ValidationError(OF_CHILDREN_SAID.format(word=found[0]))
        return text
