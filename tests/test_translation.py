"""Every word that a citizen reads goes through gettext, so that a language is added by a catalogue alone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.sources import APPS, ROOT, TEMPLATES

JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-鿿々]")
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}

STAFF_TEMPLATES = ("centre", "facility", "letters", "demo", "styleguide", "outcome")
"""Rooms in which nobody but the municipality's and the facilities' staff reads, letters, and the demo's own pages.

A letter is an official document in Japanese, whatever language its reader chose.
"""
STAFF_PIECES = {
    "account/_invited.html",
    "account/_reset.html",
    "base_centre.html",
    "base_facility.html",
    "components/hold_code.html",
    "components/staff_foot.html",
    "components/worklist.html",
    "mail/answers_owed.txt",
    "mail/booking_revoked_desk.txt",
    "mail/month_missing.txt",
    "mail/month_returned.txt",
    "mail/morning_list.txt",
    "mail/preparation_asked.txt",
    "mail/second_factor_reset.txt",
    "mail/sounding_asked.txt",
    "mail/sounding_chosen.txt",
    "mail/sounding_closed.txt",
    "mail/staff_invited.txt",
    "mail/suggestions_answered.txt",
}

CITIZEN_MODULES = (
    "applications/forms/**/*.py",
    "applications/selectors/*.py",
    "applications/steps.py",
    "applications/views/*.py",
    "eligibility/*.py",
    "facilities/forms/citizen/*.py",
    "facilities/selectors/*.py",
    "facilities/views/citizen/*.py",
    "postpartum_portal/accounts/forms.py",
    "postpartum_portal/pages/*.py",
    "postpartum_portal/shared/forms/*.py",
    "postpartum_portal/shared/templatetags/*.py",
    "postpartum_portal/shared/clock_face.py",
    "postpartum_portal/shared/mail_kinds.py",
    "postpartum_portal/shared/ruler.py",
    "postpartum_portal/shared/uploads.py",
)
STAFF_MODULES = {
    "applications/forms/ages.py",
    "applications/forms/amend.py",
    "applications/forms/by_phone.py",
    "applications/forms/call.py",
    "applications/forms/correct.py",
    "applications/forms/coupon_return.py",
    "applications/forms/decide.py",
    "applications/forms/granting.py",
    "applications/forms/hearing.py",
    "applications/forms/importing.py",
    "applications/forms/letters.py",
    "applications/forms/note.py",
    "applications/forms/official_check.py",
    "applications/forms/on_paper.py",
    "applications/forms/protection.py",
    "applications/forms/proxy.py",
    "applications/forms/reason.py",
    "applications/forms/used_before.py",
    "applications/selectors/closing.py",
    "applications/forms/rectify.py",
    "applications/forms/revoke.py",
    "applications/forms/stopped.py",
    "applications/forms/worklist.py",
    "applications/selectors/case.py",
    "applications/selectors/clear.py",
    "applications/selectors/duplicates.py",
    "applications/selectors/hearing.py",
    "applications/selectors/letters.py",
    "applications/selectors/losses.py",
    "applications/selectors/on_paper.py",
    "applications/selectors/official_checks.py",
    "applications/selectors/switching.py",
    "applications/selectors/timeline.py",
    "applications/selectors/protection.py",
    "applications/selectors/told_by.py",
    "applications/selectors/worklist.py",
    "applications/views/amendments.py",
    "applications/views/amend_approval.py",
    "applications/views/by_phone.py",
    "applications/views/centre.py",
    "applications/views/centre_case.py",
    "applications/views/clear.py",
    "applications/views/correct_centre.py",
    "applications/views/hearing.py",
    "applications/views/importing.py",
    "applications/views/coupon_return.py",
    "applications/views/letter_entry.py",
    "applications/views/letter_register.py",
    "applications/views/loss_centre.py",
    "applications/views/unreached.py",
    "eligibility/mail_words.py",
    "applications/views/notes.py",
    "applications/views/official_checks.py",
    "applications/views/on_paper.py",
    "applications/views/protection.py",
    "applications/views/proxy_centre.py",
    "applications/views/rectify.py",
    "applications/views/stopped.py",
    "applications/views/used_before.py",
    "applications/views/worklist.py",
    "eligibility/versions.py",
    "facilities/selectors/blocks.py",
    "facilities/selectors/amount_sheet.py",
    "facilities/selectors/care.py",
    "facilities/selectors/colleagues.py",
    "facilities/selectors/day_print.py",
    "facilities/selectors/day_sheet.py",
    "facilities/selectors/guests.py",
    "facilities/selectors/history.py",
    "facilities/selectors/holds.py",
    "facilities/selectors/keeping.py",
    "facilities/selectors/letter_rows.py",
    "facilities/selectors/money_desk.py",
    "facilities/selectors/phone_price.py",
    "facilities/selectors/sharing.py",
    "facilities/selectors/soundings.py",
    "facilities/selectors/told_to_desk.py",
    "facilities/selectors/waiting_desk.py",
    "facilities/selectors/month_check.py",
    "facilities/selectors/months.py",
    "facilities/selectors/month_differences.py",
    "facilities/selectors/month_lines.py",
    "facilities/selectors/month_list.py",
    "facilities/selectors/month_papers.py",
    "facilities/selectors/month_sheet.py",
    "facilities/selectors/month_table.py",
    "postpartum_portal/pages/styleguide.py",
    "postpartum_portal/pages/styleguide_samples.py",
    "postpartum_portal/pages/styleguide_uses.py",
}
DATA = {
    (
        "applications/selectors/awaited.py",
        "流産|死産|中絶|亡|天使|お別れ|悲し|つら|辛い|だめでした|ダメでした",
    ),  # in her own messages
    ("applications/selectors/offices.py", "区"),  # the end of a ward's name
    ("facilities/selectors/places.py", "型"),  # the end of a service's name
    ("postpartum_portal/shared/clock_face.py", "きょう"),  # in the engine's words for a deadline
    ("postpartum_portal/shared/forms/dates.py", "日を確かめてください。"),  # in the words for a day that is none
}
"""What is looked for in a Japanese text, with the reason; nobody reads it."""


STAFF_CHOICES = {
    "Accepting.AgeUnit",
    "AddressOpening.Audience",
    "Application.Channel",
    "Application.Status",  # `TOLD` has her words for each
    "Birth.Outcome",
    "Block.Why",
    "CarriedOver.Reason",
    "ContractPrice.Kind",
    "ContractPrice.Per",
    "CouponReturn.Bearer",
    "Decision.Outcome",
    "Erasure.Subject",
    "Export.Form",
    "Grant.Origin",
    "Hearing.Recommendation",
    "Hold.Status",
    "Job.DropReason",
    "Job.Status",
    "LedgerEntry.Move",
    "Letter.Delivery",
    "Letter.Kind",
    "Letter.Status",
    "Letter.Subject",
    "Membership.Role",
    "MonthLine.Kind",
    "MonthReport.Status",
    "Municipality.Seal",
    "OfficialCheck.Kind",
    "OfficialCheck.Result",
    "Payee.Account",
    "Payment.Kind",
    "ProgrammeDraft.Status",
    "Proxy.How",
    "Proxy.Status",
    "SettingChange.Setting",
}
"""Choices of a column whose labels no citizen reads, or reads on a letter only."""


def citizen_templates() -> list[Path]:
    return [
        path
        for path in sorted(TEMPLATES.rglob("*"))
        if path.is_file()
        and path.relative_to(TEMPLATES).parts[0] not in STAFF_TEMPLATES
        and str(path.relative_to(TEMPLATES)) not in STAFF_PIECES
    ]


def untranslated(template: str) -> Iterator[str]:
    """Lines with Japanese outside of comments and messages. What a condition compares with is data."""
    rest = re.sub(
        r"(?s)\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}|\{% blocktranslate.*?\{% endblocktranslate %\}"
        r"""|\{% translate .*?%\}|_\((?:"[^"]*"|'[^']*')\)|\{% (?:el)?if .*?%\}""",
        "",
        template,
    )
    return (line.strip() for line in rest.splitlines() if JAPANESE.search(line))


