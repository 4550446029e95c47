"""Lớp dữ liệu: how much care each field asks for, and whose data a row holds.

Every context says it for every field of every model in its `data_classes.py`:

    CLASSES = {"Person": {INTERNAL: "id source", PERSONAL_BASIC: "full_name phone"}}
    SUBJECTS = {"Person": "id"}

`CLASSES`: model, class, names of fields. `SUBJECTS`: model, path to the id of the person whose
data it is, or a function of keys of rows where no path leads there.
The class decides sealing (tests), masking, retention, export and the read log.
Law: Law 91/2025/QH15; Decree 356/2025, articles 3 (basic) and 4 (sensitive).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from types import ModuleType
from uuid import UUID

from django.apps import AppConfig, apps
from django.db.models import Model
from django.utils.module_loading import module_has_submodule


class DataClass(StrEnum):
    """DATA_CLASS of the facts (15.1). State secrets are never stored here."""

    OPEN = "OPEN"
    INTERNAL = "INTERNAL"
    PERSONAL_BASIC = "PERSONAL_BASIC"
    PERSONAL_SENSITIVE = "PERSONAL_SENSITIVE"
    DENOUNCER_SECRET = "DENOUNCER_SECRET"

    @property
    def is_personal(self) -> bool:
        return self in PERSONAL


PERSONAL = frozenset({
    DataClass.PERSONAL_BASIC, DataClass.PERSONAL_SENSITIVE, DataClass.DENOUNCER_SECRET,
})  # fmt: skip
CLASS_NAMES: dict[DataClass, str] = {
    DataClass.OPEN: "dữ liệu mở",
    DataClass.INTERNAL: "dữ liệu nội bộ",
    DataClass.PERSONAL_BASIC: "dữ liệu cá nhân cơ bản",
    DataClass.PERSONAL_SENSITIVE: "dữ liệu cá nhân nhạy cảm",
    DataClass.DENOUNCER_SECRET: "bí mật người tố cáo",
}
Owners = dict[UUID, UUID | None]
_STRICTNESS = list(DataClass)  # in the order they are written above
Subject = str | Callable[[Collection[UUID]], Owners]


def strictest(classes: Iterable[DataClass]) -> DataClass:
    """What together asks for most care; OPEN when there is nothing."""
    return max(classes, key=_STRICTNESS.index, default=DataClass.OPEN)


@dataclass(frozen=True, slots=True)
class Declared:
    """What a model says of itself. subject: empty when the rows are nobody's."""

    classes: Mapping[str, DataClass]
    subject: Subject


NOTHING_SAID = Declared({}, "")


@cache
def declarations() -> dict[type[Model], Declared]:
    """All that is said, by model; `config` says it for the libraries."""
    found: dict[type[Model], Declared] = {}
    for config in apps.get_app_configs():
        said = said_by(config)
        if said is None:
            continue
        subjects: Mapping[str, Subject] = getattr(said, "SUBJECTS", {})
        for name, classes in said.CLASSES.items():
            model = apps.get_model(config.label, name) if "." not in name else apps.get_model(name)
            found[model] = Declared(_by_field(classes), subjects.get(name, ""))
    return found


def said_by(config: AppConfig) -> ModuleType | None:
    """The `data_classes` of an application."""
    if config.module is None or not module_has_submodule(config.module, "data_classes"):
        return None
    return import_module(f"{config.name}.data_classes")


def _by_field(classes: Mapping[DataClass, str]) -> dict[str, DataClass]:
    return {field: data_class for data_class, names in classes.items() for field in names.split()}


def of(model: type[Model]) -> Declared:
    return declarations().get(model, NOTHING_SAID)


def class_of(model: type[Model], field: str) -> DataClass | None:
    """None when nobody has said it, which a test refuses."""
    return of(model).classes.get(field)
