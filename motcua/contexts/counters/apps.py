"""Counters: the hall of a desk."""

from django.apps import AppConfig


class CountersConfig(AppConfig):
    name = "motcua.contexts.counters"
    label = "counters"
    verbose_name = "Quầy"

    def ready(self) -> None:
        from motcua.contexts.counters.adapters.holdings import TicketsHeld
        from motcua.kernel import holdings

        holdings.register_holder("counters", TicketsHeld())
