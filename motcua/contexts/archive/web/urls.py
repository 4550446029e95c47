"""Addresses of the archive: the room of the archivist."""

from django.urls import URLPattern, path

from motcua.contexts.archive.web import disposal, packages, reading, schedule

app_name = "archive"
urlpatterns: list[URLPattern] = [
    path("luu-tru", packages.listed, name="home"),
    path("luu-tru/goi", packages.listed, name="packages"),
    path("luu-tru/goi/<uuid:package_id>", packages.show, name="package"),
    path("luu-tru/goi/<uuid:package_id>/tai", packages.download, name="download"),
    path("luu-tru/goi/<uuid:package_id>/ban-giao", packages.hand_over, name="hand-over"),
    path("luu-tru/thoi-han", schedule.show, name="schedule"),
    path("luu-tru/thoi-han/xuat.csv", schedule.export, name="schedule-csv"),
    path("luu-tru/thoi-han/tam-giu", schedule.hold, name="hold"),
    path("luu-tru/tieu-huy", disposal.listed, name="disposals"),
    path("luu-tru/tieu-huy/<uuid:list_id>", disposal.show, name="disposal"),
    path("luu-tru/tieu-huy/<uuid:list_id>/duyet", disposal.approve, name="approve"),
    path("luu-tru/tieu-huy/<uuid:list_id>/khong-duyet", disposal.refuse, name="refuse"),
    path("luu-tru/phong-doc", reading.search, name="search"),
    path("luu-tru/phong-doc/<uuid:restored_id>", reading.show, name="restored"),
]
