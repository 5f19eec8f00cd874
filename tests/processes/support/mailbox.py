"""A mail server that keeps what it is given."""

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from scripts import processes
from tests.scripts.waiting import eventually


class Mailbox:
    """Mails as they arrived. Each is handed out once, so that a second code is never taken for the first."""

    def __init__(self) -> None:
        self._arrived: list[EmailMessage] = []
        self.port = processes.free_port()

    def take(self, to: str, subject: str, *, seconds: float = 30) -> EmailMessage:
        """The oldest mail to `to` whose subject holds `subject`; waits for it."""
        found: list[EmailMessage] = []

        def look() -> bool:
            found[:] = [mail for mail in self._arrived if mail["To"] == to and subject in mail["Subject"]]
            return bool(found)

        if not eventually(look, seconds=seconds):
            raise AssertionError(f"no mail {subject!r} to {to} among {self._headers()}")
        self._arrived.remove(found[0])
        return found[0]

    def holds(self, to: str, subject: str) -> bool:
        """Tell whether such a mail has arrived and was not yet taken."""
        return any(mail["To"] == to and subject in mail["Subject"] for mail in self._arrived)

    def ids(self) -> list[str]:
        """The Message-ID of each that was not taken."""
        return [str(mail["Message-ID"]) for mail in self._arrived]

    def empty(self) -> None:
        self._arrived.clear()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        message = email.message_from_bytes(envelope.content.replace(b"\r\n", b"\n"), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self._arrived.append(message)
        return "250 kept"

    def _headers(self) -> list[tuple[str, str]]:
        return [(mail["To"], mail["Subject"]) for mail in self._arrived]


def plain_text(mail: EmailMessage) -> str:
    """What a mail says to whoever reads no HTML."""
    body = mail.get_body(("plain",))
    assert body is not None, mail["Subject"]
    return str(body.get_content())


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Receive mails on a free port for the block."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
