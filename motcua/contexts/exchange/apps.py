"""Exchange (trục LGSP): all traffic with the city's neighbours."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "motcua.contexts.exchange"
    label = "exchange"
    verbose_name = "Kết nối, chia sẻ dữ liệu"
