"""Addresses of the citizen's portal."""

from django.urls import URLPattern, path

from motcua.portals.citizen import (
    device,
    display,
    finding,
    home,
    household,
    mandates,
    procedure,
    scanning,
    wallet,
)

app_name = "citizen"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("tim", finding.find, name="find"),
    path("tim/quet", scanning.scan, name="scan"),
    path("tim/goi-y", finding.suggest, name="suggest"),
    path("thu-tuc", finding.browse, name="procedures"),
    path("thu-tuc/<str:code>", procedure.procedure, name="procedure"),
    path("toi/uy-quyen", mandates.show, name="mandates"),
    path("toi/uy-quyen/cho", mandates.give, name="give_mandate"),
    path("toi/uy-quyen/con", mandates.children, name="mandate_children"),
    path("toi/uy-quyen/<uuid:mandate_id>/thu-hoi", mandates.revoke, name="revoke_mandate"),
    path("toi/ho-gia-dinh", household.show, name="household"),
    path("toi/ho-gia-dinh/<uuid:member_id>/lam-thay", household.claim, name="household_child"),
    path("vi", wallet.wallet, name="wallet"),
    path("hien-thi", display.display, name="display"),
    path("may-nay", device.device, name="device"),
    path("may-nay/nhip", device.pulse, name="pulse"),
    path("mat-mang", device.offline, name="offline"),
    path("chia-se", device.shared, name="shared"),
    path("sw.js", device.worker, name="worker"),
    path("app.webmanifest", device.manifest, name="manifest"),
]
