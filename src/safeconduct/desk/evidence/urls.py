"""Routes of evidence."""

from django.urls import path

from safeconduct.desk.evidence import views

app_name = "evidence"
urlpatterns = [
    path("cases/<str:case_id>/evidence/", views.of_case, name="of-case"),
    path("cases/<str:case_id>/evidence/<str:record_id>/about/", views.item, name="item"),
]
