"""Addresses of the exchange: its page for administrators."""

from django.urls import path

from motcua.contexts.exchange.web import views

app_name = "exchange"
urlpatterns = [
    path("quan-tri/ket-noi", views.neighbours, name="neighbours"),
    path("quan-tri/ket-noi/tin-nhan", views.texting, name="texting"),
    path("quan-tri/ket-noi/<uuid:sending_id>/gui-lai", views.send_again, name="send_again"),
]
