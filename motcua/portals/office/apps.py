"""Office: the portal of administrators."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "motcua.portals.office"
    label = "office"
    verbose_name = "Quản trị"

    def ready(self) -> None:
        from motcua.portals.office.around import office_shell
        from motcua.ui import shell

        shell.register("office", office_shell)
