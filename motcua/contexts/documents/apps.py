"""Documents: the store of files, official forms, signed results."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "motcua.contexts.documents"
    label = "documents"
    verbose_name = "Giấy tờ và ký số"

    def ready(self) -> None:
        from motcua.contexts.documents.adapters.holdings import PapersHeld, tally
        from motcua.kernel import holdings

        holdings.register_holder("documents", PapersHeld())
        holdings.register_tally("documents", tally)
