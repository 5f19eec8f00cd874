"""What an operator does to accounts: the first decider of a municipality, and the end of sessions in an incident."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.shared.models import Event
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_begin_centre__lets_one_decider_in_who_then_needs_a_second_factor(kodaira: Any) -> None:
    said = StringIO()
    call_command("begin_centre", "kodaira", "First@example.jp", name="田中", stdout=said)

    membership = Membership.objects.get(municipality=kodaira)
    assert (membership.role, membership.user.email, membership.user.display_name) == (
        "decider",
        "first@example.jp",
        "田中",
    )
    assert membership.user.second_factor_required
    assert Event.objects.get(verb="membership.begun").data == {"user": membership.user_id}
    assert "first@example.jp" not in said.getvalue()
    client = Client()
    client.force_login(membership.user)
    assert client.get("/kodaira/centre/").status_code == 302, "led to her second factor"

    with pytest.raises(CommandError, match="decides there already"):
        call_command("begin_centre", "kodaira", "second@example.jp", name="鈴木")
    assert not User.objects.filter(email="second@example.jp").exists()
    call_command("end_sessions", str(membership.user_id), "--block", stdout=StringIO())
    call_command("begin_centre", "kodaira", "second@example.jp", name="鈴木", stdout=StringIO())


@pytest.mark.parametrize(("slug", "email"), [("nowhere", "a@example.jp"), ("kodaira", "no address")])
def test_begin_centre__refuses_what_it_cannot_do(kodaira: Any, slug: str, email: str) -> None:
    with pytest.raises(CommandError):
        call_command("begin_centre", slug, email, name="田中")
    assert not Membership.objects.exists()


def test_end_sessions__ends_hers_at_the_next_request_and_no_others(client: Client) -> None:
    hers, others = UserFactory(), UserFactory()
    other = Client()
    client.force_login(hers)
    other.force_login(others)
    call_command("end_sessions", str(hers.pk), "--block", stdout=StringIO())

    assert not client.get("/accounts/login/").wsgi_request.user.is_authenticated
    assert other.get("/accounts/login/").wsgi_request.user == others, "the control"
    hers.refresh_from_db()
    assert not hers.is_active
    call_command("end_sessions", str(hers.pk), "--unblock", stdout=StringIO())
    hers.refresh_from_db()
    assert hers.is_active

    call_command("end_sessions", "--all", stdout=StringIO())
    assert not other.get("/accounts/login/").wsgi_request.user.is_authenticated
    with pytest.raises(CommandError, match="No such account"):
        call_command("end_sessions", "0")
