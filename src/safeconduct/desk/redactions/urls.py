"""Routes of redactions."""

from django.urls import path

from safeconduct.desk.redactions import views

app_name = "redactions"
_CASE = "cases/<str:case_id>/redactions"
urlpatterns = [
    path(f"{_CASE}/", views.of_case, name="of-case"),
    path(f"{_CASE}/<str:audience>/words/", views.words, name="words"),
    path(f"{_CASE}/<str:audience>/<str:item_id>/<str:page>/", views.cover, name="cover"),
]
