"""Routes of exports."""

from django.urls import path

from safeconduct.desk.exports import views

app_name = "exports"
urlpatterns = [
    path("cases/<str:case_id>/exports/", views.of_case, name="of-case"),
    path("exports/<str:export_id>/approve/", views.approve, name="approve"),
    path("exports/<str:export_id>/package/", views.package, name="package"),
]
