"""Services: what citizens receive, as data, and the small packs of the special ones."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "motcua.services"
    label = "services"
    verbose_name = "Dịch vụ"

    def ready(self) -> None:
        from motcua.services.registration import register_all

        register_all()
