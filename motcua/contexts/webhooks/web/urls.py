"""Addresses for developers: the hub, addresses that hear, the guide."""

from django.urls import path

from motcua.contexts.webhooks.web import views

app_name = "webhooks"
urlpatterns = [
    path("lap-trinh", views.guide, name="guide"),
    path("toi/lap-trinh", views.listed, name="endpoints"),
    path("toi/lap-trinh/<uuid:endpoint_id>", views.show, name="endpoint"),
    path("toi/lap-trinh/<uuid:endpoint_id>/thu", views.ping, name="ping"),
    path("toi/lap-trinh/<uuid:endpoint_id>/doi-ma", views.change, name="change-secret"),
    path("toi/lap-trinh/<uuid:endpoint_id>/bat-lai", views.wake, name="wake"),
    path("toi/lap-trinh/<uuid:endpoint_id>/dong", views.end, name="end"),
    path(
        "toi/lap-trinh/<uuid:endpoint_id>/tin/<uuid:letter_id>/gui-lai",
        views.again,
        name="again",
    ),
]
