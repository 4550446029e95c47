"""Addresses of notifications."""

from django.urls import path

from motcua.contexts.notifications.web import choosing, serving, views

app_name = "notifications"
urlpatterns = [
    path("thong-bao", views.inbox, name="inbox"),
    path("thong-bao/da-doc", views.read_all, name="read_all"),
    path("thong-bao/cai-dat", choosing.choosing, name="choosing"),
    path("thong-bao/cai-dat/luu", choosing.save, name="save"),
    path("thong-bao/may", choosing.allow, name="allow"),
    path("thong-bao/may/thu", choosing.try_device, name="try_device"),
    path("thong-bao/may/<uuid:push_device_id>/go", choosing.end, name="end_device"),
    path("thong-bao/da-bao", serving.notices, name="notices"),
    path("thong-bao/da-bao/<uuid:served_id>", serving.one_notice, name="notice"),
    path("thong-bao/da-bao/<uuid:served_id>.pdf", serving.notice_pdf, name="notice_pdf"),
    path("ban/giao-giay", serving.papers, name="papers"),
    path("ban/giao-giay/<uuid:paper_service_id>", serving.paper_done, name="paper_done"),
    path("quan-tri/tong-dat.csv", serving.export, name="export"),
    path("thong-bao/<uuid:notification_id>", views.open_message, name="open"),
]
