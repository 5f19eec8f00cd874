"""Own words of one kind of mail as a decider types them, read for what no mail may say."""

from dataclasses import asdict, replace
from typing import Any

from django.core.exceptions import ValidationError

from eligibility.public import Settings, wrong_in_mail
from postpartum_portal.shared.forms import DadsForm, LineField, LinesField
from postpartum_portal.shared.mail_words import PLACES, OwnWords

FULL_WIDTH = str.maketrans("｛｝", "{}")


class MailLine(LineField):
    """Stored with plain braces, and without blanks at the ends of its lines, which would set a line apart as a code."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value).translate(FULL_WIDTH)
        if wrong := list(wrong_in_mail(typed)):
            raise ValidationError(wrong)
        return "\n".join(line.strip() for line in typed.splitlines() if line.strip())


class MailLines(MailLine, LinesField):
    pass


class OwnWordsForm(DadsForm):
    """`chosen`: the settings that a valid form asks for."""

    show_need = False
    places = PLACES

    subject = MailLine(label="件名", help_text="空けておくと、ポータルの件名のままです。", limit=60, required=False)
    opening = MailLines(label="初めの文", help_text="ポータルの文の前に入ります。", limit=300, required=False)
    closing = MailLines(label="結びの文", help_text="ポータルの文のあとに入ります。", limit=300, required=False)
    reason = LineField(label="変える理由", help_text="例 課の名前が変わったため", limit=200)

    def __init__(self, data: Any = None, *, kind: str, standing: Settings) -> None:
        self.kind, self.standing = kind, standing
        super().__init__(data, initial=standing.mail_words.get(kind, {}))

    @property
    def own(self) -> bool:
        return self.kind in self.standing.mail_words

    @property
    def chosen(self) -> Settings:
        said = {name: self.cleaned_data[name] for name in asdict(OwnWords())}
        others = {kind: words for kind, words in self.standing.mail_words.items() if kind != self.kind}
        return replace(self.standing, mail_words=others | ({self.kind: said} if any(said.values()) else {}))
