"""Addresses of notifications."""

from django.urls import path

from motcua.contexts.notifications.web import choosing, views

app_name = "notifications"
urlpatterns = [
    path("thong-bao", views.inbox, name="inbox"),
    path("thong-bao/da-doc", views.read_all, name="read_all"),
    path("thong-bao/cai-dat", choosing.choosing, name="choosing"),
    path("thong-bao/cai-dat/luu", choosing.save, name="save"),
    path("thong-bao/may", choosing.allow, name="allow"),
    path("thong-bao/may/thu", choosing.try_device, name="try_device"),
    path("thong-bao/may/<uuid:push_device_id>/go", choosing.end, name="end_device"),
    path("thong-bao/<uuid:notification_id>", views.open_message, name="open"),
]
