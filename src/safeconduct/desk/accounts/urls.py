"""Routes of the account pages."""

from django.urls import path

from safeconduct.desk.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("prove/", views.prove, name="prove"),
    path("", views.account, name="account"),
    path("sessions/end/", views.end_sessions, name="end-sessions"),
]
