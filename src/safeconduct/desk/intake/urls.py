"""Routes of intake: the person's pages, and what the desk records for them. The desk's own pages are the inbox's."""

from safeconduct.desk.intake.person_urls import routes

app_name = "intake"
urlpatterns = routes
