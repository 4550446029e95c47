from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "motcua.contexts.casework"
    label = "casework"
    verbose_name = "Vụ việc, việc cần làm, đồng hồ, quy trình"

    def ready(self) -> None:
        from motcua.contexts.casework.actions.yielding import affected
        from motcua.contexts.casework.adapters import CasesHeld
        from motcua.contexts.casework.queries import open_work
        from motcua.contexts.organisations import public as organisations
        from motcua.kernel import holdings

        organisations.register_open_work("casework", open_work)
        organisations.register_affected(affected)
        holdings.register_holder("casework", CasesHeld())
