"""Payments: fees asked, money received, books kept."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "motcua.contexts.payments"
    label = "payments"
    verbose_name = "Phí, lệ phí"
