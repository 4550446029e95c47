"""Addresses of dossiers: for citizens (nop, nhap, ho-so, tra-cuu) and officers (ban)."""

from django.urls import URLPattern, path

from motcua.contexts.dossiers.web import (
    answering,
    bulk,
    emergency,
    filling,
    following,
    mending,
    obligations,
    papers,
    reviewing,
    sending,
    tracking,
)
from motcua.contexts.dossiers.web.desk.urls import urlpatterns as desk

app_name = "dossiers"
urlpatterns: list[URLPattern] = [
    path("nop/<str:code>", sending.begin, name="begin"),
    path("nhap/<uuid:draft_id>", filling.overview, name="draft"),
    path("nhap/<uuid:draft_id>/giay-to", papers.papers, name="papers"),
    path("nhap/<uuid:draft_id>/giay-to/bo", papers.remove_paper, name="remove-paper"),
    path("nhap/<uuid:draft_id>/giay-to/sua", mending.mend, name="mend-paper"),
    path("nhap/<uuid:draft_id>/trang/<slug:page_key>", answering.fill, name="fill"),
    path("nhap/<uuid:draft_id>/trang/<slug:page_key>/luu", answering.autosave, name="autosave"),
    path("nhap/<uuid:draft_id>/xem-lai", sending.check, name="check"),
    path("nhap/<uuid:draft_id>/bo", sending.drop, name="drop"),
    path("nop-nhieu", bulk.listed, name="bulk-list"),
    path("nop-nhieu/<str:code>", bulk.start, name="bulk-start"),
    path("nop-nhieu/<str:code>/mau.xlsx", bulk.sample_xlsx, name="bulk-sample"),
    path("nop-nhieu/<str:code>/mau.csv", bulk.sample_csv, name="bulk-sample-csv"),
    path("nop-nhieu/bang/<uuid:bulk_id>", bulk.show, name="bulk"),
    path("nop-nhieu/bang/<uuid:bulk_id>/tao", bulk.make, name="bulk-make"),
    path("nop-nhieu/bang/<uuid:bulk_id>/nop", bulk.send, name="bulk-send"),
    path("nop-nhieu/bang/<uuid:bulk_id>/can-sua.xlsx", bulk.marked_xlsx, name="bulk-marked"),
    path("nop-nhieu/bang/<uuid:bulk_id>/can-sua.csv", bulk.marked_csv, name="bulk-marked-csv"),
    path("ho-so", following.mine, name="mine"),
    path("ho-so/<str:code>", following.tracker, name="tracker"),
    path("ho-so/<str:code>/da-nop", following.receipt, name="receipt"),
    path("ho-so/<str:code>/bang-chung.json", following.proof, name="proof"),
    path("ho-so/<str:code>/gui-them", following.supply, name="supply"),
    path("ho-so/<str:code>/rut", following.withdraw, name="withdraw"),
    path("ho-so/<str:code>/nhan-tin", following.message, name="message"),
    path("ho-so/<str:code>/cham-diem", following.rate, name="rate"),
    path("ho-so/<str:code>/xem-lai", reviewing.ask, name="review-ask"),
    path("ho-so/<str:code>/xem-lai/y-kien", reviewing.settle, name="review-settle"),
    path("toi/lich", obligations.listed, name="obligations"),
    path("toi/lich/nghia-vu.ics", obligations.download, name="obligations-file"),
    path("toi/lich/dia-chi", obligations.make, name="make-feed"),
    path("toi/lich/dia-chi/dong", obligations.end, name="end-feed"),
    path("lich/<str:secret>/nghia-vu.ics", obligations.feed, name="feed"),
    path("tra-cuu", tracking.track, name="track"),
    path("quan-tri/khan-cap", emergency.listed, name="emergencies"),
    path("quan-tri/khan-cap/<uuid:emergency_id>", emergency.show, name="emergency"),
    path(
        "quan-tri/khan-cap/<uuid:emergency_id>/bao-cao",
        emergency.report,
        name="emergency-report",
    ),
    *desk,
]
