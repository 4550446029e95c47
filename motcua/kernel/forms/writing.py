"""Ghi biểu mẫu: a Form as the table that `parse_form` reads back, and as JSON Schema."""

from collections.abc import Mapping

from motcua.kernel.forms.conditions import condition_table
from motcua.kernel.forms.schema import FieldType, Form, Page, Question, text_limit


def form_table(form: Form) -> dict[str, object]:
    """The table that `parse_form` reads back to an equal form; values fit JSON."""
    return {"page": [_page_table(page) for page in form.pages]}


def _page_table(page: Page) -> dict[str, object]:
    table: dict[str, object] = {"key": page.key, "title": page.title}
    table |= {n: v for n in ("title_en", "help", "help_en") if (v := getattr(page, n))}
    if page.show_if is not None:
        table["show_if"] = condition_table(page.show_if)
    return table | {"question": [_question_table(q) for q in page.questions]}


def _question_table(question: Question) -> dict[str, object]:
    table: dict[str, object] = {
        "key": question.key,
        "label": question.label,
        "type": question.type.value,
        "required": question.required,
        "data_class": question.data_class.value,
    }
    names = ("label_en", "help", "help_en", "example", "legal", "prefill", "evidence")
    more = ("choices_from", "item_title", "item_title_en", "max_length", "integer", "unit")
    for name in (*names, *more, "anywhere"):
        if value := getattr(question, name):
            table[name] = value
    table |= {
        n: v for n, v in (("min", question.minimum), ("max", question.maximum)) if v is not None
    }
    table |= {n: list(v) for n in ("digits", "suggestions") if (v := getattr(question, n))}
    if question.options:
        table["options"] = [
            {"value": o.value, "label": o.label} | ({"label_en": o.label_en} if o.label_en else {})
            for o in question.options
        ]
    if question.show_if is not None:
        table["show_if"] = condition_table(question.show_if)
    if question.fields:
        table["field"] = [_question_table(field) for field in question.fields]
    return table


def _parts(optional: Mapping[str, object] | None = None, **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [*properties],
        "properties": {**properties, **(optional or {})},
    }


_FIXED: Mapping[FieldType, Mapping[str, object]] = {
    FieldType.DATE: {"type": "string", "format": "date"},
    FieldType.YES_NO: {"type": "boolean"},
    FieldType.DECLARATION: {"const": True},
    FieldType.EMAIL: {"type": "string", "format": "email"},
    FieldType.ADDRESS: _parts(
        {"old_ward": {"type": "string", "pattern": r"^\d{3,5}$"}},
        ward={"type": "string", "pattern": r"^\d{5}$"},
        street={"type": "string", "maxLength": 300},
    ),
    FieldType.MAP_POINT: _parts(lat={"type": "number"}, lng={"type": "number"}),
    FieldType.SIGNATURE: _parts(
        name={"type": "string", "maxLength": 200}, file={"type": "string", "maxLength": 36}
    ),
}
_PATTERNS = {FieldType.PERSONAL_NUMBER: r"^\d{12}$", FieldType.PHONE: r"^0\d{9,10}$"}


def to_json_schema(form: Form, *, language: str = "vi") -> dict[str, object]:
    """JSON Schema 2020-12 of the answers, in their cleaned form, for API callers.

    Questions that appear only under a condition are optional here and carry `x-show-if`;
    the server decides with the same code as the pages.
    """
    always = [p for p in form.pages if p.show_if is None]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": False,
        "properties": {q.key: _property(q, language) for q in form.questions()},
        "required": [q.key for p in always for q in p.questions if q.required and not q.show_if],
    }


def _property(question: Question, language: str) -> dict[str, object]:
    schema = _shape(question, language) | {"title": question.label_in(language)}
    if question.help:
        schema["description"] = question.help_in(language)
    if question.example:
        schema["examples"] = [question.example]
    if question.prefill:
        schema["x-prefill"] = question.prefill
    if question.anywhere:
        schema["x-anywhere"] = True
    if question.show_if is not None:
        schema["x-show-if"] = condition_table(question.show_if)
    return schema


def _shape(question: Question, language: str) -> dict[str, object]:
    match question.type:
        case FieldType.NUMBER | FieldType.MONEY:
            whole = question.integer or question.type is FieldType.MONEY
            return {"type": "integer" if whole else "number"} | _limits(question)
        case FieldType.CHOICE:
            return _choice(question)
        case FieldType.MULTI_CHOICE:
            return {"type": "array", "uniqueItems": True, "items": _choice(question)}
        case FieldType.GROUP:
            return _group(question, language)
        case kind if kind in _FIXED:
            return dict(_FIXED[kind])
        case kind:
            return _text(question, _PATTERNS.get(kind))


def _limits(question: Question) -> dict[str, object]:
    limits = (("minimum", question.minimum), ("maximum", question.maximum))
    return {name: value for name, value in limits if value is not None}


def _choice(question: Question) -> dict[str, object]:
    if question.options:
        return {"type": "string", "enum": [option.value for option in question.options]}
    return {"type": "string", "x-choices-from": question.choices_from}


def _group(question: Question, language: str) -> dict[str, object]:
    return {
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "properties": {f.key: _property(f, language) for f in question.fields},
            "required": [f.key for f in question.fields if f.required and f.show_if is None],
        },
    }


def _text(question: Question, pattern: str | None) -> dict[str, object]:
    schema: dict[str, object] = {"type": "string", "maxLength": text_limit(question)}
    if question.digits:
        least, most = question.digits
        pattern = rf"^\d{{{least},{most}}}$"
    return schema | ({"pattern": pattern} if pattern else {})
