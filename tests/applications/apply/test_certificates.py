"""Certificates: stored as pictures, counted against the household, shown to nobody else."""

import re
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from applications.models import Application, Document, HouseholdClass
from applications.selectors.answers import is_complete
from applications.selectors.proofs import proof_of
from applications.services import documents
from applications.steps import Step
from eligibility.public import Municipality, programme_on
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from postpartum_portal.shared.uploads import read_upload
from tests.factories import MembershipFactory, UserFactory

from .conftest import Applicant, seen
from .posts import pdf, photo

EXEMPT = {"household_class": "tax_exempt"}


def test_household__says_how_many_certificates_are_missing_and_why(applicant: Applicant) -> None:
    answer = applicant.post(Step.HOUSEHOLD, **EXEMPT, members="3", proof_tax_exempt=[photo()])

    assert "あと2人分が足りません。世帯は3人と入力されています。" in answer.content.decode()
    assert "IMG_2041.jpg" in answer.content.decode()
    assert "2人目の証明書を足す" in answer.content.decode()


def test_household__goes_on_when_all_are_there(applicant: Applicant) -> None:
    files = [photo("a.jpg", shade=10), photo("b.jpg", shade=20)]

    assert applicant.post(Step.HOUSEHOLD, **EXEMPT, proof_tax_exempt=files).status_code == 302


def test_household__goes_on_when_they_come_later(applicant: Applicant) -> None:
    assert applicant.post(Step.HOUSEHOLD, **EXEMPT, proof_tax_exempt_later="yes").status_code == 302


def test_household__one_certificate_is_enough_for_public_assistance(applicant: Applicant, all_tenants: None) -> None:
    applicant.post(Step.HOUSEHOLD, household_class="public_assistance", members="4", proof_public_assistance=[photo()])

    assert is_complete(applicant.application, Step.HOUSEHOLD)
    assert Document.objects.get().kind == "public_assistance_certificate"


def test_household__add__keeps_the_file_and_stays(applicant: Applicant, all_tenants: None) -> None:
    answer = applicant.post(Step.HOUSEHOLD, go="add", **EXEMPT, members="", proof_tax_exempt=[photo()])

    assert answer.url == applicant.url("step", step="household")
    assert Document.objects.count() == 1


def test_household__a_file_takes_the_place_of_another(applicant: Applicant, all_tenants: None, clock_at: Any) -> None:
    applicant.post(Step.HOUSEHOLD, go="add", **EXEMPT, proof_tax_exempt=[photo("blurred.jpg", shade=10)])
    box = f"proof_tax_exempt_replace_{Document.objects.get().pk}"
    assert f'name="{box}"' in applicant.get("household").content.decode()

    clock_at.shift(60)
    unreadable: dict[str, Any] = {box: SimpleUploadedFile("IMG_2042.heic", b"\x00\x00\x00\x18ftypheic" + bytes(40))}
    applicant.post(Step.HOUSEHOLD, go="add", **EXEMPT, **unreadable)
    assert Document.objects.get().original_name == "blurred.jpg"

    sharper: dict[str, Any] = {box: photo("sharp.jpg", shade=20)}
    applicant.post(Step.HOUSEHOLD, go="add", **EXEMPT, **sharper)
    assert Document.objects.get().original_name == "sharp.jpg"


def test_household__says_of_each_file_in_its_own_line_why_it_cannot_be_used(applicant: Applicant) -> None:
    heic = SimpleUploadedFile("IMG_2042.heic", b"\x00\x00\x00\x18ftypheic" + bytes(40))
    text = SimpleUploadedFile("memo.txt", b"memo")
    page = applicant.post(Step.HOUSEHOLD, go="add", **EXEMPT, proof_tax_exempt=[heic, text]).content.decode()

    lines = re.findall(r'<p class="err">.*?</svg>(.*?)</p>', page)
    assert [line.partition(": ")[0] for line in lines] == ["IMG_2042.heic", "memo.txt"]
    assert "HEIC形式なので開けません" in lines[0]
    assert page.count("IMG_2042.heic: この写真はHEIC形式なので開けません") == 2  # above the form, and at the box
    assert "エラー2件: " in page


