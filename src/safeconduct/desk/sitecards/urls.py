"""Routes of site cards."""

from django.urls import path

from safeconduct.desk.sitecards import views

app_name = "sitecards"
urlpatterns = [
    path("site-card/<slug:slug>/", views.card, name="card"),
    path("site-card/<slug:slug>/file/", views.file, name="file"),
    path("account/organisation/site-card/", views.sign, name="sign"),
]
