"""Whether she has asked to be told when applying opens."""

from applications.models import Loss, WindowNotice
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User


def notice_of(citizen: User, municipality: Municipality) -> WindowNotice | None:
    """Hers, told or not; none where a loss was told since: nothing speaks of it any more."""
    notice = WindowNotice.objects.filter(citizen=citizen, municipality=municipality).first()
    return None if notice is None or is_hushed(notice) else notice


def is_hushed(notice: WindowNotice) -> bool:
    """After a loss she is not told, and does not see that she would have been; taken back, all stands again."""
    since = Loss.objects.filter(
        citizen=notice.citizen_id, municipality=notice.municipality_id, told_at__gte=notice.asked_at
    )
    return since.filter(taken_back_at=None).exists()
