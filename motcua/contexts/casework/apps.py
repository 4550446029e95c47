from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "motcua.contexts.casework"
    label = "casework"
    verbose_name = "Vụ việc, việc cần làm, đồng hồ, quy trình"
