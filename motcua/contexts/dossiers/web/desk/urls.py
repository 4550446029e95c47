"""Addresses of the desk: the inbox, one dossier, the counter."""

from django.urls import URLPattern, path

from motcua.contexts.dossiers.web.desk import (
    bulk,
    counter,
    inbox,
    past,
    returning,
    reviewing,
    searching,
    working,
)

urlpatterns: list[URLPattern] = [
    path("ban", inbox.inbox, name="inbox"),
    path("ban/tim", searching.search, name="desk-search"),
    path("ban/xuat.csv", inbox.export, name="desk-export"),
    path("ban/lam-tiep", inbox.switch_going_on, name="desk-go-on"),
    path("ban/nhan-viec", inbox.claim_ticked, name="desk-claim-ticked"),
    path("ban/hang-loat", bulk.bulk, name="desk-bulk"),
    path("ban/hang-loat/chon", bulk.gather, name="desk-gather"),
    path("ban/tra-ket-qua", returning.returning, name="returning"),
    path("ban/tra-ket-qua/<str:code>", returning.by_post, name="returning-post"),
    path("ban/tra-ket-qua/<str:code>/trao", returning.fetch, name="returning-fetch"),
    path("ban/tra-ket-qua/<str:code>/buu-chinh", returning.post, name="returning-posted"),
    path("ban/tra-ket-qua/<str:code>/phat", returning.arrival, name="returning-arrival"),
    path("ban/xem-lai", reviewing.listed, name="reviews"),
    path("ban/xem-lai/xuat.csv", reviewing.export, name="reviews-export"),
    path("ban/xem-lai/<uuid:review_id>", reviewing.show, name="review"),
    path("ban/xem-lai/<uuid:review_id>/tra-loi", reviewing.answer, name="review-answer"),
    path("ban/ho-so/<str:code>", working.show, name="desk-dossier"),
    path("ban/ho-so/<str:code>/luc/<str:moment>", past.show, name="desk-past"),
    path("ban/ho-so/<str:code>/doi-chieu", working.compare, name="desk-compare"),
    path("ban/ho-so/<str:code>/lam/<slug:action>", working.act, name="desk-act"),
    path("ban/ho-so/<str:code>/y-kien", working.opinion, name="desk-opinion"),
    path("ban/ho-so/<str:code>/hen-lai", working.extend, name="desk-extend"),
    path("ban/ho-so/<str:code>/muc-thu", working.fix_fee, name="desk-fee"),
    path("ban/ho-so/<str:code>/mien-giam", working.exempt, name="desk-exempt"),
    path("ban/ho-so/<str:code>/nhan-tin", working.message, name="desk-message"),
    path("ban/ho-so/<str:code>/nhan-viec", working.claim, name="desk-claim"),
    path("ban/ho-so/<str:code>/giay-to/<uuid:paper_id>", working.judge, name="desk-judge"),
    path("quay", counter.counter, name="counter"),
    path("quay/nguoi/<uuid:person_id>", counter.person, name="counter-person"),
    path("quay/nguoi/<uuid:person_id>/nop", counter.begin, name="counter-begin"),
    path("quay/ho-so/<str:code>", counter.sent, name="counter-sent"),
    path("quay/ho-so/<str:code>/tiep-nhan", counter.receive, name="counter-receive"),
]
