"""The gallery shows every part; a part that is not shown or not explained does not exist."""

import dataclasses
import inspect
import re
from pathlib import Path

import pytest

from motcua.ui import parts
from motcua.ui.templatetags import ui

README = Path(ui.__file__).parents[1] / "README.md"
GALLERY = Path(ui.__file__).parents[1] / "templates" / "ui" / "gallery.html"
STYLES = Path(ui.__file__).parents[1] / "static" / "ui" / "motcua.css"
CHROME = {
    "theme",
    "text_size",
    "helped",
    "shell",
    "navigation",
    "icon",
    "when",
    "after",
    "short_day",
}


@pytest.fixture
def gallery(client):
    answer = client.get("/ui/", headers={"accept-language": "vi"})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_the_gallery_shows_itself(gallery):
    assert '<html lang="vi" data-theme="auto"' in gallery
    assert "<title>Phòng mẫu giao diện · " in gallery


@pytest.mark.django_db
def test_ids_are_unique(gallery):
    ids = re.findall(r'\sid="([^"]+)"', gallery)

    assert sorted(ids) == sorted(set(ids))


@pytest.mark.django_db
def test_labels_and_descriptions_point_at_something(gallery):
    ids = set(re.findall(r'\sid="([^"]+)"', gallery))
    pointers = re.findall(r'\s(?:for|aria-labelledby|aria-describedby)="([^"]+)"', gallery)

    assert {name for pointer in pointers for name in pointer.split()} <= ids


@pytest.mark.parametrize("name", sorted({*ui.register.tags, *ui.register.filters} - CHROME))
def test_every_tag_is_explained_on_the_cheat_sheet(name):
    assert re.search(rf"\b{name}\b", README.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(set(ui.register.tags) - CHROME - {"copy_button"}))
def test_every_component_is_in_the_gallery(name):
    shown = GALLERY.read_text(encoding="utf-8")
    inside = "".join(p.read_text(encoding="utf-8") for p in GALLERY.parent.glob("parts/*.html"))

    assert re.search(rf"\{{%\s*{name}\b", shown + inside)


def test_parts_are_frozen():
    made = [kind for _, kind in inspect.getmembers(parts, dataclasses.is_dataclass)]

    assert made
    assert all(kind.__dataclass_params__.frozen for kind in made)


def test_the_devices_own_dark_theme_is_the_chosen_one():
    text = STYLES.read_text(encoding="utf-8")
    chosen = re.search(r':root\[data-theme="dark"\] \{(.*?)\}', text, re.DOTALL)
    device = re.search(r':root\[data-theme="auto"\] \{(.*?)\}', text, re.DOTALL)

    assert chosen[1].split() == device[1].split()


@pytest.mark.parametrize("path", sorted(GALLERY.parent.glob("**/*.html")), ids=lambda p: p.name)
def test_every_class_of_our_templates_has_a_style(path):
    styled = set(re.findall(r"\.([a-z][\w-]*)", STYLES.read_text(encoding="utf-8")))
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(encoding="utf-8"))
    used = {name for value in re.findall(r'class="([^"]*)"', text) for name in value.split()}

    assert {name for name in used if not name.endswith(("-", "--"))} <= styled
