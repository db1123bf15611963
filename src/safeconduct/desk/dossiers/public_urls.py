"""Routes for officials who have a dossier: nobody signs in here."""

from django.urls import path

from safeconduct.desk.dossiers import verifying_views

app_name = "verifying"
urlpatterns = [path("", verifying_views.verify, name="verify")]
