"""Routes of evaluations."""

from django.urls import path

from safeconduct.desk.evaluations import compare_views, draft_views, evaluator_views, followup_views, quality_views, views

app_name = "evaluations"
urlpatterns = [
    path("evaluations/", views.own_list, name="list"),
    path("evaluations/quality/", quality_views.quality_page, name="quality"),
    path("evaluations/<str:assignment_id>/", evaluator_views.assignment, name="assignment"),
    path("evaluations/<str:assignment_id>/draft/", draft_views.keep_evaluation, name="draft"),
    path("evaluations/<str:assignment_id>/step-back/", evaluator_views.step_back, name="step-back"),
    path("evaluations/<str:assignment_id>/seal-anew/", evaluator_views.seal_anew, name="seal-anew"),
    path("cases/<str:case_id>/evaluations/<str:assignment_id>/open/", views.open_file, name="open-file"),
    path("cases/<str:case_id>/evaluations/<str:assignment_id>/take-off/", views.take_off, name="take-off"),
    path("evaluations/<str:assignment_id>/again/", evaluator_views.begin_again, name="begin-again"),
    path("cases/<str:case_id>/new-facts/", followup_views.new_facts, name="new-facts"),
    path("cases/<str:case_id>/evaluations/review/", compare_views.review, name="review"),
    path("evaluations/<str:assignment_id>/ask/", followup_views.ask, name="ask"),
    path("cases/<str:case_id>/follow-ups/", followup_views.of_case, name="follow-ups"),
    path("cases/<str:case_id>/evaluations/", views.of_case, name="of-case"),
    path("cases/<str:case_id>/evaluations/compare/", compare_views.compare, name="compare"),
]
