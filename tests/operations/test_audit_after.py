"""D4 after D1: a restored log is whole up to its backup, goes on, and tells that what was sealed since is gone."""

from pathlib import Path
from typing import Any

import pytest

from applications.models import Letter
from postpartum_portal.shared import audit, clock, events
from postpartum_portal.shared.audit.checking import What
from postpartum_portal.shared.backup.restoring import restore
from postpartum_portal.shared.backup.taking import take
from postpartum_portal.shared.models import Event
from tests.operations.conftest import Decide
from tests.operations.elsewhere import Elsewhere
from tests.plugins.rights import as_owner

pytestmark = pytest.mark.processes


def sealed() -> str:
    """Seal what there is; the digest that an operator would note."""
    audit.seal(at=clock.now())
    now = audit.summary()
    assert now.unsealed == 0
    return now.digest


def test_the_log__after_a_restore__is_whole_and_goes_on(
    worked: Letter, decide: Decide, town: Any, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    noted = sealed()
    take(tmp_path / "backup")
    decide()
    lost = sealed()

    with elsewhere.here():
        restore(tmp_path / "backup", replace=False)
        assert list(audit.findings(expect=noted)) == []
        assert [found.what for found in audit.findings(expect=lost)] == [What.NOT_THERE]

        before = audit.summary().last_event
        event = events.record("numbers.read", town, at=clock.now(), by_id=None)
        assert sealed() not in (noted, lost)
        assert list(audit.findings(expect=noted)) == []
        assert event.pk > before

        with as_owner():  # the control: what is done to the restored log is named
            Event._base_manager.filter(pk=before).update(verb="nothing.done")
        assert [(found.what, found.number) for found in audit.findings()] == [(What.CHANGED, before)]
