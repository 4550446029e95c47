"""The kernel as a Django application: autoloads subscribers, periodic work and policies."""

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


class KernelConfig(AppConfig):
    name = "motcua.kernel"
    label = "kernel"
    verbose_name = "Nền"

    def ready(self) -> None:
        from importlib import import_module

        for config in apps.get_app_configs():
            if not config.name.startswith("motcua.") or config.module is None:
                continue
            for part in ("policies", "subscribers", "tasks"):
                if module_has_submodule(config.module, part):
                    import_module(f"{config.name}.{part}")
