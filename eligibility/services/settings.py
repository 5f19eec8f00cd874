"""What a municipality's own staff set: what letters carry, who decides, closed days, own words in mails."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from eligibility.closed_days import as_closed_days
from eligibility.engine import RECORDS, ClosedDays
from eligibility.models import Municipality, ProgrammeVersion, SettingChange
from postpartum_portal.shared import clock, events, wareki
from postpartum_portal.shared.lifecycle import authorise
from postpartum_portal.shared.mail_words import TITLES, OwnWords

SAMPLE_NUMBER = "123"
Setting = SettingChange.Setting


@dataclass(frozen=True, slots=True)
class Settings:
    """All of them together. `seal_image` is a PNG, kept also while the letters say （公印省略）.

    `closed_days`, `mail_words` and `retention` are as the municipality's row holds them.
    """

    mayor_name: str
    legal_basis: str
    letter_number_format: str
    seal: str
    seal_image: bytes | None
    separate_decider: bool
    closed_days: list[dict[str, Any]]
    mail_words: dict[str, dict[str, str]]
    month_end_day: int | None
    retention: dict[str, int]

    @classmethod
    def of(cls, municipality: Municipality) -> Self:
        image = municipality.seal_image
        return cls(
            mayor_name=municipality.mayor_name,
            legal_basis=municipality.legal_basis,
            letter_number_format=municipality.letter_number_format,
            seal=municipality.seal,
            seal_image=bytes(image) if image else None,
            separate_decider=municipality.separate_decider,
            closed_days=municipality.closed_days,
            mail_words=municipality.mail_words,
            month_end_day=municipality.month_end_day,
            retention=municipality.retention,
        )

    def words(self, *, on: dt.date) -> dict[Setting, str]:
        """As the page and the history say them; `on` gives the year of the sample number."""
        omitted = self.seal == Municipality.Seal.OMITTED
        return {
            Setting.MAYOR_NAME: self.mayor_name,
            Setting.LEGAL_BASIS: self.legal_basis,
            Setting.NUMBER_FORMAT: f"{self.letter_number_format}（例 {self.sample_number(on=on)}）",
            Setting.SEAL: Municipality.Seal.OMITTED.label if omitted else f"公印の画像 {self._fingerprint()}",
            Setting.SEPARATE_DECIDER: "分ける" if self.separate_decider else "分けない",
            Setting.MONTH_END_DAY: f"毎月{self.month_end_day}日から" if self.month_end_day else "知らせない",
            Setting.RETENTION: "\n".join(
                f"{RECORDS[record]} {self.retention[record]}年" for record in RECORDS if record in self.retention
            ),
            Setting.CLOSED_DAYS: "\n".join(closed_in_words(days) for days in as_closed_days(self.closed_days)),
        }

    def sample_number(self, *, on: dt.date) -> str:
        year = wareki.fiscal_year_number(wareki.fiscal_year(on))
        return self.letter_number_format.format(year=year, number=SAMPLE_NUMBER)

    def _fingerprint(self) -> str:
        return hashlib.sha256(self.seal_image or b"").hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Difference:
    """`before` and `after` as the page says them; of words in mails, those of one kind."""

    setting: Setting
    before: str
    after: str

    @property
    def label(self) -> str:
        return str(self.setting.label)


def change_settings(
    municipality: Municipality, chosen: Settings, *, seen: Settings, reason: str, by: AbstractBaseUser, at: dt.datetime
) -> list[SettingChange]:
    """Let `chosen` hold from now on: for letters and mails that are no rows yet, and for whoever counts working days.

    `seen` is what stood when it was chosen.

    Raises:
        PermissionDenied: `by` may not decide at this municipality's centre.
        SettingsMoved: somebody changed them since.
    """
    asked = SettingChange(municipality=municipality, reason=reason, by_id=by.pk, at=at)
    authorise(by, "eligibility.change_settings", asked)
    with transaction.atomic():
        standing = Settings.of(Municipality.objects.select_for_update().get(pk=municipality.pk))
        if standing != seen:
            raise SettingsMoved
        rows = [_row(asked, difference) for difference in differences(standing, chosen, on=clock.day_of(at))]
        Municipality.objects.filter(pk=municipality.pk).update(**asdict(chosen))
        ProgrammeVersion.objects.filter(municipality=municipality).update(closed_days=chosen.closed_days)
        for row in rows:
            row.save()
            events.record("setting.changed", row, at=at, by_id=by.pk, setting=row.setting)
    return rows


def differences(before: Settings, after: Settings, *, on: dt.date) -> list[Difference]:
    """What would change, in words. The first words of the history are those of the page before."""
    was, will = before.words(on=on), after.words(on=on)
    said = [Difference(setting, was[setting], will[setting]) for setting in was if was[setting] != will[setting]]
    return [*said, *_of_mails(before, after)]


def as_if(municipality: Municipality, chosen: Settings) -> Municipality:
    """The municipality as it would be, for a preview; it is not saved."""
    fields = {field.attname: getattr(municipality, field.attname) for field in Municipality._meta.concrete_fields}
    return Municipality(**{**fields, **asdict(chosen)})


def closed_in_words(days: ClosedDays) -> str:
    if days.yearly:
        span = f"毎年 {days.first.month}月{days.first.day}日から{days.last.month}月{days.last.day}日まで"
    elif days.first == days.last:
        span = wareki.no_weekday(days.first)
    else:
        span = f"{wareki.no_weekday(days.first)}から{wareki.no_weekday(days.last)}まで"
    return f"{days.label}({span})"


class SettingsMoved(Exception):
    """Somebody changed the settings since they were seen."""


def _of_mails(before: Settings, after: Settings) -> Iterator[Difference]:
    for kind, title in TITLES.items():
        was, will = (OwnWords(**settings.mail_words.get(kind, {})) for settings in (before, after))
        if was != will:
            yield Difference(Setting.MAIL_WORDS, _said(title, was), _said(title, will))


def _said(title: str, words: OwnWords) -> str:
    parts = (("件名", words.subject), ("初め", words.opening), ("結び", words.closing))
    own = "\n".join(f"{name}: {said}" for name, said in parts if said)
    return f"「{title}」\n{own or 'ポータルの文のまま'}"


def _row(asked: SettingChange, difference: Difference) -> SettingChange:
    return SettingChange(
        municipality_id=asked.municipality_id,
        setting=difference.setting,
        before=difference.before,
        after=difference.after,
        reason=asked.reason,
        by_id=asked.by_id,
        at=asked.at,
    )
