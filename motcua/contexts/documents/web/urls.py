"""Addresses of documents."""

from django.urls import path

from motcua.contexts.documents.web import arriving, downloads, verify

app_name = "documents"
urlpatterns = [
    path("xac-minh", verify.ask, name="verify"),
    path("xac-minh/<str:code>", verify.answer, name="verify_code"),
    path("giay-to/len", arriving.begin, name="begin_upload"),
    path("giay-to/len/<uuid:upload_id>", arriving.upload, name="upload"),
    path("giay-to/tep/<uuid:file_id>", downloads.file, name="file"),
]
