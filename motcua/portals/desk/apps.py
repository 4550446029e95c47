"""Desk: the portal of officers."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "motcua.portals.desk"
    label = "desk"
    verbose_name = "Bàn làm việc"

    def ready(self) -> None:
        from motcua.portals.desk.around import desk_shell
        from motcua.ui import shell

        shell.register("desk", desk_shell)
