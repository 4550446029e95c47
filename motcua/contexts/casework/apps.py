from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "motcua.contexts.casework"
    label = "casework"
    verbose_name = "Vụ việc, việc cần làm, đồng hồ, quy trình"

    def ready(self) -> None:
        from motcua.contexts.casework.adapters import CasesHeld
        from motcua.kernel import holdings

        holdings.register_holder("casework", CasesHeld())
