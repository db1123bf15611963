"""Routes of statements and claims. No address holds more than ids and years."""

from django.urls import path

from safeconduct.desk.claims import claim_views, views

app_name = "claims"
urlpatterns = [
    path("cases/<str:case_id>/timeline/", views.timeline, name="timeline"),
    path("cases/<str:case_id>/timeline/add/", views.add, name="add"),
    path("cases/<str:case_id>/timeline/from-interview/", views.take_over, name="take-over"),
    path("cases/<str:case_id>/timeline/statements/<str:statement_id>/", views.statement, name="statement"),
    path("cases/<str:case_id>/timeline/statements/<str:statement_id>/aside/", views.aside, name="aside"),
    path("cases/<str:case_id>/timeline/prompts/<str:prompt_id>/", claim_views.prompt, name="prompt"),
    path("cases/<str:case_id>/claims/", claim_views.of_case, name="of-case"),
    path("cases/<str:case_id>/claims/<str:claim_id>/", claim_views.claim, name="claim"),
]