def test_templates__send_every_word_of_a_citizen_through_gettext() -> None:
    found = {
        str(path.relative_to(TEMPLATES)): lines
        for path in citizen_templates()
        if (lines := list(untranslated(path.read_text(encoding="utf-8"))))
    }
    assert not found


def test_the_templates_check__sees_a_word_that_is_not_sent() -> None:
    assert list(untranslated('{% translate "予約" %}\n<p>{{ day }}から</p>{# 注 #}')) == ["<p>{{ day }}から</p>"]


def citizen_modules() -> list[Path]:
    found = {path for pattern in CITIZEN_MODULES for path in ROOT.glob(pattern)}
    seen_by_nobody = STAFF_MODULES | {f"{app}/apps.py" for app in (*APPS, "postpartum_portal/pages")}
    return sorted(path for path in found if str(path.relative_to(ROOT)) not in seen_by_nobody)


def unsent(source: str) -> Iterator[tuple[int, str]]:
    """Japanese literals that are no argument of a gettext function, no docstring and nothing that is compared."""
    tree = ast.parse(source)
    beside: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in GETTEXT:
            beside.update(part for argument in node.args for part in ast.walk(argument))
        elif isinstance(node, ast.Expr):
            beside.add(node.value)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and JAPANESE.search(node.value)
            and node not in beside
        ):
            yield node.lineno, node.value


def test_modules__send_every_word_of_a_citizen_through_gettext() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in citizen_modules()
        for line, text in unsent(path.read_text(encoding="utf-8"))
        if (str(path.relative_to(ROOT)), text) not in DATA
    ]
    assert not found


def test_the_modules_check__sees_a_word_that_is_not_sent() -> None:
    assert list(unsent('"""説明"""\nA = _("予約")\nB = f"{A}から"')) == [(3, "から")]


def labels_unsent(source: str) -> Iterator[tuple[str, str]]:
    """Of each column's choices the labels that are not sent, with what the choices are called: `Booking.Status`."""
    models = (node for node in ast.parse(source).body if isinstance(node, ast.ClassDef))
    for model in models:
        for inner in (node for node in model.body if isinstance(node, ast.ClassDef)):
            if [ast.unparse(base) for base in inner.bases] == ["models.TextChoices"]:
                yield from ((f"{model.name}.{inner.name}", text) for _, text in unsent(ast.unparse(inner)))


def test_labels__of_what_a_citizen_reads_go_through_gettext() -> None:
    places = ("*/models/*.py", "*/models.py", "*/*/models/*.py", "*/*/models.py")
    modules = [path for place in places for path in ROOT.glob(place)]
    found = {name for path in modules for name, _ in labels_unsent(path.read_text(encoding="utf-8"))}
    assert found == STAFF_CHOICES
