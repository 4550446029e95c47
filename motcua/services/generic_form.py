"""Biểu mẫu chung từ tệp: the generic form, its words, its tables of steps and its agencies."""

import tomllib
from pathlib import Path

from motcua.contexts.procedures.contracts import GenericTables

HERE = Path(__file__).resolve().parent
GENERIC = HERE / "generic"
PROCESSES = {  # the usual one first, then those for shorter time limits
    "COMMUNE": ("commune_standard", "commune_short", "same_day"),
    "CITY": ("city_standard", "city_short", "same_day"),
}


def generic_tables() -> GenericTables:
    """Read anew at each call: an import or a seeding asks once."""
    return GenericTables(
        form=_read(GENERIC / "form.toml"),
        texts=_read(GENERIC / "texts.toml"),
        processes={
            level: [_read(HERE / "processes" / f"{key}.toml") for key in keys]
            for level, keys in PROCESSES.items()
        },
        agencies=_read(GENERIC / "agencies.toml"),
    )


def _read(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
