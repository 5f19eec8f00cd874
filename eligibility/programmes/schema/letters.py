"""The shape of a programme file: texts for page, forms and letters."""

from string import Formatter
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Discriminator, Tag

from eligibility.programmes.fields import Code, Count, Flag, Phone, Postcode, Sourced, Strict, Text, key
from eligibility.programmes.schema.amounts import UnpublishedEntry
from eligibility.programmes.schema.choices import Seal
from eligibility.programmes.schema.who import AFTER_LOSS, AFTER_LOSS_ABOUT
from eligibility.programmes.sentences import Sentence


def _only(text: str, *names: str) -> str:
    """The text, if every {name} in it is one that can be filled in."""
    try:
        used = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        raise ValueError("{ と } の組がそろっていません。") from None
    if used - set(names):
        allowed = "、".join(f"{{{name}}}" for name in names)
        raise ValueError(f"ここに書けるのは {allowed} だけです。")
    return text


def _filled_in_with(*names: str) -> AfterValidator:
    return AfterValidator(lambda text: _only(text, *names))


def _kind(value: object) -> str:
    return "[unpublished]" if isinstance(value, dict | UnpublishedEntry) else "[text]"


_AsText = Annotated[Text, Tag("[text]")]
NameOrUnset: TypeAlias = Annotated[_AsText | Annotated[UnpublishedEntry, Tag("[unpublished]")], Discriminator(_kind)]

AppealText = Annotated[
    Text,
    _filled_in_with("addressee", "defendant", "representative", "review_months", "lawsuit_months", "final_years"),
]


class OfficeEntry(Sourced):
    code: Code = key("コード")
    name: Text = key("名前")
    section: Text = key("担当")
    postcode: Postcode = key("郵便番号", default="")
    address: Text = key("住所", default="")
    phone: Phone = key("電話番号")
    fax: Phone = key("FAX", default="")
    serves: NameOrUnset | None = key(
        "受け持つ地域", "お住まいの地域ごとの窓口だけに書きます。住所に書かれるとおりの区の名前です。", default=None
    )


class ConsentAfterLossEntry(Strict):
    label: Text = key("同意の名前", default="")
    text: Text = key("同意の文", default="")


class ConsentEntry(Sourced):
    code: Code = key("コード")
    label: Text = key("同意の名前")
    text: Text = key("同意の文")
    required: Flag = key("同意がないと申請できない")
    after_loss: ConsentAfterLossEntry | None = key(AFTER_LOSS, AFTER_LOSS_ABOUT, default=None)


class WhoEntry(Strict):
    title: Sentence = key("見出し")
    text: Sentence = key("文")


class FlowEntry(Sourced):
    title: Sentence = key("見出し")
    text: Sentence = key("文")


class NoteEntry(Sourced):
    text: Sentence = key("文")


class PageEntry(Strict):
    eyebrow: Sentence = key("見出しの上の文")
    heading: Sentence = key("見出し")
    lead: Sentence = key("初めの文")
    who: tuple[WhoEntry, ...] = key("使える方")
    who_note: Sentence = key("使える方の注意")
    together: Sentence = key("回数の数え方の文")
    waiver_title: Sentence = key("減免の見出し")
    waiver_text: Sentence = key("減免の文")
    flow: tuple[FlowEntry, ...] = key("流れ")
    notes: tuple[NoteEntry, ...] = key("注意")


class BasisEntry(UnpublishedEntry):
    wording_until_set: Text = key("市が決めるまでの言い方")


BasisOrUnset: TypeAlias = Annotated[_AsText | Annotated[BasisEntry, Tag("[unpublished]")], Discriminator(_kind)]


class DecisionLetterEntry(Strict):
    title: Text = key("題")
    opening: Annotated[Text, _filled_in_with("applied_on", "basis")] = key(
        "初めの文", "{applied_on} に申請の日、{basis} に根拠が入ります。"
    )


class AmendmentLetterEntry(Strict):
    title: Text = key("題", default="産後ケア事業利用承認変更決定通知書")
    opening: Annotated[Text, _filled_in_with("original_on", "original_number", "basis")] = key(
        "初めの文",
        "{original_on} と {original_number} に元の通知書の日付と番号、{basis} に根拠が入ります。",
        default="{original_on}付け{original_number}で通知した産後ケア事業の利用の承認について、{basis}により、"
        "次のとおり変更することに決定しましたので通知します。",
    )


class RevocationLetterEntry(Strict):
    title: Text = key("題", default="産後ケア事業利用承認取消通知書")
    opening: Annotated[Text, _filled_in_with("original_on", "original_number", "basis")] = key(
        "初めの文",
        "{original_on} と {original_number} に元の通知書の日付と番号、{basis} に根拠が入ります。",
        default="{original_on}付け{original_number}で通知した産後ケア事業の利用の承認について、{basis}により、"
        "次のとおり取り消すことに決定しましたので通知します。",
    )
    then: tuple[Text, ...] = key(
        "これからのことの文",
        "予約、使った分、もういちどの申請について。お子さまのことは書きません。",
        default=(
            "取り消す日からあとの予約も取り消します。そのための料金はかからず、日数や回数も使いません。",
            "取り消す日より前に利用した分と、その利用者負担額は、変わりません。",
            "事情が変わったときは、あらためて申請できます。",
        ),
    )


