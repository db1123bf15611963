"""Every route of the desk."""

from django.urls import include, path
from django.views.i18n import set_language

from safeconduct.desk.web import views
from safeconduct.desk.worklist.views import home

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.absent
handler500 = views.failed
urlpatterns = [
    path("", include("safeconduct.desk.intake.urls")),
    path("language/", set_language, name="set_language"),
    path("components/", views.components, name="components"),
    path("account/", include("safeconduct.desk.accounts.urls")),
    path("desk/", home, name="home"),
    path("desk/", include("safeconduct.desk.inbox.urls")),
    path("desk/", include("safeconduct.desk.retention.urls")),
    path("", include("safeconduct.desk.notices.urls")),
    path("desk/", include("safeconduct.desk.cases.urls")),
    path("desk/", include("safeconduct.desk.evidence.urls")),
    path("desk/", include("safeconduct.desk.claims.urls")),
    path("desk/", include("safeconduct.desk.concerns.urls")),
    path("desk/", include("safeconduct.desk.screening.urls")),
    path("desk/", include("safeconduct.desk.incidents.urls")),
    path("desk/", include("safeconduct.desk.evaluations.urls")),
    path("desk/", include("safeconduct.desk.dossiers.urls")),
    path("verify/", include("safeconduct.desk.dossiers.public_urls")),
    path("desk/", include("safeconduct.desk.pathways.urls")),
    path("", include("safeconduct.desk.viewing.urls")),
    path("desk/", include("safeconduct.desk.redactions.urls")),
    path("desk/", include("safeconduct.desk.comparing.urls")),
    path("desk/", include("safeconduct.desk.exports.urls")),
    path("", include("safeconduct.desk.sitecards.urls")),
    path("desk/custody/", include("safeconduct.desk.auditing.urls")),
]
