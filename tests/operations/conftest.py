"""A town that works: a letter that is out, a paper that was handed in; and where it may be restored."""

import hashlib
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.db.utils import load_backend
from django.test import override_settings

from applications.letters.issue import _mark_issued
from applications.models import Application, Letter
from applications.services.deciding import approve
from applications.services.documents import hand_in
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Job
from postpartum_portal.shared.storage import save_whole
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.cases import FULL_GRANT, heard
from tests.files.pictures import picture
from tests.operations.elsewhere import Elsewhere, another_database
from tests.scripts.waiting import eventually

Decide = Callable[[], Letter]


@pytest.fixture
def town(transactional_db: None, shared_settings: None, kodaira: Municipality) -> Iterator[Municipality]:
    with tenant(municipality=kodaira.pk):
        yield kodaira


@pytest.fixture
def decide(town: Municipality, nurse: Any, decider: Any) -> Decide:
    """Approve an application of a mother of its own; its letter waits to be made."""

    def approved() -> Letter:
        application = heard(town, nurse, household__citizen=factories.UserFactory())
        approve(application, by=decider, at=clock.now(), looked=True, **FULL_GRANT)
        return Letter.objects.get(subject_id=application.pk, kind=Letter.Kind.APPROVAL)

    return approved


@pytest.fixture
def worked(town: Municipality, decide: Decide) -> Letter:
    """The first letter, out; and a paper of another mother's draft."""
    letter = decide()
    issue(letter)
    upload(town, "first")
    return letter


@pytest.fixture
def elsewhere(town: Municipality, tmp_path: Path) -> Iterator[Elsewhere]:
    with another_database(tmp_path / "elsewhere") as found:
        yield found


def issue(letter: Letter) -> None:
    """As the worker does, without laying it out."""
    pdf = f"%PDF of letter {letter.pk}".encode()
    name = save_whole(f"letters/{letter.municipality_id}/{letter.pk}.pdf", pdf)
    _mark_issued(letter, name, hashlib.sha256(pdf).hexdigest(), at=clock.now())
    done = {"status": Job.Status.DONE, "done_at": clock.now()}
    Job.objects.filter(kind="issue_letter", subject_id=letter.pk).update(**done)


def upload(town: Municipality, said: str, application: Any = None) -> Any:
    """A photograph of a certificate, in a draft; `said` makes its bytes."""
    draft = application or factories.ApplicationFactory(municipality=town, status=Application.Status.DRAFT)
    photo = SimpleUploadedFile(f"{said}.jpg", picture("JPEG", comment=said.encode()))
    return hand_in(draft, "tax_exempt", photo, by=draft.citizen, at=clock.now())


def killed_at(point: str, deed: Callable[[], object]) -> int:
    """How a child of this process ended that did `deed` on connections of its own and was to die at `point`."""
    child = os.fork()
    if not child:
        own = connections["default"]
        connections["default"] = load_backend(own.settings_dict["ENGINE"]).DatabaseWrapper(own.settings_dict, "default")
        with override_settings(FAILPOINTS={point: "kill"}):
            try:
                deed()
            finally:
                os._exit(1)
    ended: list[int] = []

    def look() -> bool:
        pid, status = os.waitpid(child, os.WNOHANG)
        ended.extend([status] if pid else [])
        return bool(pid)

    if not eventually(look, seconds=120):
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise AssertionError(f"it never came to {point}")
    return os.waitstatus_to_exitcode(ended[0])
