"""Addresses of the citizen's portal."""

from django.urls import URLPattern, path

from motcua.portals.citizen import finding, home, procedure, wallet

app_name = "citizen"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("tim", finding.find, name="find"),
    path("thu-tuc", finding.browse, name="procedures"),
    path("thu-tuc/<str:code>", procedure.procedure, name="procedure"),
    path("vi", wallet.wallet, name="wallet"),
]
