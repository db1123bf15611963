"""Routes of comparing. Addresses hold random ids and numbers of pages, nothing else."""

from django.urls import path

from safeconduct.desk.comparing import views

app_name = "comparing"
_ITEM = "cases/<str:case_id>/evidence/<str:item_id>"
urlpatterns = [
    path("cases/<str:case_id>/beside/", views.beside, name="beside"),
    path(f"{_ITEM}/notes/<str:page>/", views.page_notes, name="notes"),
    path(f"{_ITEM}/noted/<str:page>/", views.noted, name="noted"),
]
