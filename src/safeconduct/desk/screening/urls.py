"""Routes of screening. No address holds a name."""

from django.urls import path

from safeconduct.desk.screening import views

app_name = "screening"
urlpatterns = [
    path("screening/", views.open_cases, name="open-cases"),
    path("cases/<str:case_id>/screening/", views.of_case, name="of-case"),
    path("cases/<str:case_id>/screening/run/", views.run, name="run"),
    path("cases/<str:case_id>/screening/hits/<str:hit_id>/", views.hit, name="hit"),
]
