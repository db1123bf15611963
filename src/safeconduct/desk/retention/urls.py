"""Routes about time."""

from django.urls import path

from safeconduct.desk.retention import case_views, views

app_name = "retention"
urlpatterns = [
    path("retention/", views.overview, name="overview"),
    path("retention/<str:certificate_id>/", views.certificate, name="certificate"),
    path("requests/<str:request_id>/keeping/", views.hold, name="hold"),
    path("cases/<str:case_id>/keeping/", case_views.keeping, name="case"),
    path("cases/<str:case_id>/erase/", case_views.erase, name="erase-case"),
    path("requests/<str:request_id>/erase/", views.erase, name="erase"),
]
