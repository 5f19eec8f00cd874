"""The door of `applications`: what booking and the joined pages need of births, entitlements and applications."""

from .forms.ages import AgeForm
from .forms.certificates import RefuseCertificateForm
from .forms.changes import ChangeForm, change_form
from .forms.correct import ReturnForm
from .forms.decide import ApproveForm, RefuseForm
from .forms.hearing import CallForm, HearingForm
from .forms.loss import CentreLossForm
from .forms.message import AnswerForm
from .letters.bereaved import without_children
from .models import Application, Birth, ChangeNotice, Coupon, Entitlement, Hearing, HouseholdClass
from .selectors.amendments import waiting_amendments
from .selectors.births import dates_of, may_correct_age
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
from .selectors.corrections import asked_of_her
from .selectors.coupons import shown_coupon, units_by_booking
from .selectors.expected import expected_decision
from .selectors.facts import facts_of
from .selectors.handbook import has_paper_too
from .selectors.losses import Remains, ToldLoss, may_take_back, remains, standing_loss, told_losses, written_before_loss
from .selectors.messages import messages_to_answer, unread_by_her
from .selectors.mine import applications_of
from .selectors.offices import own_office
from .selectors.own_documents import own_documents
from .selectors.own_letters import own_letters
from .selectors.past import past_households
from .selectors.progress import stages
from .selectors.proxies import proxy_of, writers_for, writing_for
from .selectors.proxies import to_enter as proxies_to_enter
from .selectors.standing import Standing, entitlement_of, latest_birth, standing_of, standings_of
from .selectors.summary import Line
from .selectors.whose import latest_municipality
from .selectors.window_notices import notice_of
from .selectors.worklist import NO_OFFICE, TODAY, Entry
from .selectors.worklist import found as entries_found
from .selectors.worklist import is_of as is_of_office
from .selectors.worklist import tabs as worklist_tabs
from .selectors.worklist import worklist as entries_waiting
from .services.births import BirthNotRecordable, record_birth
from .services.changing import MovedAlready, NothingChanged, report_change
from .services.coupons import DIGITS as COUPON_DIGITS
from .services.coupons import coupon_of, replace_coupon
from .services.deciding import approve
from .services.documents import hand_in
from .services.drafts import open_draft, save_step
from .services.losses import record_loss, settle_loss
from .services.messages import read_thread
from .services.preparing import same_hands
from .services.proxies import Told as ProxyTold
from .services.proxies import begin as begin_proxy
from .services.proxies import hand_over as hand_over_proxy
from .services.proxies import save_step as save_proxy_step
from .services.reading import read_case
from .services.recounting import repair_pool, units_in_ledger, wrong_pools
from .services.returning import return_for_correction
from .services.screening import recommend, record_call, save_hearing
from .services.submission import submit
from .services.units import NothingToGiveBack, UnitsExhausted, give_back, hold_units, take
from .signals import class_changed, class_proved, entitlement_changed
from .steps import Step, steps_of

__all__ = [
    "COUPON_DIGITS",
    "NO_OFFICE",
    "TODAY",
    "AgeForm",
    "AnswerForm",
    "Application",
    "ApproveForm",
    "Birth",
    "BirthNotRecordable",
    "CallForm",
    "Case",
    "CentreLossForm",
    "ChangeForm",
    "ChangeNotice",
    "Coupon",
    "Entitlement",
    "Entry",
    "Hearing",
    "HearingForm",
    "HouseholdClass",
    "Line",
    "MovedAlready",
    "NothingChanged",
    "NothingToGiveBack",
    "OnFile",
    "ProxyTold",
    "RefuseCertificateForm",
    "RefuseForm",
    "Remains",
    "ReturnForm",
    "Standing",
    "Step",
    "ToCheck",
    "ToldLoss",
    "UnitsExhausted",
    "applications_of",
    "approve",
    "asked_of_her",
    "begin_proxy",
    "change_form",
    "changes_to_see",
    "class_changed",
    "class_proved",
    "coupon_of",
    "dates_of",
    "entitlement_changed",
    "entitlement_of",
    "entries_found",
    "entries_waiting",
    "expected_decision",
    "facts_of",
    "give_back",
    "hand_in",
    "hand_over_proxy",
    "has_paper_too",
    "hold_units",
    "in_words",
    "is_of_office",
    "latest_birth",
    "latest_municipality",
    "may_correct_age",
    "may_take_back",
    "messages_to_answer",
    "notice_of",
    "on_file",
    "open_draft",
    "own_documents",
    "own_letters",
    "own_office",
    "past_households",
    "proxies_to_enter",
    "proxy_of",
    "reached_now",
    "read_case",
    "read_thread",
    "recommend",
    "record_birth",
    "record_call",
    "record_loss",
    "remains",
    "repair_pool",
    "replace_coupon",
    "report_change",
    "return_for_correction",
    "same_hands",
    "save_hearing",
    "save_proxy_step",
    "save_step",
    "settle_loss",
    "shown_coupon",
    "stages",
    "standing_loss",
    "standing_of",
    "standings_of",
    "steps_of",
    "submit",
    "take",
    "to_check",
    "told_losses",
    "told_notices",
    "units_by_booking",
    "units_in_ledger",
    "unread_by_her",
    "waiting_amendments",
    "wanted_of",
    "with_class",
    "with_move",
    "without_children",
    "worklist_tabs",
    "writers_for",
    "writing_for",
    "written_before_loss",
    "wrong_pools",
]