class AvailabilityLetterEntry(Sourced):
    title: Text = key("題", default="産後ケア事業利用の可否通知書")
    possible: Annotated[Text, _filled_in_with("wished_on", "basis")] = key(
        "利用できるときの初めの文",
        "{wished_on} に希望を伝えた日、{basis} に根拠が入ります。",
        default="{wished_on}に希望のあった産後ケア事業の利用について、次のとおり利用できますので通知します。",
    )
    impossible: Annotated[Text, _filled_in_with("wished_on", "basis")] = key(
        "利用できないときの初めの文",
        "{wished_on} に希望を伝えた日、{basis} に根拠が入ります。",
        default="{wished_on}に希望のあった産後ケア事業の利用について、次の理由により利用できませんので通知します。",
    )
    how_to_use: tuple[Text, ...] = key("使い方の文", default=())
    appeal: Flag = key("利用できないときに教示を付ける", default=False)


class ReductionLetterEntry(Sourced):
    title: Text = key("題", default="産後ケア事業利用者負担額減免決定通知書")
    opening: Annotated[Text, _filled_in_with("handed_in_on", "basis")] = key(
        "初めの文",
        "{handed_in_on} に書類が届いた日、{basis} に根拠が入ります。",
        default="{handed_in_on}に提出のあった書類により、産後ケア事業の利用者負担額を、{basis}により、"
        "次のとおり減免することに決定しましたので通知します。",
    )


class NoReductionLetterEntry(Sourced):
    title: Text = key("題", default="産後ケア事業利用者負担額減免却下通知書")
    opening: Annotated[Text, _filled_in_with("handed_in_on", "basis")] = key(
        "初めの文",
        "{handed_in_on} に書類が届いた日、{basis} に根拠が入ります。",
        default="{handed_in_on}に提出のあった書類による産後ケア事業の利用者負担額の減免は、{basis}により、"
        "次の理由で行わないことに決定しましたので通知します。",
    )


class CouponsLetterEntry(Strict):
    title: Annotated[Text, _filled_in_with("coupons")] = key(
        "題", "{coupons} に利用券の名前が入ります。", default="産後ケア事業{coupons}"
    )
    opening: Annotated[Text, _filled_in_with("applied_on", "coupons", "basis")] = key(
        "初めの文",
        "{applied_on} に申請の日、{coupons} に利用券の名前、{basis} に根拠が入ります。",
        default="{applied_on}に申請のあった産後ケア事業の{coupons}をお送りします。",
    )


class AppealEntry(Strict):
    addressee: Text = key("審査請求の相手")
    defendant: Text = key("訴えの相手")
    representative: Text = key("訴訟で代表する人")
    review_months: Count = key("審査請求ができる期間", unit="か月")
    lawsuit_months: Count = key("訴えができる期間", unit="か月")
    final_years: Count = key("決定からの期限", unit="年")
    paragraphs: tuple[AppealText, ...] = key("教示の文")


class SenderEntry(Strict):
    title: Text = key("肩書き")
    name: NameOrUnset = key("氏名")
    seal: Seal = key("公印")
    seal_omitted_text: Text = key("公印を省くときの文")


class NumberEntry(Strict):
    series: Code = key("番号の種類")
    pattern: Annotated[Text, _filled_in_with("year", "number")] = key("文書番号の形")
    sample: Flag = key("見本の形", default=False)


class LettersAfterLossEntry(Strict):
    period: Text = key("利用できる期間の文", default="")
    how_to_use: tuple[Text, ...] = key("使い方の文", default=())


class LettersEntry(Strict):
    approval: DecisionLetterEntry = key("承認の通知書")
    refusal: DecisionLetterEntry = key("不承認の通知書")
    amendment: AmendmentLetterEntry = key("承認を変更する通知書", default=AmendmentLetterEntry())
    revocation: RevocationLetterEntry = key("承認を取り消す通知書", default=RevocationLetterEntry())
    availability: AvailabilityLetterEntry | None = key(
        "利用の可否の通知書", "センターが日程を調整した後に、この通知書を出すときだけ書きます。", default=None
    )
    reduction: ReductionLetterEntry | None = key(
        "減免を決定する通知書", "区分の書類を認めたときに、この通知書を出すときだけ書きます。", default=None
    )
    no_reduction: NoReductionLetterEntry | None = key(
        "減免を却下する通知書", "区分の書類を使えないときに、この通知書を出すときだけ書きます。", default=None
    )
    coupons: CouponsLetterEntry = key("紙で送る利用券", default=CouponsLetterEntry())
    basis: BasisOrUnset = key("根拠")
    period: Text = key("利用できる期間の文")
    how_to_use: tuple[Text, ...] = key("使い方の文")
    appeal: AppealEntry = key("教示")
    sender: SenderEntry = key("差出人")
    number: NumberEntry = key("文書番号")
    after_loss: LettersAfterLossEntry | None = key(AFTER_LOSS, AFTER_LOSS_ABOUT, default=None)
