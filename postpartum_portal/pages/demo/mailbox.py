"""The demo's mails, read from the files that Django's file backend writes."""

import email
import email.policy
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DemoMail:
    to: str
    subject: str
    text: str
    sent: str


def newest_mails(folder: Path, *, limit: int = 30) -> list[DemoMail]:
    """The latest mails, newest first; none before the first was sent."""
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [_read(file) for file in files[:limit]]


def _read(file: Path) -> DemoMail:
    message = email.message_from_bytes(file.read_bytes().split(b"\n" + b"-" * 79)[0], policy=email.policy.default)
    body = message.get_body(("plain",))
    return DemoMail(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=body.get_content() if body else "",
        sent=str(message["Date"]),
    )
