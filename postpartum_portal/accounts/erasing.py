"""Models of sign-in and of the portal itself, whose rows are about no mother, or go with her account."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session

from eligibility.models import MunicipalAmount, Municipality, ProgrammeDraft, ProgrammeVersion, SettingChange
from postpartum_portal.shared.erasing import otherwise
from postpartum_portal.shared.models import ClockOffset, Event, EventSeal, Export, Job, Mail, Restoration, UnwantedMail

from .models import FactorReset, Invitation, Membership, User

otherwise("アカウントといっしょに消す", User, EmailAddress, EmailConfirmation, Authenticator, UnwantedMail, Session)
otherwise("職員のこと", Membership, Invitation, FactorReset)
otherwise("市ときまり", Municipality, MunicipalAmount, ProgrammeVersion, ProgrammeDraft, SettingChange)
otherwise("送ったメールの文は、運用の設定の日数で消す", Mail)
otherwise("番号とコードだけ", Job, Event, EventSeal, ClockOffset, Restoration)
otherwise("ファイルは1日で消す", Export)
otherwise("使っていない", Permission, Group, ContentType)
