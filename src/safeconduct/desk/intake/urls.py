"""Routes of intake: the person's pages, and the desk's."""

from django.urls import path

from safeconduct.desk.intake import views
from safeconduct.desk.intake.person_urls import routes

app_name = "intake"
urlpatterns = [
    *routes,
    path("desk/inbox/", views.inbox, name="inbox"),
    path("desk/requests/<str:request_id>/", views.request_page, name="request"),
    path("desk/requests/<str:request_id>/advise/", views.advise, name="advise"),
]
