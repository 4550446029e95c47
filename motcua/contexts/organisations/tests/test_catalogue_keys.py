"""The services of the repository name only agencies that exist."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from motcua.contexts.organisations import public

SERVICES = Path(__file__).parents[3] / "services"


def named() -> Iterator[tuple[str, str, str]]:
    files = [*SERVICES.glob("catalogue/*.toml"), *SERVICES.glob("packs/*/*/procedure.toml")]
    for file in sorted(files):
        found = tomllib.loads(file.read_text(encoding="utf-8"))["procedure"]
        for procedure in found if isinstance(found, list) else [found]:
            for level in procedure["levels"]:
                yield procedure["code"], level, procedure["agency_key"]


@pytest.mark.usefixtures("city")
def test_every_procedure_has_a_competent_unit():
    for code, level, key in named():
        public.competent_unit(
            subject=code, level=level, field=key, ward="26740", on=date(2026, 3, 2)
        )
