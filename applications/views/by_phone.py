"""What the centre takes down for a mother: the birth and a withdrawal that were told, a paper that came, her address.

Everything here goes for whoever has no account; a mother who has one may phone as well.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods
from django_fsm import TransitionNotAllowed

from applications.forms.by_phone import OfferForm, TellingForm, ToldBirthForm
from applications.forms.certificates import LATE, LateCertificatesForm
from applications.models import Birth
from applications.selectors.case import Case
from applications.selectors.paper_note import wanted_paper
from applications.selectors.proofs import Proof
from applications.services import births, documents, joining, submission
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.forms import DadsForm

from .centre_case import CLOSED, OWN, case_to_work_on, form_page, posted, to_case

TWICE = "このメールアドレスの方は、自分で申請したことがあります。同じ方かもしれない申請を確かめてください。"
NO_FILE = "書類の画像を選んでください。"


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def told_birth(request: PortalRequest, number: str) -> HttpResponseBase:
    """生まれた日を記録する: who told it and when stands with the deed."""
    case = _changeable(request, number)
    if case.birth.outcome == Birth.Outcome.LOST:
        return to_case(request, number)
    form = ToldBirthForm(posted(request), birth=case.birth, today=clock.today())
    if not form.is_valid():
        return _page(request, case, form, "生まれた日を記録する", "記録する")
    said = form.cleaned_data
    births.record_birth(
        case.birth, born_on=said["born_on"], children=said["children"], by=request.user, at=clock.now(), told=form.told
    )
    messages.success(request, "生まれた日を記録しました。使える期間が変わるときは、変更の案が出ます。")
    return to_case(request, number)


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def told_withdrawal(request: PortalRequest, number: str) -> HttpResponseBase:
    """申請の取り下げを記録する."""
    case = _changeable(request, number)
    form = TellingForm(posted(request), today=clock.today())
    if not form.is_valid():
        return _page(request, case, form, "申請の取り下げを記録する", "取り下げを記録する")
    try:
        submission.withdraw(case.application, by=request.user, at=clock.now(), told=form.told)
    except TransitionNotAllowed:
        messages.warning(request, CLOSED)
    else:
        messages.success(request, "申請の取り下げを記録しました。")
    return to_case(request, number)


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: PortalRequest, number: str) -> HttpResponseBase:
    """紙で届いた書類の画像を入れる: what the application lacks, or a later use still needs."""
    case = _changeable(request, number)
    proof = wanted_paper(case, on=clock.today())
    if proof is None:
        messages.warning(request, "いま足りない書類はありません。")
        return to_case(request, number)
    refused: list[str] = []
    if request.method == "POST":
        refused = _keep(request, case, proof)
        if not refused:
            messages.success(request, f"{proof.label}を入れました。")
            return to_case(request, number)
    form = LateCertificatesForm(posted(request), application=case.application, proof=proof, refused=refused)
    return _page(request, case, form, f"紙で届いた{proof.label}を入れる", "入れる")


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def offer_account(request: PortalRequest, number: str) -> HttpResponseBase:
    """After making sure who she is: nothing is shown to the address before she has confirmed it herself."""
    case = case_to_work_on(request, number)
    form = OfferForm(posted(request))
    if form.is_valid():
        try:
            joining.offer_account(case.household, **form.cleaned_data, by=request.user, at=clock.now())
        except joining.HasAccount:
            messages.warning(request, "本人のアカウントは、もうあります。")
        except joining.HasHousehold:
            form.add_error("email", TWICE)
        except (joining.OwnAddress, PermissionDenied):
            form.add_error("email", OWN)
        else:
            messages.success(request, "メールを送りました。本人がログインして、氏名と生年月日を答えると見られます。")
    if form.is_bound and not form.errors:
        return to_case(request, number)
    return _page(request, case, form, "本人がネットで見られるようにする", "メールを送る")


def _keep(request: PortalRequest, case: Case, proof: Proof) -> list[str]:
    files = request.FILES.getlist(LATE)
    if not files:
        return [NO_FILE]
    try:
        return documents.hand_in_all(case.application, proof, files, by=request.user, at=clock.now())
    except documents.AlreadyDecided:
        return [CLOSED]


def _changeable(request: PortalRequest, number: str) -> Case:
    """The case, for staff who may change it.

    Raises:
        Http404: it is her own: others work on that.
    """
    try:
        case = case_to_work_on(request, number)
        if case.application.citizen_id == request.user.pk:
            raise PermissionDenied(OWN)
    except PermissionDenied:
        raise Http404 from None
    return case


def _page(request: PortalRequest, case: Case, form: DadsForm, heading: str, action: str) -> HttpResponse:
    """`action`: the button's words."""
    return form_page(request, case, form, heading, "centre/_told_buttons.html", action=action)
