"""Alerts: urgent warnings as CAP documents, and who was reached."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "motcua.contexts.alerts"
    label = "alerts"
    verbose_name = "Cảnh báo khẩn cấp"

    def ready(self) -> None:
        from motcua.contexts.alerts.actions.forgetting import ListsEnd
        from motcua.contexts.alerts.queries.holdings import HomeConsent, PlacesHeld
        from motcua.contexts.alerts.web.band import band_of
        from motcua.kernel import holdings
        from motcua.ui import shell

        holdings.register_holder("alerts", PlacesHeld())
        holdings.register_consents("alerts", HomeConsent())
        holdings.register_disposal(ListsEnd())
        shell.register_band(band_of)
