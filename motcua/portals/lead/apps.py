"""Lead: the portal of leaders."""

from django.apps import AppConfig


class LeadConfig(AppConfig):
    name = "motcua.portals.lead"
    label = "lead"
    verbose_name = "Điều hành"

    def ready(self) -> None:
        from motcua.portals.lead.around import lead_shell
        from motcua.ui import shell

        shell.register("lead", lead_shell)
