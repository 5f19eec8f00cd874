"""The door of `applications`: what booking and the joined pages need of births, entitlements and applications."""

from .forms.ages import AgeForm
from .forms.call import CallForm
from .forms.cards import check_card, coupon_card, notes_card
from .forms.certificates import RefuseCertificateForm
from .forms.changes import ChangeForm, change_form
from .forms.correct import ReturnForm
from .forms.decide import ApproveForm, RefuseForm
from .forms.hearing import HearingForm
from .forms.loss import CentreLossForm
from .forms.message import AnswerForm
from .forms.revoke import RevokeForm
from .forms.worklist import MINE, KeepViewForm
from .letters.bereaved import without_children
from .letters.content import Fact
from .letters.numbers import SeriesClosed, closed_words
from .letters.preview import preview_page
from .letters.sample import sample_page
from .letters.seal import seal_png
from .listed import case_address, list_of
from .models import Application, Birth, ChangeNotice, Coupon, Decision, Entitlement, Hearing, Household, HouseholdClass
from .selectors import numbers as application_numbers
from .selectors.amendments import waiting_amendments
from .selectors.births import dates_of, may_correct_age
from .selectors.calling import attempts_of, call_times_of
from .selectors.carried_over import used_before_words
from .selectors.case import Case
from .selectors.certificates import ToCheck, to_check, wanted_of
from .selectors.changes import (
    OnFile,
    changes_to_see,
    in_words,
    on_file,
    reached_now,
    told_notices,
    with_class,
    with_move,
)
from .selectors.changes import Told as ToldChange
from .selectors.colleagues import colleagues
from .selectors.corrections import asked_of_her
from .selectors.coupons import coupon_return_of, shown_coupon, units_by_booking
from .selectors.duplicates import like_household as possible_duplicates
from .selectors.endings import entitlement_under, lost_with, revocation_of
from .selectors.expected import expected_decision
from .selectors.facts import facts_of
from .selectors.handbook import has_paper_too
from .selectors.hearing import answers_of, differing, heard_lines, script_of, urgent
from .selectors.joining import account_offers_to, last_account_offer, own_household_of
from .selectors.losses import may_take_back, remains, standing_loss, told_losses, written_before_loss
from .selectors.messages import Thread, messages_to_answer, unread_by_her
from .selectors.mine import applications_of
from .selectors.narrowing import NO_OFFICE, NOBODY, Narrowing, is_of_office
from .selectors.offices import own_office
from .selectors.own_documents import own_documents
from .selectors.own_letters import own_letters
from .selectors.pace import Pace
from .selectors.paper_note import paper_note, wanted_paper
from .selectors.past import past_households
from .selectors.progress import stages
from .selectors.protection import address_for, visit_address_for
from .selectors.proxies import proxy_of, writers_for, writing_for
from .selectors.proxies import to_enter as proxies_to_enter
from .selectors.rectifications import RECTIFIABLE, rectified
from .selectors.saved_views import saved_views
from .selectors.standing import Standing, entitlement_of, latest_birth, standing_of, standings_of
from .selectors.summary import Line, call_times
from .selectors.switching import Switch, switches
from .selectors.timeline import Moment
from .selectors.trail import household_with_case, households_behind, households_named, rows_about, with_case
from .selectors.whose import latest_municipality
from .selectors.window_notices import notice_of
from .selectors.worklist import EVERY, TODAY, Desk, Entry
from .services.asking import ask_for_certificates
from .services.availability import LetterSubject, Settled, issue_availability, issues_availability, prepare_availability
from .services.births import record_birth
from .services.changing import MovedAlready, NothingChanged, report_change
from .services.coupons import COUPON_DIGITS, coupon_of, replace_coupon
from .services.deciding import approve
from .services.documents import hand_in
from .services.drafts import open_draft, save_step
from .services.hearing import save_hearing
from .services.holding import hold_family
from .services.losses import record_loss, settle_loss
from .services.messages import read_thread
from .services.on_paper import accept as accept_paper
from .services.on_paper import begin as begin_paper
from .services.on_paper import take_up as take_up_paper
from .services.preparing import SameHands, same_hands
from .services.proxies import Told as ProxyTold
from .services.proxies import begin as begin_proxy
from .services.proxies import hand_over as hand_over_proxy
from .services.proxies import save_step as save_proxy_step
from .services.reading import read_case
from .services.recounting import repair_pool, units_in_ledgers, wrong_pools, wrong_reductions
from .services.recounting_letters import letters_nobody_makes, wrong_numbers
from .services.returning import return_for_correction
from .services.revoking import (
    AlreadyRevoked,
    NotApproved,
    authorise_revocation,
    may_redecide,
    prepare_revocation,
    revoke,
)
from .services.screening import recommend, record_call
from .services.submission import submit
from .services.units import UnitsExhausted, give_back, hold_units, take
from .signals import approval_revoked, class_changed, class_proved, entitlement_changed, services_narrowing, used_before
from .steps import Step, steps_of

