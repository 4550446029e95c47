"""Which contexts and portals stand in the house, in their order from low to high."""

from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
# Tiers of the architecture, low to high. A context that is not named here is not part of the city.
CONTEXTS = (
    "reference",
    "organisations",
    "exchange",
    "identity",
    "documents",
    "payments",
    "post",
    "notifications",
    "alerts",
    "casework",
    "procedures",
    "dossiers",
    "counters",
    "webhooks",
    "privacy",
    "archive",
)
PORTALS = ("citizen", "desk", "lead", "office", "open")


def module_exists(dotted: str) -> bool:
    """Looks at files only, so that it may be asked before the apps are ready."""
    path = HOUSE.parent.joinpath(*dotted.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def modules(relative: str) -> tuple[str, ...]:
    """`web.urls` gives the dotted name of every context's module of that name that exists."""
    candidates = (f"motcua.contexts.{name}.{relative}" for name in CONTEXTS)
    return tuple(dotted for dotted in candidates if module_exists(dotted))


def portal_modules(relative: str) -> tuple[str, ...]:
    candidates = (f"motcua.portals.{name}.{relative}" for name in PORTALS)
    return tuple(dotted for dotted in candidates if module_exists(dotted))


def installed() -> tuple[str, ...]:
    below = tuple(f"motcua.{name}" for name in ("kernel", "ui") if _is_app(f"motcua.{name}"))
    services = ("motcua.services.apps",) if _is_app("motcua.services") else ()
    above = (*modules("apps"), *services, *portal_modules("apps"))
    whole = ("motcua.config.scale.apps",)
    return (*below, *(dotted.removesuffix(".apps") for dotted in (*above, *whole)))


def _is_app(dotted: str) -> bool:
    return module_exists(f"{dotted}.apps")


def when_exists(dotted: str, name: str) -> tuple[str, ...]:
    """One dotted name to spread into a list, or nothing."""
    return (f"{dotted}.{name}",) if module_exists(dotted) else ()


def command_exists(name: str) -> bool:
    """A management command of ours, told from the files."""
    return any(HOUSE.glob(f"**/management/commands/{name}.py"))
