"""Từ trang web: the raw answers of one page out of an HTML post.

Names of inputs are paths: `key`, `key.day` `key.month` `key.year`, `key.ward` `key.street`
`key.old` `key.became`, `key.name` `key.file`,
`key.0.field`. Anything else in the post is not ours and is left alone.
"""

from collections.abc import Iterable, Mapping, Sequence

from motcua.kernel.forms.schema import FieldType, Question

Post = Mapping[str, Sequence[str]]
_PARTS = {
    FieldType.DATE: ("day", "month", "year"),
    FieldType.ADDRESS: ("ward", "street", "old", "became"),
    FieldType.SIGNATURE: ("name", "file"),
}


def raw_from_post(questions: Iterable[Question], post: Post) -> dict[str, object]:
    """Question key to raw value. `post`: every name with its list of values (`dict(lists())`)."""
    return {q.key: value for q in questions if (value := _raw(q, q.key, post)) is not None}


def _raw(question: Question, name: str, post: Post) -> object:
    if question.type is FieldType.MULTI_CHOICE:
        return [value for value in post.get(name, ()) if value]
    if question.type is FieldType.GROUP:
        return _items(question, name, post)
    if name in post:
        return post[name][-1] if post[name] else ""
    parts = {
        part: post[f"{name}.{part}"][-1]
        for part in _PARTS.get(question.type, ())
        if post.get(f"{name}.{part}")
    }
    return parts or None


def _items(question: Question, name: str, post: Post) -> list[dict[str, object]]:
    """Rows in the order of their numbers, which may have holes after a removal."""
    rows = {
        int(rest[0])
        for key in post
        if key.startswith(f"{name}.")
        and (rest := key[len(name) + 1 :].split("."))[0].isdecimal()
        and len(rest[0]) <= 3
    }
    return [
        {f.key: _raw(f, f"{name}.{row}.{f.key}", post) for f in question.fields}
        for row in sorted(rows)
    ]
