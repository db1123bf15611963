"""Routes of incidents. No address holds a place or a date."""

from django.urls import path

from safeconduct.desk.incidents import views

app_name = "incidents"
urlpatterns = [
    path("cases/<str:case_id>/incidents/", views.of_case, name="of-case"),
    path("cases/<str:case_id>/incidents/search/", views.search, name="search"),
    path("cases/<str:case_id>/incidents/<str:overlap_id>/", views.hit, name="hit"),
]
