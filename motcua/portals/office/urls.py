"""Addresses of the administrators' portal; `/quan-tri/ket-noi` is a page of the exchange."""

from django.urls import URLPattern, path

from motcua.portals.office import (
    calls,
    catalogue,
    database,
    days,
    imports,
    jobs,
    law,
    ledger,
    letter,
    money,
    rights,
    views,
)

app_name = "office"
urlpatterns: list[URLPattern] = [
    path("quan-tri", views.home, name="home"),
    path("quan-tri/viec-nen", jobs.jobs, name="jobs"),
    path("quan-tri/viec-nen/xuat.csv", jobs.export, name="jobs-export"),
    path("quan-tri/viec-nen/<int:job_id>", letter.show, name="job"),
    path("quan-tri/viec-nen/<int:job_id>/chay-lai", letter.retry, name="job-retry"),
    path("quan-tri/viec-nen/<int:job_id>/chay-lai-cung-loai", letter.retry_kind, name="job-kind"),
    path("quan-tri/viec-nen/<int:job_id>/bo", letter.give_up, name="job-give-up"),
    path("quan-tri/so-cai", ledger.heads, name="ledger"),
    path("quan-tri/so-cai/xuat.csv", ledger.export, name="ledger-export"),
    path("quan-tri/so-cai/kiem-tra", ledger.check, name="ledger-check"),
    path("quan-tri/so-cai/la", ledger.find, name="leaves"),
    path("quan-tri/so-cai/la/<uuid:leaf_id>", ledger.leaf, name="leaf"),
    path("quan-tri/ket-noi/loi-goi", calls.show, name="calls"),
    path("quan-tri/ket-noi/loi-goi/xuat.csv", calls.export, name="calls-export"),
    path("quan-tri/tien-chua-ro", money.show, name="money"),
    path("quan-tri/tien-chua-ro/xuat.csv", money.export, name="money-export"),
    path("quan-tri/danh-muc", catalogue.show, name="catalogue"),
    path("quan-tri/danh-muc/xuat.csv", catalogue.export, name="catalogue-export"),
    path("quan-tri/danh-muc/nhap", imports.runs, name="imports"),
    path("quan-tri/danh-muc/nhap/<uuid:run_id>", imports.run, name="import"),
    path("quan-tri/danh-muc/nhap/<uuid:run_id>/xuat.csv", imports.export, name="import-export"),
    path("quan-tri/danh-muc/<str:code>", catalogue.one, name="procedure"),
    path("quan-tri/danh-muc/<str:code>/quy-trinh.bpmn", catalogue.bpmn, name="procedure-bpmn"),
    path("quan-tri/phap-ly", law.show, name="law"),
    path("quan-tri/phap-ly/xuat.csv", law.export, name="law-export"),
    path("quan-tri/phap-ly/dung-o", law.uses, name="law-uses"),
    path("quan-tri/quyen", rights.matrix, name="rights"),
    path("quan-tri/quyen/xuat.csv", rights.export, name="rights-export"),
    path("quan-tri/lich", days.show, name="days"),
    path("quan-tri/lich/xuat.csv", days.export, name="days-export"),
    path("quan-tri/co-so-du-lieu", database.show, name="database"),
    path("quan-tri/co-so-du-lieu/xuat.csv", database.export, name="database-export"),
]