def test_household__the_same_file_twice_is_one_document_and_said_so(
    applicant: Applicant, all_tenants: None, clock_at: Any
) -> None:
    applicant.post(Step.HOUSEHOLD, go="add", **EXEMPT, proof_tax_exempt=[photo()])
    clock_at.shift(60)
    again = applicant.post(Step.HOUSEHOLD, go="add", **EXEMPT, proof_tax_exempt=[photo()])

    assert Document.objects.count() == 1
    assert "同じファイルがもう届いています。" in again.content.decode()


def test_household__a_file_that_cannot_be_used_gets_its_sentence(applicant: Applicant, all_tenants: None) -> None:
    wrong = SimpleUploadedFile("memo.txt", b"not a picture", content_type="image/jpeg")
    answer = applicant.post(Step.HOUSEHOLD, go="later", **EXEMPT, proof_tax_exempt=[wrong])

    assert "memo.txt: 開けるのは、写真(JPEG、PNG)とPDFです。" in answer.content.decode()
    assert not Document.objects.exists()


def test_household__remove__takes_row_and_files_away(
    applicant: Applicant, all_tenants: None, django_capture_on_commit_callbacks: Any
) -> None:
    applicant.post(Step.HOUSEHOLD, go="add", **EXEMPT, proof_tax_exempt=[photo()])
    document = Document.objects.get()
    assert default_storage.exists(document.page_path(1))

    with django_capture_on_commit_callbacks(execute=True):
        applicant.post(Step.HOUSEHOLD, **EXEMPT, remove=str(document.pk))

    assert not Document.objects.exists()
    assert not default_storage.exists(document.page_path(1))


@pytest.mark.parametrize("wanted", ["0", "x", "²"])
def test_household__remove__of_nothing_is_not_found(applicant: Applicant, wanted: str) -> None:
    assert applicant.post(Step.HOUSEHOLD, remove=wanted).status_code == 404


def test_proof__a_page_counts_as_a_certificate(applicant: Applicant, kodaira: Municipality, all_tenants: None) -> None:
    applicant.post(Step.HOUSEHOLD, **EXEMPT, members="3", proof_tax_exempt_later="yes", proof_tax_exempt=[photo()])
    Document.objects.update(page_count=2)  # a PDF of two pages

    proof = proof_of(applicant.application, programme_on(kodaira, clock.today()).terms, on=clock.today())
    assert proof
    assert (proof.handed_in, proof.missing) == (2, 1)


def test_pdf__is_shown_page_by_page_and_its_original_only_attached(applicant: Applicant, all_tenants: None) -> None:
    answer = applicant.post(Step.HOUSEHOLD, **EXEMPT, proof_tax_exempt=[pdf(pages=2)])

    assert answer.status_code == 302  # two pages for a household of two
    document = Document.objects.get()
    for page in (1, 2):
        shown = applicant.client.get(_page(document, page))
        assert b"".join(shown.streaming_content).startswith(b"\xff\xd8\xff")
    address = reverse("applications:document_original", kwargs={"slug": "kodaira", "pk": document.pk})
    original = applicant.client.get(address)
    assert original["Content-Disposition"].startswith("attachment")
    assert b"".join(original.streaming_content).startswith(b"%PDF")


def test_hand_in__refuses_a_decided_application(applicant: Applicant, all_tenants: None) -> None:
    applicant.fill_in()
    applicant.submit()
    Application.objects.update(status="approved")

    with pytest.raises(documents.AlreadyDecided):
        documents.hand_in(applicant.application, "x", photo(), by=applicant.user, at=clock.now())


def test_certificates__that_come_late_give_the_class_its_proof(applicant: Applicant, all_tenants: None) -> None:
    applicant.fill_in(household={**EXEMPT, "members": "1", "proof_tax_exempt_later": "yes"})
    number = applicant.submit().url.split("/")[-2]
    assert HouseholdClass.objects.get().proof == ""

    page = applicant.url("certificates", number=number)
    assert "ファイルを選んでください。" in applicant.client.post(page, {}).content.decode()
    answer = applicant.client.post(page, {"certificates": [photo()]})

    assert answer.url == applicant.url("done", number=number)
    latest = HouseholdClass.objects.last()
    assert latest
    assert (latest.code, latest.proof) == ("tax_exempt", "tax_exemption_certificate")


@pytest.fixture
def document(applicant: Applicant, all_tenants: None) -> Document:
    """A certificate of a submitted application."""
    applicant.fill_in(household={**EXEMPT, "members": "1", "proof_tax_exempt": [photo()]})
    applicant.submit()
    return Document.objects.get()


