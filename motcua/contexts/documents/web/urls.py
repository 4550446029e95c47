"""Addresses of documents."""

from django.urls import path

from motcua.contexts.documents.web import arriving, capturing, downloads, sharing, verify

app_name = "documents"
urlpatterns = [
    path("xac-minh", verify.ask, name="verify"),
    path("xac-minh/<str:code>", verify.answer, name="verify_code"),
    path("giay-to/len", arriving.begin, name="begin_upload"),
    path("giay-to/len/<uuid:upload_id>", arriving.upload, name="upload"),
    path("giay-to/tep/<uuid:file_id>", downloads.file, name="file"),
    path("giay-to/tep/<uuid:file_id>/nho", downloads.small, name="small_file"),
    path("vi/<uuid:issued_id>/chia-se", sharing.links, name="links"),
    path("vi/<uuid:issued_id>/chia-se/<uuid:share_id>/dong", sharing.end, name="end_link"),
    path("chup/<str:token>", capturing.door, name="handoff"),
    path("chup/<str:token>/<uuid:device_id>", capturing.capture, name="capture"),
    path("chup/<str:token>/<uuid:device_id>/bo", capturing.drop, name="drop_page"),
    path("chup/<str:token>/<uuid:device_id>/xong", capturing.finish, name="finish_capture"),
    path("chia-se/<str:token>", sharing.door, name="door"),
    path("chia-se/<str:token>/xem/<uuid:opening_id>", sharing.opened, name="opened"),
    path("chia-se/<str:token>/xem/<uuid:opening_id>/tep", sharing.content, name="opened_file"),
]
