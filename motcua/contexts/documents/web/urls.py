"""Addresses of documents."""

from django.urls import path

from motcua.contexts.documents.web import arriving, downloads, sharing, verify

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
    path("chia-se/<str:token>", sharing.door, name="door"),
    path("chia-se/<str:token>/xem/<uuid:opening_id>", sharing.opened, name="opened"),
    path("chia-se/<str:token>/xem/<uuid:opening_id>/tep", sharing.content, name="opened_file"),
]
