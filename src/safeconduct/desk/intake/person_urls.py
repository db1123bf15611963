"""Routes of the person who asks for help, and of what the desk records for them."""

from django.urls import path

from safeconduct.desk.intake import consent_views, filing_views, public_views

routes = [
    path("", public_views.front, name="front"),
    path("advice/", public_views.advice, name="advice"),
    path("ask/<slug:slug>/", filing_views.ask, name="ask"),
    path("ask/<slug:slug>/steps/", filing_views.steps, name="steps"),
    path("conversation/", public_views.conversation, name="conversation"),
    path("conversation/close/", public_views.close, name="close"),
    path("leave/", public_views.leave, name="leave"),
    path("desk/requests/<str:request_id>/own-consent/", consent_views.own_consent_page, name="own-consent"),
]
