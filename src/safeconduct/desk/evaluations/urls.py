"""Routes of evaluations."""

from django.urls import path

from safeconduct.desk.evaluations import draft_views, evaluator_views, views

app_name = "evaluations"
urlpatterns = [
    path("evaluations/", views.own_list, name="list"),
    path("evaluations/<str:assignment_id>/", evaluator_views.assignment, name="assignment"),
    path("evaluations/<str:assignment_id>/draft/", draft_views.keep_evaluation, name="draft"),
    path("cases/<str:case_id>/evaluations/", views.of_case, name="of-case"),
    path("cases/<str:case_id>/evaluations/compare/", views.compare, name="compare"),
]
