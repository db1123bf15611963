"""Routes of notices."""

from django.urls import path

from safeconduct.desk.notices import views

app_name = "notices"
urlpatterns = [
    path("account/notices/", views.choices, name="choices"),
    path("feed/<str:token>/", views.feed, name="feed"),
]
