from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "motcua.contexts.dossiers"
    label = "dossiers"
    verbose_name = "Hồ sơ thủ tục hành chính"

    def ready(self) -> None:
        from motcua.contexts.casework import public as casework
        from motcua.contexts.documents import public as documents
        from motcua.contexts.dossiers import public as dossiers
        from motcua.contexts.dossiers.actions.consents import PrefillConsents
        from motcua.contexts.dossiers.actions.digitising import take_from_phone
        from motcua.contexts.dossiers.actions.ending import DossiersEnd, DraftsEnd
        from motcua.contexts.dossiers.adapters import (
            EvidenceAtTheDesk,
            FilesInUse,
            FilesOfDossiers,
            FilesOfHelped,
            about_dossiers,
            agency_key_of,
            desk_of,
            units_after_act,
        )
        from motcua.contexts.dossiers.queries.holdings import DossiersHeld, tally
        from motcua.contexts.notifications import public as notifications
        from motcua.contexts.payments import public as payments
        from motcua.kernel import holdings

        casework.register_router("dossier", units_after_act)
        casework.register_key("dossier", agency_key_of)
        documents.register_read_rule("dossiers", FilesOfDossiers())
        documents.register_use("dossiers", FilesInUse())
        documents.register_read_rule("helped", FilesOfHelped())
        documents.register_evidence_rule("dossiers", EvidenceAtTheDesk())
        documents.take_handoffs_with(take_from_phone)
        payments.share_with(about_dossiers)
        payments.recheck_with(dossiers.recheck_exemption)
        notifications.reach_by(about_dossiers)
        notifications.deliver_by(desk_of)
        holdings.register_holder("dossiers", DossiersHeld())
        holdings.register_tally("dossiers", tally)
        holdings.register_consents("dossiers", PrefillConsents())
        holdings.register_disposal(DraftsEnd())
        holdings.register_disposal(DossiersEnd())
