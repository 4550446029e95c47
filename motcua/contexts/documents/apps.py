"""Documents: the store of files, official forms, signed results."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "motcua.contexts.documents"
    label = "documents"
    verbose_name = "Giấy tờ và ký số"