def _page(document: Document, page: int = 1, slug: str = "kodaira") -> str:
    return reverse("applications:document", kwargs={"slug": slug, "pk": document.pk, "page": page})


def test_document__is_served_to_her_uncached_and_inert(applicant: Applicant, document: Document) -> None:
    answer = applicant.client.get(_page(document))

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    assert not Event.objects.filter(verb="document.read").exists()


def test_document__read_by_the_centre_leaves_an_event(document: Document, nurse: Any) -> None:
    assert b"".join(_signed_in(nurse).get(_page(document)).streaming_content)
    assert Event.objects.get(verb="document.read").actor_id == nurse.pk


def test_document__of_a_draft_is_nobodys_but_hers(applicant: Applicant, nurse: Any, all_tenants: None) -> None:
    applicant.post(Step.HOUSEHOLD, go="add", **EXEMPT, proof_tax_exempt=[photo()])

    assert _signed_in(nurse).get(_page(Document.objects.get())).status_code == 404


def test_document__does_not_exist_for_anybody_else(document: Document, kodaira: Municipality) -> None:
    elsewhere = Municipality.objects.create(code="999999", slug="elsewhere", name="別の市")
    stranger = UserFactory()
    foreign_nurse = MembershipFactory(municipality=elsewhere, role="centre").user

    for user in (stranger, foreign_nurse):
        answer = _signed_in(user).get(_page(document))
        absent = _signed_in(user).get(f"/kodaira/documents/{document.pk + 1}/pages/1/")
        assert seen(answer) == seen(absent)
        assert answer.status_code == 404
    assert _signed_in(foreign_nurse).get(_page(document, slug="elsewhere")).status_code == 404


@pytest.mark.parametrize("page", [0, 2])
def test_document__has_only_its_own_pages(applicant: Applicant, document: Document, page: int) -> None:
    assert applicant.client.get(_page(document, page)).status_code == 404


def test_document__has_an_original_only_if_it_was_a_pdf(applicant: Applicant, document: Document) -> None:
    address = reverse("applications:document_original", kwargs={"slug": "kodaira", "pk": document.pk})
    assert applicant.client.get(address).status_code == 404


def test_pdf__is_linked_page_by_page_and_as_it_came(applicant: Applicant, nurse: Any, all_tenants: None) -> None:
    applicant.fill_in(household={**EXEMPT, "members": "1", "proof_tax_exempt": [pdf(pages=2)]})
    number = applicant.submit().url.split("/")[-2]
    document = Document.objects.get()
    hers = applicant.client.get(reverse("applications:done", args=["kodaira", number])).content.decode()
    theirs = _signed_in(nurse).get(f"/kodaira/centre/cases/{number}/").content.decode()
    for links in (hers, theirs):
        for address in (_page(document), _page(document, 2), applicant.url("document_original", pk=document.pk)):
            assert f'href="{address}"' in links


def _signed_in(user: Any) -> Any:
    user.second_factor_required = False  # how staff sign in is not the matter here
    user.save()
    client = Client()
    client.force_login(user)
    return client


def test_hand_in__of_a_file_that_was_read_while_the_case_was_decided__keeps_nothing(
    applicant: Applicant, all_tenants: None, media: Any, monkeypatch: Any
) -> None:
    applicant.fill_in()
    applicant.submit()

    def slowly(data: bytes) -> Any:
        Application.objects.update(status="approved")
        return read_upload(data)

    monkeypatch.setattr(documents, "read_upload", slowly)
    with pytest.raises(documents.AlreadyDecided):
        documents.hand_in(
            applicant.application, "tax_exemption_certificate", photo(), by=applicant.user, at=clock.now()
        )

    assert not Document.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_hand_in__of_one_file_by_two_taps_at_once__is_one_document(
    applicant: Applicant, all_tenants: None, media: Any, monkeypatch: Any
) -> None:
    applicant.post(Step.HOUSEHOLD, go="later")
    draft = applicant.application

    def tap() -> Document:
        return documents.hand_in(draft, "tax_exemption_certificate", photo(), by=applicant.user, at=clock.now())

    def while_another_taps(data: bytes) -> Any:
        monkeypatch.setattr(documents, "read_upload", read_upload)
        tap()
        return read_upload(data)

    monkeypatch.setattr(documents, "read_upload", while_another_taps)
    second = tap()

    assert second == Document.objects.get()
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1
