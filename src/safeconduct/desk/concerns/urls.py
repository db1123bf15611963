"""Routes about security."""

from django.urls import path

from safeconduct.desk.concerns import canary_views, views

app_name = "concerns"
urlpatterns = [
    path("security/", views.overview, name="overview"),
    path("security/share/", views.share, name="share"),
    path("security/links/", views.linked, name="links"),
    path("security/canaries/<str:canary_id>/", canary_views.change, name="canary"),
    path("security/concerns/<str:concern_id>/", views.concern, name="concern"),
    path("cases/<str:case_id>/canaries/", canary_views.of_case, name="canaries"),
    path("cases/<str:case_id>/concern/", views.about_case, name="about-case"),
    path("requests/<str:request_id>/concern/", views.about_request, name="about-request"),
]
