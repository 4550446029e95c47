"""Counters: the hall of a desk."""

from django.apps import AppConfig


class CountersConfig(AppConfig):
    name = "motcua.contexts.counters"
    label = "counters"
    verbose_name = "Quầy"

    def ready(self) -> None:
        from motcua.contexts.counters.actions.tills import note_cash
        from motcua.contexts.counters.adapters.holdings import TicketsHeld
        from motcua.contexts.counters.queries.cash import shifts_of_day
        from motcua.contexts.payments import public as payments
        from motcua.kernel import holdings

        holdings.register_holder("counters", TicketsHeld())
        payments.keep_tills(note_cash)
        payments.count_tills(shifts_of_day)
