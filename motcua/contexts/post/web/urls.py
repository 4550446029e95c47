"""Addresses of post."""

from django.urls import path

from motcua.contexts.post.web import desk

app_name = "post"
urlpatterns = [
    path("ban/buu-chinh", desk.listed, name="desk"),
    path("ban/buu-chinh/bang-ke", desk.make_sheet, name="make_sheet"),
    path("ban/buu-chinh/bang-ke/<uuid:sheet_id>", desk.sheet, name="sheet"),
    path("ban/buu-chinh/bang-ke/<uuid:sheet_id>.pdf", desk.sheet_paper, name="sheet_paper"),
    path("ban/buu-chinh/<uuid:consignment_id>", desk.show, name="consignment"),
    path("ban/buu-chinh/<uuid:consignment_id>/nhan", desk.take_in, name="take_in"),
    path("ban/buu-chinh/<uuid:consignment_id>/khieu-nai", desk.claim, name="claim"),
]
