"""Addresses of notifications."""

from django.urls import path

from motcua.contexts.notifications.web import views

app_name = "notifications"
urlpatterns = [
    path("thong-bao", views.inbox, name="inbox"),
    path("thong-bao/da-doc", views.read_all, name="read_all"),
    path("thong-bao/<uuid:notification_id>", views.open_message, name="open"),
]
