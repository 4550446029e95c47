"""Ghi JSON: the same bytes for the same content, readable by people."""

import json

from django.core.serializers.json import DjangoJSONEncoder


def as_json(value: object) -> bytes:
    text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode()
