"""Routes of the person who asks for help, and of what the desk records for them."""

from django.urls import path

from safeconduct.desk.intake import consent_views, filing_views, form_views, own_views, public_views

routes = [
    path("", public_views.front, name="front"),
    path("advice/", public_views.advice, name="advice"),
    path("ask/<slug:slug>/", filing_views.ask, name="ask"),
    path("ask/<slug:slug>/steps/", filing_views.steps, name="steps"),
    path("conversation/", own_views.conversation, name="conversation"),
    path("conversation/answers/", own_views.own_answers, name="own-answers"),
    path("conversation/answers/change/", own_views.correct, name="correct"),
    path("conversation/agreed/", own_views.own_consents, name="own-consents"),
    path("conversation/deletion/", own_views.deletion, name="deletion"),
    path("conversation/proof/", own_views.proof, name="proof"),
    path("conversation/proof/file/", own_views.proof_file, name="proof-file"),
    path("conversation/forms/<str:form_id>/", form_views.own_form, name="own-form"),
    path("conversation/safety/", own_views.safety, name="safety"),
    path("conversation/close/", public_views.close, name="close"),
    path("leave/", public_views.leave, name="leave"),
    path("desk/requests/<str:request_id>/own-consent/", consent_views.own_consent_page, name="own-consent"),
    path("desk/requests/<str:request_id>/forms/", form_views.forms_of_request, name="forms"),
    path("desk/requests/<str:request_id>/proof/", consent_views.sign_proof, name="sign-proof"),
]
