"""Routes of intake: the person's pages, and the desk's."""

from django.urls import path

from safeconduct.desk.intake import public_views, views

app_name = "intake"
urlpatterns = [
    path("", public_views.front, name="front"),
    path("ask/<slug:slug>/", public_views.ask, name="ask"),
    path("conversation/", public_views.conversation, name="conversation"),
    path("conversation/close/", public_views.close, name="close"),
    path("leave/", public_views.leave, name="leave"),
    path("desk/inbox/", views.inbox, name="inbox"),
    path("desk/requests/<str:request_id>/", views.request_page, name="request"),
    path("desk/requests/<str:request_id>/files/<str:number>/", views.attachment, name="attachment"),
    path("desk/requests/<str:request_id>/advise/", views.advise, name="advise"),
]
