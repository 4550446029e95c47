from django.apps import AppConfig

from motcua.ui import shell


class CitizenConfig(AppConfig):
    name = "motcua.portals.citizen"
    label = "citizen"
    verbose_name = "Cổng của người dân"

    def ready(self) -> None:
        from motcua.portals.citizen import around

        shell.register("citizen", around.citizen_shell)
