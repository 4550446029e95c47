"""What an operator can turn: commands, periodic work, environment."""

from collections.abc import Iterator

from django.core.management import get_commands, load_command_class
from procrastinate.contrib.django import app

from motcua.config import commands, env
from motcua.config.map.marks import document, first_sentence, table


def page() -> str:
    return document(
        "Commands and periodic work",
        "`./run help` lists the few for every day; these are `motcua <command>`. Each says more"
        " with `--help`.",
        table(("command", "what it does", "of"), _commands()),
        "## Periodic work of the worker",
        table(("work", "when (cron)"), _periodic()),
        "## Environment",
        "Read once by `motcua/config/env.py`; an unknown name with our prefix is refused. What each"
        " one does: [running in production](../guides/production.md).",
        table(("variable", "type"), _environment()),
    )


def _commands() -> Iterator[tuple[object, ...]]:
    for one in commands.OWN:
        yield f"`{' '.join(one.words)}`", one.help, "config"
    for name, source in sorted(get_commands().items()):
        if isinstance(source, str) and source.startswith("motcua."):
            command = load_command_class(source, name)
            yield f"`{name}`", first_sentence(command.help), source.removeprefix("motcua.")


def _periodic() -> Iterator[tuple[object, ...]]:
    tasks = app.periodic_registry.periodic_tasks.values()
    yield from sorted((f"`{one.task.name}`", f"`{one.cron}`") for one in tasks)


def _environment() -> Iterator[tuple[object, ...]]:
    for name, kind in sorted(env.Environment.__annotations__.items()):
        yield f"`{name.upper()}`", getattr(kind, "__name__", str(kind))
