"""Documents: the store of files, official forms, signed results."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "motcua.contexts.documents"
    label = "documents"
    verbose_name = "Giấy tờ và ký số"

    def ready(self) -> None:
        from motcua.contexts.documents.actions.stamping import stand_in
        from motcua.contexts.documents.adapters.evidence import EvidenceInUse, EvidenceOfPeople
        from motcua.contexts.documents.adapters.holdings import PapersHeld, tally
        from motcua.contexts.documents.ports import register_read_rule, register_use
        from motcua.contexts.documents.public import keep_parked
        from motcua.contexts.documents.queries.digitised import FreshScans, KeptAsEvidence
        from motcua.contexts.exchange import public as exchange
        from motcua.contexts.exchange.contracts import TIMESTAMPING
        from motcua.contexts.identity import public as identity
        from motcua.kernel import holdings

        exchange.offer(TIMESTAMPING, stand_in)
        holdings.register_holder("documents", PapersHeld())
        holdings.register_tally("documents", tally)
        register_read_rule("identity", EvidenceOfPeople())
        register_use("identity", EvidenceInUse())
        register_read_rule("scanners", FreshScans())
        register_use("digitised", KeptAsEvidence())
        identity.park_files_with(keep_parked)
