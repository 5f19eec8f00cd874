"""Which mails somebody wants: all, until a group is switched off."""

from collections.abc import Collection

from django.db import transaction

from postpartum_portal.shared.mail_kinds import Group
from postpartum_portal.shared.models import UnwantedMail

from .models import User


def choosable(user: User) -> tuple[Group, ...]:
    """What somebody may switch off; mails about work only for those who have such work."""
    never = {Group.OFFICIAL} if user.second_factor_required else {Group.OFFICIAL, Group.STAFF}
    return tuple(group for group in Group if group not in never)


def wanted_mails(user: User) -> list[Group]:
    """The groups that go out to somebody."""
    unwanted = set(UnwantedMail.objects.filter(user=user).values_list("group", flat=True))
    return [group for group in choosable(user) if group not in unwanted]


def choose_mails(user: User, wanted: Collection[str]) -> None:
    """Let these groups go out and no others. It holds for mails too that wait to be sent."""
    with transaction.atomic():
        UnwantedMail.objects.filter(user=user, group__in=wanted).delete()
        rows = [UnwantedMail(user=user, group=group) for group in choosable(user) if group not in wanted]
        UnwantedMail.objects.bulk_create(rows, ignore_conflicts=True)
