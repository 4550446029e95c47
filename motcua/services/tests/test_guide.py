"""The guide «Add a procedure» works as it is written: its entry, in a file, is a procedure."""

import re
import shutil
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from motcua.contexts.procedures import public as procedures
from motcua.kernel.clock import city_date, now
from motcua.services.loading import HERE, load_services
from motcua.services.management.commands.seed_procedures import Command

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guides" / "add-a-procedure.md"
NEW_CODE = "1.999999"


def entry() -> str:
    """The entry that the guide calls complete, under a code that nobody has."""
    text = GUIDE.read_text(encoding="utf-8")
    fenced = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert fenced
    lines = [line.removeprefix("   ") for line in fenced.group(1).splitlines()]
    return re.sub(r'code = "[^"]+"', f'code = "{NEW_CODE}"', "\n".join(lines))


@pytest.fixture
def services(tmp_path) -> Path:
    """A copy of the data files, so that the repository's own stay as they are."""
    for part in ("catalogue", "processes"):
        shutil.copytree(HERE / part, tmp_path / part)
    return tmp_path


@pytest.mark.django_db
def test_one_entry_in_one_file_is_all_it_takes(services):
    before = {path: path.read_bytes() for path in services.rglob("*.toml")}
    field = services / "catalogue" / "tai_nguyen_nuoc.toml"
    field.write_text(f"{field.read_text(encoding='utf-8')}\n{entry()}\n", encoding="utf-8")

    told = StringIO()
    call_command(Command(), root=services, stdout=told, stderr=StringIO())

    today = city_date(now())
    version = procedures.open_version(NEW_CODE, today)
    changed = [path for path, content in before.items() if path.read_bytes() != content]
    assert changed == [field]
    assert version.process_id is not None
    for words in (version.name, "khoan gieng", NEW_CODE):
        assert NEW_CODE in {hit.code for hit in procedures.search(words, limit=20, on=today)}


def test_its_head_is_what_a_new_field_begins_with(services):
    text = GUIDE.read_text(encoding="utf-8")
    head = "\n".join(re.findall(r'`(field(?:_code)? = "[^"]+")`', text)[:2])
    path = services / "catalogue" / "linh_vuc_moi.toml"
    path.write_text(f"{head}\n{entry()}\n", encoding="utf-8")

    loaded = load_services(services)

    assert loaded.complaints == ()
    found = next(s for s in loaded.services if s.definition.code == NEW_CODE)
    assert found.definition.field == tomllib.loads(head)["field"]


def test_every_process_and_pack_file_it_names_exists():
    text = GUIDE.read_text(encoding="utf-8")
    for folder in re.findall(r"`((?:certification|construction)/\w+)`", text):
        assert (HERE / "packs" / folder / "procedure.toml").exists()
    hours = re.findall(r"`(\w+)` (?:has )?\d+", text)
    assert set(hours) <= {path.stem for path in (HERE / "processes").glob("*.toml")}
    assert len(hours) >= 6
