"""Routes of safe copies."""

from django.urls import path

from safeconduct.desk.viewing import text_views, views

app_name = "viewing"
_REQUEST, _CASE = "desk/requests/<str:request_id>", "desk/cases/<str:case_id>"
urlpatterns = [
    path(f"{_REQUEST}/files/<str:number>/", views.request_file, name="request-file"),
    path(f"{_REQUEST}/files/<str:number>/original/", views.request_original, name="request-original"),
    path(f"{_REQUEST}/copies/<str:copy_id>/<str:page>/", views.request_copy_page, name="request-page"),
    path(f"{_CASE}/evidence/<str:record_id>/", views.evidence_item, name="evidence-item"),
    path(f"{_CASE}/evidence/<str:record_id>/original/", views.evidence_original, name="evidence-original"),
    path(f"{_CASE}/evidence/<str:record_id>/text/", text_views.evidence_text, name="evidence-text"),
    path(f"{_CASE}/copies/<str:copy_id>/<str:page>/", views.evidence_copy_page, name="evidence-page"),
]
