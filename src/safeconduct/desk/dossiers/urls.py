"""Routes of dossiers."""

from django.urls import path

from safeconduct.desk.dossiers import sealed_views, views, vouching_views, withdrawing_views

app_name = "dossiers"
urlpatterns = [
    path("cases/<str:case_id>/dossiers/", views.of_case, name="of-case"),
    path("cases/<str:case_id>/dossiers/compose/", views.compose, name="compose"),
    path("attestations/<str:attestation_id>/", views.attest, name="attest"),
    path("dossiers/<str:dossier_id>/release/", views.release, name="release"),
    path("dossiers/<str:dossier_id>/document/", views.document, name="document"),
    path("dossiers/<str:dossier_id>/package/", views.package, name="package"),
    path("dossiers/<str:dossier_id>/sealed/", sealed_views.sealed, name="sealed"),
    path("dossiers/<str:dossier_id>/withdraw/", withdrawing_views.withdraw, name="withdraw"),
    path("dossiers/<str:dossier_id>/notice/", withdrawing_views.notice, name="notice"),
    path("members/<str:member_id>/withdraw-key/", withdrawing_views.withdraw_key_of, name="withdraw-key"),
    path("members/<str:member_id>/vouch/", vouching_views.vouch, name="vouch"),
    path("organisation-roots.pem", views.certificates, name="certificates"),
    path("trust.json", views.trust, name="trust"),
]
