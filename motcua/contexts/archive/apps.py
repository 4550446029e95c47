"""Archive: what is kept after a dossier has ended."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "motcua.contexts.archive"
    label = "archive"
    verbose_name = "Lưu trữ"

    def ready(self) -> None:
        from motcua.contexts.archive.actions.disposing import ApprovedDossiers
        from motcua.contexts.archive.adapters.holdings import RestoredHeld
        from motcua.contexts.archive.policies import FilesInUse, RestoredFiles
        from motcua.contexts.documents import public as documents
        from motcua.kernel import holdings

        documents.register_read_rule("archive", RestoredFiles())
        documents.register_use("archive", FilesInUse())
        holdings.register_holder("archive", RestoredHeld())
        holdings.register_release("dossiers.dossier", ApprovedDossiers())
