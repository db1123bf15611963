"""Routes of the custody log."""

from django.urls import path

from safeconduct.desk.auditing import views

app_name = "custody"
urlpatterns = [
    path("", views.entries, name="log"),
    path("<int:position>/proof/", views.proof, name="proof"),
]
