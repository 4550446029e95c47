"""A birth registration as a program sends it."""

from datetime import timedelta
from typing import Any

from e2e.api.client import Program
from motcua.contexts.dossiers.testing import ANSWERS, BIRTH
from motcua.kernel.clock import city_date, now


def a_birth(sender: Program, **changed: object) -> dict[str, Any]:
    """What to post: complete, with its paper uploaded."""
    born_on = city_date(now()) - timedelta(days=10)
    return {
        "procedure_code": BIRTH,
        "ward_code": "26740",
        "answers": {**ANSWERS, "child_born_on": born_on.isoformat(), **changed},
        "papers": [{"component_key": "giay_chung_sinh", "file_id": sender.keeps("chung-sinh.pdf")}],
    }


def sends_a_birth(sender: Program, **changed: object) -> str:
    """The code of the dossier."""
    sent = sender.posts("/dossiers", a_birth(sender, **changed))
    assert sent.status == 201, sent.text()
    return str(sent.json()["code"])
