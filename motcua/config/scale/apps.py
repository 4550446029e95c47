from django.apps import AppConfig


class ScaleConfig(AppConfig):
    name = "motcua.config.scale"
    label = "scale"
    verbose_name = "Quy mô và đo lường"
