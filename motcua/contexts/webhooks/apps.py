"""Webhooks: what programs are told."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "motcua.contexts.webhooks"
    label = "webhooks"
    verbose_name = "Báo tin cho phần mềm"

    def ready(self) -> None:
        from motcua.contexts.webhooks.adapters.holdings import EndpointsHeld
        from motcua.kernel import holdings

        holdings.register_holder("webhooks", EndpointsHeld())
