"""Payments: fees asked, money received, books kept."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "motcua.contexts.payments"
    label = "payments"
    verbose_name = "Phí, lệ phí"

    def ready(self) -> None:
        from motcua.contexts.payments.queries.holdings import MoneyHeld, tally
        from motcua.kernel import holdings

        holdings.register_holder("payments", MoneyHeld())
        holdings.register_tally("payments", tally)
