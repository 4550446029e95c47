"""Addresses of privacy: the citizen's own data; the room of data protection."""

from django.urls import URLPattern, path

from motcua.contexts.privacy.web import (
    agreed,
    breaches,
    citizen,
    deciding,
    impacts,
    looks,
    office,
    opinions,
    retention,
    watching,
)

app_name = "privacy"
urlpatterns: list[URLPattern] = [
    path("toi/du-lieu", citizen.overview, name="mine"),
    path("toi/du-lieu/quyen/<str:right>", citizen.ask, name="ask"),
    path("toi/du-lieu/dong-y", agreed.listed, name="agreed"),
    path("toi/du-lieu/dong-y/rut", agreed.withdraw, name="take-back"),
    path("toi/du-lieu/yeu-cau/<str:request_code>", citizen.follow, name="follow"),
    path("toi/du-lieu/yeu-cau/<str:request_code>/nhan-tin", citizen.write, name="write"),
    path("toi/ai-da-xem", looks.seen, name="looks"),
    path("toi/ai-da-xem/<uuid:line_id>/hoi", looks.ask, name="ask-about-look"),
    path("bao-ve-du-lieu/luot-xem", watching.questions, name="look-questions"),
    path("bao-ve-du-lieu/luot-xem/<uuid:question_id>/tra-loi", watching.answer, name="look-answer"),
    path("bao-ve-du-lieu/canh-bao", watching.alerts, name="read-alerts"),
    path("bao-ve-du-lieu/canh-bao/<uuid:alert_id>/dong", watching.settle, name="settle-alert"),
    path("bao-ve-du-lieu", office.queue, name="queue"),
    path("bao-ve-du-lieu/da-tra-loi", office.answered, name="answered"),
    path("bao-ve-du-lieu/yeu-cau/<str:request_code>", deciding.show, name="request"),
    path("bao-ve-du-lieu/yeu-cau/<str:request_code>/quyet-dinh", deciding.decide, name="decide"),
    path("bao-ve-du-lieu/yeu-cau/<str:request_code>/hoi", deciding.consult, name="consult"),
    path("bao-ve-du-lieu/yeu-cau/<str:request_code>/nhan-tin", deciding.write, name="say"),
    path("bao-ve-du-lieu/y-kien", opinions.listed, name="opinions"),
    path("bao-ve-du-lieu/y-kien/<str:request_code>", opinions.show, name="opinion"),
    path("bao-ve-du-lieu/su-co", breaches.listed, name="breaches"),
    path("bao-ve-du-lieu/su-co/ghi", breaches.record, name="breach-record"),
    path("bao-ve-du-lieu/su-co/<str:breach_code>", breaches.show, name="breach"),
    path("bao-ve-du-lieu/su-co/<str:breach_code>/buoc", breaches.step, name="breach-step"),
    path("bao-ve-du-lieu/luu-giu", retention.show, name="retention"),
    path("bao-ve-du-lieu/luu-giu/tam-giu", retention.place, name="hold"),
    path("bao-ve-du-lieu/luu-giu/tam-giu/<uuid:hold_id>/bo", retention.lift, name="lift"),
    path("bao-ve-du-lieu/danh-gia", impacts.listed, name="impacts"),
    path("bao-ve-du-lieu/danh-gia/<str:activity_key>", impacts.show, name="impact"),
    path("bao-ve-du-lieu/danh-gia/<str:activity_key>/ky", impacts.sign, name="sign-impact"),
    path("bao-ve-du-lieu/danh-gia/<str:activity_key>/da-gui", impacts.sent, name="send-impact"),
    path("bao-ve-du-lieu/so-xu-ly", office.register, name="register"),
    path("bao-ve-du-lieu/so-xu-ly/xuat.csv", office.register_csv, name="register-csv"),
]
