"""One diagram of tables per context, from the models."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

from motcua.config import house
from motcua.config.map.marks import document, first_sentence, mermaid, table


def pages() -> dict[str, str]:
    return {f"tables/{name}.md": _page(name) for name in ("kernel", *house.CONTEXTS)}


def _page(context: str) -> str:
    models = sorted(apps.get_app_config(context).get_models(), key=lambda m: m.__name__)
    return document(
        f"Tables of {context}",
        table(
            ("table", "model", "says"), ((m._meta.db_table, m.__name__, _says(m)) for m in models)
        ),
        mermaid("erDiagram", (line for model in models for line in _entity(model))),
    )


def _says(model: type[Model]) -> str:
    text = model.__doc__ or ""
    return "" if text.startswith(f"{model.__name__}(") else first_sentence(text)


def _entity(model: type[Model]) -> Iterator[str]:
    fields = [f for f in model._meta.local_concrete_fields if isinstance(f, Field)]
    yield f"{model.__name__} {{"
    yield from (f"    {_line(field)}" for field in fields)
    yield "}"
    for field in fields:
        if isinstance(field, ForeignKey):
            target = field.remote_field.model
            one = "|o" if field.null else "||"
            yield f'{target.__name__} {one}--o{{ {model.__name__} : "{field.name}"'


def _line(field: "Field[Any, Any]") -> str:
    mark = " PK" if field.primary_key else " FK" if isinstance(field, ForeignKey) else ""
    if field.unique and not field.primary_key:
        mark = " UK"
    kind = field.get_internal_type().removesuffix("Field").lower()
    return f"{kind} {field.column}{mark}"
