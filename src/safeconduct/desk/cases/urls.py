"""Routes of the case pages."""

from django.urls import path

from safeconduct.desk.cases import draft_views, following_views, interview_views, leaving_views, views

app_name = "cases"
urlpatterns = [
    path("requests/<str:request_id>/triage/", views.triage, name="triage"),
    path("members/who-left/", leaving_views.who_left, name="who-left"),
    path("members/<str:member_id>/keys/", leaving_views.keys_of_member, name="keys-of-member"),
    path("cases/", views.case_list, name="list"),
    path("cases/<str:case_id>/", views.case_page, name="case"),
    path("cases/<str:case_id>/consents/", views.consents_page, name="consents"),
    path("cases/<str:case_id>/consents/follow/", following_views.follow, name="follow-consents"),
    path("cases/<str:case_id>/people/", views.people, name="people"),
    path("cases/<str:case_id>/people/<str:member_id>/remove/", views.remove_member, name="remove-member"),
    path("cases/<str:case_id>/interview/", interview_views.interview, name="interview"),
    path("cases/<str:case_id>/interview/record/", interview_views.record, name="record-interview"),
    path("cases/<str:case_id>/interview/<slug:section>/", interview_views.interview, name="interview-section"),
    path("cases/<str:case_id>/interview/<slug:section>/draft/", draft_views.keep_interview, name="interview-draft"),
]
