"""Reference: administrative units over time, days off."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "motcua.contexts.reference"
    label = "reference"
    verbose_name = "Danh mục dùng chung"
