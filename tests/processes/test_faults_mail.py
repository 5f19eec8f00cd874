"""X2: a mail server that takes calls and says nothing: everybody has an answer, and each mail goes out later, once."""

from io import BytesIO

import pytest
from PIL import Image

from applications.models import Letter
from postpartum_portal.shared.models import Mail
from tests.processes.fault_deeds import WITHIN, People, all_at_once
from tests.processes.faults import Site
from tests.scripts.waiting import eventually

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
RENDERS = 8
FEW = ("book", "cancel", "confirm")
EVERY = pytest.param((), marks=pytest.mark.soak)


@pytest.mark.parametrize("names", [FEW, EVERY])
def test_stalled__beside_a_large_upload_and_eight_letters__all_are_done_in_time(
    site: Site, people: People, names: tuple[str, ...]
) -> None:
    """The control stands in it: the mails wait while the letters are made, so the server did stall."""
    deeds, decisions, paper = people.deeds(*names), people.deeds(*["decide"] * RENDERS), people.upload()
    paper.file = large_photo()
    asks = people.asks_for_a_code()
    site.mail.stall()
    sent = len(site.mail.mailbox.ids())
    try:
        decided = [deed.send() for deed in decisions]
        with all_at_once([asks, paper]) as beside:
            quick = [deed.send() for deed in deeds]
        code, *others = [each.result() for each in beside]
        assert {each.is_done for each in [*decided, *quick, code, *others]} == {True}
        assert max(each.seconds for each in [*quick, code]) < WITHIN
        assert "コード" in asks.session.follow(code.answer).text
        assert eventually(lambda: not Letter.objects.filter(status=Letter.Status.QUEUED).exists(), seconds=60)
        assert Mail.objects.filter(sent_at=None).exists(), "the control"
        assert len(site.mail.mailbox.ids()) == sent, "the control"
    finally:
        site.mail.serve()
    for deed in [*deeds, *decisions, paper]:
        deed.assert_once()
    site.assert_all_work_is_done()


def large_photo() -> bytes:
    """Twelve million pixels, some megabytes: what a telephone takes."""
    picture = BytesIO()
    Image.effect_noise((4_000, 3_000), 60).save(picture, "JPEG", quality=70)
    return picture.getvalue()
