"""Procedures: the catalogue of administrative procedures and its versions."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "motcua.contexts.procedures"
    label = "procedures"
    verbose_name = "Danh mục thủ tục hành chính"
