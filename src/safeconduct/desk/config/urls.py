"""Every route of the desk."""

from django.urls import include, path
from django.views.i18n import set_language

from safeconduct.desk.web import views

urlpatterns = [
    path("", views.front, name="front"),
    path("language/", set_language, name="set_language"),
    path("components/", views.components, name="components"),
    path("account/", include("safeconduct.desk.accounts.urls")),
]