__all__ = [
    "COUPON_DIGITS",
    "EVERY",
    "MINE",
    "NOBODY",
    "NO_OFFICE",
    "RECTIFIABLE",
    "TODAY",
    "AgeForm",
    "AlreadyRevoked",
    "AnswerForm",
    "Application",
    "ApproveForm",
    "Birth",
    "CallForm",
    "Case",
    "CentreLossForm",
    "ChangeForm",
    "ChangeNotice",
    "Coupon",
    "Decision",
    "Desk",
    "Entitlement",
    "Entry",
    "Fact",
    "Hearing",
    "HearingForm",
    "Household",
    "HouseholdClass",
    "KeepViewForm",
    "LetterSubject",
    "Line",
    "Moment",
    "MovedAlready",
    "Narrowing",
    "NotApproved",
    "NothingChanged",
    "OnFile",
    "Pace",
    "ProxyTold",
    "RefuseCertificateForm",
    "RefuseForm",
    "ReturnForm",
    "RevokeForm",
    "SameHands",
    "SeriesClosed",
    "Settled",
    "Standing",
    "Step",
    "Switch",
    "Thread",
    "ToCheck",
    "ToldChange",
    "UnitsExhausted",
    "accept_paper",
    "account_offers_to",
    "address_for",
    "answers_of",
    "application_numbers",
    "applications_of",
    "approval_revoked",
    "approve",
    "ask_for_certificates",
    "asked_of_her",
    "attempts_of",
    "authorise_revocation",
    "begin_paper",
    "begin_proxy",
    "call_times",
    "call_times_of",
    "case_address",
    "change_form",
    "changes_to_see",
    "check_card",
    "class_changed",
    "class_proved",
    "closed_words",
    "colleagues",
    "coupon_card",
    "coupon_of",
    "coupon_return_of",
    "dates_of",
    "differing",
    "entitlement_changed",
    "entitlement_of",
    "entitlement_under",
    "expected_decision",
    "facts_of",
    "give_back",
    "hand_in",
    "hand_over_proxy",
    "has_paper_too",
    "heard_lines",
    "hold_family",
    "hold_units",
    "household_with_case",
    "households_behind",
    "households_named",
    "in_words",
    "is_of_office",
    "issue_availability",
    "issues_availability",
    "last_account_offer",
    "latest_birth",
    "latest_municipality",
    "letters_nobody_makes",
    "list_of",
    "lost_with",
    "may_correct_age",
    "may_redecide",
    "may_take_back",
    "messages_to_answer",
    "notes_card",
    "notice_of",
    "on_file",
    "open_draft",
    "own_documents",
    "own_household_of",
    "own_letters",
    "own_office",
    "paper_note",
    "past_households",
    "possible_duplicates",
    "prepare_availability",
    "prepare_revocation",
    "preview_page",
    "proxies_to_enter",
    "proxy_of",
    "reached_now",
    "read_case",
    "read_thread",
    "recommend",
    "record_birth",
    "record_call",
    "record_loss",
    "rectified",
    "remains",
    "repair_pool",
    "replace_coupon",
    "report_change",
    "return_for_correction",
    "revocation_of",
    "revoke",
    "rows_about",
    "same_hands",
    "sample_page",
    "save_hearing",
    "save_proxy_step",
    "save_step",
    "saved_views",
    "script_of",
    "seal_png",
    "services_narrowing",
    "settle_loss",
    "shown_coupon",
    "stages",
    "standing_loss",
    "standing_of",
    "standings_of",
    "steps_of",
    "submit",
    "switches",
    "take",
    "take_up_paper",
    "to_check",
    "told_losses",
    "told_notices",
    "units_by_booking",
    "units_in_ledgers",
    "unread_by_her",
    "urgent",
    "used_before",
    "used_before_words",
    "visit_address_for",
    "waiting_amendments",
    "wanted_of",
    "wanted_paper",
    "with_case",
    "with_class",
    "with_move",
    "without_children",
    "writers_for",
    "writing_for",
    "written_before_loss",
    "wrong_numbers",
    "wrong_pools",
    "wrong_reductions",
]
