"""Routes about time."""

from django.urls import path

from safeconduct.desk.retention import views

app_name = "retention"
urlpatterns = [
    path("retention/", views.overview, name="overview"),
    path("retention/<str:certificate_id>/", views.certificate, name="certificate"),
    path("requests/<str:request_id>/keeping/", views.hold, name="hold"),
    path("cases/<str:case_id>/erase/", views.erase_case, name="erase-case"),
    path("requests/<str:request_id>/erase/", views.erase, name="erase"),
]
