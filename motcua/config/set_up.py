"""Before the city opens: schema, static files, the people and places of a first day.

Runs in a process of its own, so that the supervisor stays small. Every step may be repeated.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from motcua.config import accounts, database, house, stamps, translations
from motcua.config.console import step
from motcua.config.refusal import CannotStart
from motcua.kernel.console import Progress, progress
from motcua.ui import assets

SEED_SOURCES = (
    "contexts/*/management/commands/seed_*.py",
    "contexts/*/adapters/**/*",
    "services/**/*",
)


def prepare() -> None:
    """Everything, in order; what is up to date says nothing."""
    migrate()
    translate()
    build_assets()
    collect_static()
    seed_city(only_when_changed=True)


class _Migrate(MigrateCommand):
    """Django's own, counting on a bar of ours."""

    def __init__(self, bar: Progress) -> None:
        super().__init__()
        self.bar = bar

    def migration_progress_callback(
        self, action: str, migration: Any = None, fake: bool = False
    ) -> None:
        if action == "apply_success":
            self.bar.update()


def migrate() -> None:
    executor = MigrationExecutor(connection)
    _refuse_other_schema(executor.loader)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        with progress(total=len(plan), label="  · Cơ sở dữ liệu") as bar:
            call_command(_Migrate(bar), verbosity=0, interactive=False)
    accounts.grant(settings.ENVIRONMENT)


def _refuse_other_schema(loader: MigrationLoader) -> None:
    """A killed first start may leave part of our schema; a part of no schema of ours is a stranger.

    Raises CannotStart.
    """
    name = str(connection.settings_dict["NAME"])
    applied = set(loader.applied_migrations)
    if {app for app, _name in applied} - loader.migrated_apps:
        raise database.is_of_others(name)
    replaced = {one for migration in loader.disk_migrations.values() for one in migration.replaces}
    later = applied - set(loader.disk_migrations) - replaced
    if later:
        app, migration = min(later)
        raise CannotStart(
            f"Cơ sở dữ liệu «{name}» do một phiên bản Một Cửa mới hơn tạo ({app} {migration}): "
            "chạy phiên bản đó, hoặc dùng cơ sở dữ liệu khác.",
            f"The database «{name}» was made by a newer version of Một Cửa ({app} {migration}): "
            "run that version, or use another database.",
        )


def translate() -> None:
    if translations.compile_all():
        step("Bản dịch: đã dựng")


def build_assets() -> None:
    if assets.build():
        step("Phông chữ, biểu tượng và tập lệnh: đã dựng")


def collect_static() -> None:
    sources = (
        Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])
    )
    stamp = stamps.fingerprint(sources)
    if stamps.holds(settings.VAR, "static", stamp):
        return
    step("Tệp tĩnh: gom và nén")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamps.put(settings.VAR, "static", stamp)


def seed_city(*, only_when_changed: bool = False) -> None:
    """Each context lays down its part, low tiers first. Every part is idempotent."""
    known = get_commands()
    parts = [f"seed_{context}" for context in house.CONTEXTS if f"seed_{context}" in known]
    sources = (path for pattern in SEED_SOURCES for path in house.HOUSE.glob(pattern))
    stamp = stamps.fingerprint(sources, database.identity(settings.ENVIRONMENT), *parts)
    if only_when_changed and stamps.holds(settings.VAR, "city", stamp):
        return
    for part in parts:
        step(f"Gieo thành phố: {part.removeprefix('seed_')}")
        call_command(part)
    stamps.put(settings.VAR, "city", stamp)
