"""What a municipality's own staff set: names on letters, the form of their numbers, the seal, who decides."""

import datetime as dt
import hashlib
from dataclasses import asdict, dataclass
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from eligibility.models import Municipality, SettingChange
from postpartum_portal.shared import clock, events, wareki
from postpartum_portal.shared.lifecycle import authorise

SAMPLE_NUMBER = "123"
Setting = SettingChange.Setting


@dataclass(frozen=True, slots=True)
class Settings:
    """All of them together. `seal_image` is a PNG, kept also while the letters say （公印省略）."""

    mayor_name: str
    legal_basis: str
    letter_number_format: str
    seal: str
    seal_image: bytes | None
    separate_decider: bool

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
        }

    def sample_number(self, *, on: dt.date) -> str:
        year = wareki.fiscal_year_number(wareki.fiscal_year(on))
        return self.letter_number_format.format(year=year, number=SAMPLE_NUMBER)

    def _fingerprint(self) -> str:
        return hashlib.sha256(self.seal_image or b"").hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Difference:
    setting: Setting
    before: str
    after: str

    @property
    def label(self) -> str:
        return str(self.setting.label)


def change_settings(
    municipality: Municipality, chosen: Settings, *, seen: Settings, reason: str, by: AbstractBaseUser, at: dt.datetime
) -> list[SettingChange]:
    """Let `chosen` hold from now on: for letters that are not entered yet. `seen` is what stood when it was chosen.

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
        for row in rows:
            row.save()
            events.record("setting.changed", row, at=at, by_id=by.pk, setting=row.setting)
    return rows


def differences(before: Settings, after: Settings, *, on: dt.date) -> list[Difference]:
    """What would change, in words. The first words of the history are those of the page before."""
    was, will = before.words(on=on), after.words(on=on)
    return [Difference(setting, was[setting], will[setting]) for setting in Setting if was[setting] != will[setting]]


def as_if(municipality: Municipality, chosen: Settings) -> Municipality:
    """The municipality as it would be, for a preview; it is not saved."""
    fields = {field.attname: getattr(municipality, field.attname) for field in Municipality._meta.concrete_fields}
    return Municipality(**{**fields, **asdict(chosen)})


class SettingsMoved(Exception):
    """Somebody changed the settings since they were seen."""


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
