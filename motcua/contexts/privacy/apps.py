"""Privacy: rights of the person, register of processing, breaches, retention."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "motcua.contexts.privacy"
    label = "privacy"
    verbose_name = "Bảo vệ dữ liệu cá nhân"

    def ready(self) -> None:
        from motcua.contexts.documents import public as documents
        from motcua.contexts.privacy.actions.ending import LookQuestionsEnd, RequestsEnd
        from motcua.contexts.privacy.adapters import EvidenceOfRequests, FilesInUse
        from motcua.contexts.privacy.queries.holdings import RequestsHeld
        from motcua.contexts.privacy.queries.requests import is_stopped
        from motcua.kernel import holdings

        documents.register_read_rule("privacy", EvidenceOfRequests())
        documents.register_use("privacy", FilesInUse())
        holdings.register_holder("privacy", RequestsHeld())
        holdings.register_disposal(RequestsEnd())
        holdings.register_disposal(LookQuestionsEnd())
        holdings.register_marks(is_stopped)
