"""A draft of a programme: uploaded, checked at once, and handed to the job that replays it over past cases."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from eligibility.models import Municipality, ProgrammeDraft, ProgrammeVersion
from eligibility.programmes import Problem, ProgrammeFileError, load_programme
from eligibility.programmes.examples import run as run_examples
from eligibility.programmes.reading import read
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise, pass_transition

from .replaying import ask_for_replay, is_awaited

DRAFT = "eligibility.draft"
MAX_KILOBYTES = 300
MOST_PROBLEMS = 100
"""What stands after so many problems is told when they are put right."""


def upload_draft(
    municipality: Municipality, *, file_name: str, text: str, by: AbstractBaseUser, at: dt.datetime
) -> ProgrammeDraft:
    """Keep a file as a draft with all that is wrong with it; one that keeps its own examples goes on to be replayed.

    Raises:
        PermissionDenied: `by` does not work at this municipality's centre.
    """
    draft = ProgrammeDraft(
        municipality=municipality,
        file_name=file_name[-80:],
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
        uploaded_by_id=by.pk,
        uploaded_at=at,
    )
    authorise(by, DRAFT, draft)
    _check(draft)
    with transaction.atomic():
        draft.save(force_insert=True)
        events.record("programme.draft_uploaded", draft, at=at, by_id=by.pk, status=draft.status)
        if draft.status == ProgrammeDraft.Status.CHECKED:
            ask_for_replay(draft, at=at)
    return draft


def replay_again(draft: ProgrammeDraft, *, by: AbstractBaseUser, at: dt.datetime) -> ProgrammeDraft:
    """Ask for the replay once more: cases have come in since, or the job gave up. While it is awaited, it is one.

    Raises:
        PermissionDenied: `by` does not work at this municipality's centre.
        TransitionNotAllowed, Overtaken: the draft does not wait for its publication (any more).
    """
    authorise(by, DRAFT, draft)
    with transaction.atomic():
        if draft.status == ProgrammeDraft.Status.CHECKED:
            if is_awaited(draft):
                return draft
        else:
            pass_transition(draft.ask_again, replay=None, replayed_through=0, replayed_at=None)
        events.record("programme.replay_asked", draft, at=at, by_id=by.pk)
        ask_for_replay(draft, at=at)
    return draft


def discard(draft: ProgrammeDraft, *, by: AbstractBaseUser, at: dt.datetime) -> ProgrammeDraft:
    """Take a draft off the table; it stays to be read.

    Raises:
        PermissionDenied: `by` does not work at this municipality's centre.
        TransitionNotAllowed, Overtaken: it was published or discarded already.
    """
    authorise(by, DRAFT, draft)
    with transaction.atomic():
        pass_transition(draft.discard)
        events.record("programme.draft_discarded", draft, at=at, by_id=by.pk)
    return draft


def readable(content: bytes) -> str:
    """The text of an uploaded file, line ends and byte order mark put aside.

    Raises:
        Unreadable: it is empty, too long or no text in UTF-8; says what to do.
    """
    if len(content) > MAX_KILOBYTES * 1024:
        raise Unreadable(f"ファイルは{MAX_KILOBYTES}KBまでです。きまりのファイルかどうか確かめてください。")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(
            "文字コードがUTF-8ではありません。「名前を付けて保存」で文字コードをUTF-8にして、選びなおしてください。"
        ) from None
    if not text.strip():
        raise Unreadable("ファイルの中身がありません。")
    if "\x00" in text:
        raise Unreadable("文字のファイルではありません。きまりのファイルを選びなおしてください。")
    return text.replace("\r\n", "\n").replace("\r", "\n")


class Unreadable(Exception):
    """An uploaded file cannot even be kept as a draft. The message says what to do."""


def _check(draft: ProgrammeDraft) -> None:
    """Note on the draft what is wrong, how its own examples come out, and whether it can go on."""
    problems = sorted(_problems(draft), key=lambda problem: problem.line)[:MOST_PROBLEMS]
    results = () if problems else run_examples(draft.text)
    draft.problems = [asdict(problem) for problem in problems]
    draft.examples = [{**asdict(result), "ok": result.ok} for result in results]
    if problems or not all(result.ok for result in results):
        draft.refuse()


def _problems(draft: ProgrammeDraft) -> Iterator[Problem]:
    """All that is wrong with the file, or, where it is a good one, that it is not for this municipality, or not new."""
    try:
        programme = load_programme(draft.text)
    except ProgrammeFileError as wrong:
        yield from wrong.problems
        return
    document, here = read(draft.text, file=draft.file_name), draft.municipality
    if programme.code != here.code:
        yield document.problem(("municipality", "code"), f"{here.name}の団体コードは {here.code} です。")
    elif programme.slug != here.slug:
        yield document.problem(("municipality", "slug"), f"{here.name}のアドレスは {here.slug} です。")
    if _already_loaded(draft):
        yield document.problem((), "同じ内容の版がもうあります。変えたところが入っているか確かめてください。")


def _already_loaded(draft: ProgrammeDraft) -> bool:
    """Whether a version of the municipality has this very text."""
    return ProgrammeVersion.objects.filter(municipality=draft.municipality_id, sha256=draft.sha256).exists()
