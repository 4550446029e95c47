"""Mô tả API: the operations of /api/v1 as a page, from the description that machines read.

The page that the API library brings loads scripts from elsewhere, which our policy forbids.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.kernel import addresses
from motcua.kernel.access import open_to_all, route
from motcua.kernel.api import api
from motcua.kernel.web import page

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A value that is sent or answered. `kind` in the words of JSON Schema."""

    name: str
    kind: str
    where: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    method: str
    address: str
    who: str
    text: str
    fields: tuple[Field, ...]
    body: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A named object or list of words."""

    name: str
    text: str
    fields: tuple[Field, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiPage:
    description_url: str
    groups: tuple[tuple[str, tuple[Operation, ...]], ...]
    shapes: tuple[Shape, ...]


@require_safe
@route(open_to_all)
def api_page(request: HttpRequest) -> HttpResponse:
    return page(request, "open/api.html", _page())


def _page() -> ApiPage:
    schema = api.get_openapi_schema()
    found = sorted(_operations(schema["paths"]), key=lambda pair: pair[0])
    return ApiPage(
        description_url="/api/v1/openapi.json",
        groups=tuple(
            (tag, tuple(operation for _, operation in some))
            for tag, some in groupby(found, key=lambda pair: pair[0])
        ),
        shapes=tuple(_shape(name, one) for name, one in sorted(_shapes(schema).items())),
    )


def _operations(paths: Mapping[str, Mapping[str, Schema]]) -> Iterator[tuple[str, Operation]]:
    who = {(one.methods, one.address): one.access for one in addresses.operations()}
    for address, methods in paths.items():
        for method, told in methods.items():
            access = who.get((method.upper(), address))
            yield (
                told["tags"][0],
                Operation(
                    method=method.upper(),
                    address=address,
                    who=access.who if access else "",
                    text=told.get("description", told["summary"]),
                    fields=tuple(_parameter(one) for one in told.get("parameters", ())),
                    body=_content(told.get("requestBody", {})),
                    answers=tuple(
                        (str(code), _content(one)) for code, one in told["responses"].items()
                    ),
                ),
            )


def _shapes(schema: Schema) -> Mapping[str, Schema]:
    found: Mapping[str, Schema] = schema["components"]["schemas"]
    return found


def _shape(name: str, schema: Schema) -> Shape:
    must = set(schema.get("required", ()))
    return Shape(
        name=name,
        text=schema.get("description", ""),
        fields=tuple(
            Field(name=key, kind=_kind(one), where="", required=key in must)
            for key, one in schema.get("properties", {}).items()
        ),
        words=tuple(map(str, schema.get("enum", ()))),
    )


def _parameter(told: Schema) -> Field:
    return Field(
        name=told["name"],
        kind=_kind(told["schema"]),
        where=told["in"],
        required=bool(told.get("required")),
    )


def _content(told: Schema) -> str:
    """The kind of a body, by its type of content when that is not JSON."""
    for media, one in told.get("content", {}).items():
        kind = _kind(one.get("schema", {}))
        return kind if media == "application/json" else f"{kind} ({media})"
    return ""


def _kind(schema: Schema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " | ".join(map(_kind, schema["anyOf"]))
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    form = f" ({schema['format']})" if "format" in schema else ""
    return f"{schema.get('type', 'object')}{form}"
