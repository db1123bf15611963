"""Routes of the inbox."""

from django.urls import path

from safeconduct.desk.inbox import canned_views, interpreting_views, triage_views, views

app_name = "inbox"
_ONE = "requests/<str:request_id>"
urlpatterns = [
    path("inbox/", views.inbox, name="list"),
    path(f"{_ONE}/", views.request_page, name="request"),
    path(f"{_ONE}/note/", views.note, name="note"),
    path(f"{_ONE}/assign/", views.assign, name="assign"),
    path(f"{_ONE}/alarm/", views.alarm, name="alarm"),
    path(f"{_ONE}/consents-seen/", views.consents_seen, name="consents-seen"),
    path(f"{_ONE}/sheet/", triage_views.sheet, name="sheet"),
    path(f"{_ONE}/close/", triage_views.close, name="close"),
    path(f"{_ONE}/join/", triage_views.merge, name="merge"),
    path(f"{_ONE}/reopen/", triage_views.reopen, name="reopen"),
    path(f"{_ONE}/interpreters/", interpreting_views.interpreters, name="interpreters"),
    path(f"{_ONE}/interpreters/<str:member_id>/end/", interpreting_views.end_period, name="end-period"),
    path("answers/", canned_views.answers, name="answers"),
    path("answers/<str:answer_id>/", canned_views.answer, name="answer"),
    path("answers/<str:answer_id>/review/", canned_views.review, name="review-answer"),
    path("answers/<str:answer_id>/take-away/", canned_views.take_away, name="take-answer-away"),
    path("threads/", interpreting_views.threads, name="threads"),
    path("threads/<str:request_id>/", interpreting_views.thread, name="thread"),
]
