"""Pages of `applications` under `/<municipality>/`."""

from django.urls import path

from .views import (
    amendments,
    apply,
    birth,
    centre,
    certificates,
    changes,
    correct,
    correct_centre,
    documents,
    letters,
    loss,
    messages,
    review,
    status,
    window_notice,
)

app_name = "applications"
urlpatterns = [
    # a mother applies
    path("apply/", apply.start, name="start"),
    path("apply/review/", review.review, name="review"),
    path("apply/<str:step>/", apply.step, name="step"),
    path("my/applications/<slug:number>/", status.done, name="done"),
    path("my/applications/<slug:number>/certificates/", status.certificates, name="certificates"),
    path("my/applications/<slug:number>/withdraw/", status.withdraw, name="withdraw"),
    path("my/applications/<slug:number>/correct/", correct.correct, name="correct"),
    path("my/applications/<slug:number>/correct/review/", correct.review, name="correct_review"),
    path("my/applications/<slug:number>/correct/<str:step>/", correct.step, name="correct_step"),
    path("my/certificates/", certificates.later, name="later_certificates"),
    path("documents/<int:pk>/pages/<int:page>/", documents.page, name="document"),
    path("documents/<int:pk>/original/", documents.original, name="document_original"),
    path("my/birth/", birth.birth, name="birth"),
    path("my/loss/", loss.loss, name="loss"),
    path("my/messages/", messages.thread, name="messages"),
    path("my/window-notice/", window_notice.window_notice, name="window_notice"),
    path("my/letters/", letters.letters, name="letters"),
    path("my/letters/<int:pk>/", letters.letter, name="letter"),
    # the centre works
    path("centre/cases/<slug:number>/take-on/", centre.take_on, name="take_on"),
    path("centre/cases/<slug:number>/return/", correct_centre.return_case, name="return_case"),
    path("centre/cases/<slug:number>/return/back/", correct_centre.take_return_back, name="take_return_back"),
    path("centre/cases/<slug:number>/call/", centre.call, name="call"),
    path("centre/cases/<slug:number>/hearing/", centre.hearing, name="hearing"),
    path("centre/cases/<slug:number>/decide/", centre.decide, name="decide"),
    path("centre/cases/<slug:number>/certificate/", centre.certificate, name="check_certificate"),
    path("centre/cases/<slug:number>/age/", centre.age, name="settle_age"),
    path("centre/cases/<slug:number>/change/", changes.seen, name="see_change"),
    path("centre/cases/<slug:number>/message/", messages.answer, name="answer_message"),
    path("centre/cases/<slug:number>/message/settle/", messages.settle, name="settle_messages"),
    path("centre/losses/<int:pk>/settle/", loss.settle, name="settle_loss"),
    path("centre/amendments/<int:pk>/", amendments.amendment, name="amendment"),
    path("centre/amendments/<int:pk>/preview/", amendments.preview, name="amendment_preview"),
    path("centre/letters/", letters.centre_letters, name="centre_letters"),
    path("centre/letters/<int:pk>/", letters.centre_letter, name="centre_letter"),
]
