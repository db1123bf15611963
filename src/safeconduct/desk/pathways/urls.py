"""Routes of a case's path."""

from django.urls import path

from safeconduct.desk.pathways import views

app_name = "pathways"
urlpatterns = [
    path("cases/<str:case_id>/path/", views.of_case, name="of-case"),
    path("cases/<str:case_id>/path/submit/", views.submit, name="submit"),
    path("cases/<str:case_id>/path/authority/", views.add_authority, name="add-authority"),
    path("cases/<str:case_id>/path/permit/", views.permit, name="permit"),
    path("cases/<str:case_id>/path/event/", views.event, name="event"),
]
