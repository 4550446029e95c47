"""Addresses of counters: the hall (kiosk, so, bang-so, lay-so) and its officers (quay)."""

from django.urls import URLPattern, path

from motcua.contexts.counters.web import (
    appointments,
    bundles,
    halls,
    kiosk,
    tickets,
    tills,
    windows,
)

app_name = "counters"
urlpatterns: list[URLPattern] = [
    path("kiosk/<str:desk>", kiosk.kiosk, name="kiosk"),
    path("kiosk/<str:desk>/so/<uuid:ticket_id>", kiosk.slip, name="kiosk-slip"),
    path("kiosk/<str:desk>/hen", appointments.arrive, name="kiosk-arrive"),
    path("hen-gio/<str:desk>", appointments.book, name="book"),
    path("lich-hen/<uuid:appointment_id>", appointments.show, name="appointment"),
    path("lich-hen/<uuid:appointment_id>/doi", appointments.move, name="appointment-move"),
    path("lich-hen/<uuid:appointment_id>/bo", appointments.cancel, name="appointment-cancel"),
    path("bang-so/<str:desk>", halls.board, name="board"),
    path("lay-so", tickets.desks, name="desks"),
    path("lay-so/<str:desk>", tickets.take, name="take"),
    path("so/<uuid:ticket_id>", tickets.ticket, name="ticket"),
    path("so/<uuid:ticket_id>/bo", tickets.cancel, name="ticket-cancel"),
    path("quay/ban", windows.window, name="window"),
    path("quay/ban/dong", windows.close, name="window-close"),
    path("quay/ban/goi", windows.call, name="window-call"),
    path("quay/ban/goi-lai", windows.again, name="window-again"),
    path("quay/ban/vang", windows.absent, name="window-absent"),
    path("quay/ban/xong", windows.done, name="window-done"),
    path("quay/ban/chuyen", windows.transfer, name="window-transfer"),
    path("quay/ban/uu-tien", windows.priority, name="window-priority"),
    path("quay/ban/quay-lai", windows.back, name="window-back"),
    path("quay/quy", tills.listed, name="tills"),
    path("quay/quy/<uuid:shift_id>", tills.shift, name="shift"),
    path("quay/quy/<uuid:shift_id>/ky", tills.sign, name="shift-sign"),
    path("quay/quy/<uuid:shift_id>/nhan", tills.take, name="shift-take"),
    path("quay/ban-giao", bundles.listed, name="bundles"),
    path("quay/ban-giao/<uuid:bundle_id>", bundles.show, name="bundle"),
    path("quay/ban-giao/<uuid:bundle_id>/giao", bundles.give, name="bundle-give"),
    path("quay/ban-giao/<uuid:bundle_id>/bo", bundles.drop, name="bundle-drop"),
    path("quay/ban-giao/<uuid:bundle_id>/nhan", bundles.take, name="bundle-take"),
    path("quay/ban-giao/<uuid:bundle_id>/tim-thay", bundles.find, name="bundle-find"),
    path("ho-so/<str:code>/giay-goc", bundles.originals, name="originals"),
]
