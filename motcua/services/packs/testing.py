"""Thử gói dịch vụ: answers against a pack's form and rules, and its result on paper."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers.ports import ServicePack, pack_of
from motcua.kernel.forms import Form, parse_form, validate

# A working day on which every sample of a pack is filed.
FILED_ON = date(2026, 11, 23)

TUYET: Mapping[str, object] = {
    "full_name": "Nguyễn Thị Ánh Tuyết",
    "personal_number": "079190999001",
    "born_on": "1990-05-12",
    "address": {"ward": "26740", "street": "12 Lê Lợi"},
    "phone": "0900000001",
}
KHOA: Mapping[str, object] = {
    "full_name": "Lê Minh Khoa",
    "personal_number": "079188999002",
    "born_on": "1988-03-02",
    "address": {"ward": "26740", "street": "12 Lê Lợi"},
}


def named(prefix: str, person: Mapping[str, object], *only: str) -> dict[str, object]:
    """Answers about a person under the keys of a form: `requester_full_name` and so on."""
    return {f"{prefix}_{key}": value for key, value in person.items() if not only or key in only}


class Pack:
    """The pack in whose folder the test stands: `Pack(__file__)`."""

    def __init__(self, file: str) -> None:
        self.folder = Path(file).resolve().parent

    @property
    def form(self) -> Form:
        return parse_form(self._table("form.toml"))

    @property
    def special(self) -> ServicePack:
        """What the pack gave to the dossiers when the services started."""
        procedure: Mapping[str, str] = self._table("procedure.toml")["procedure"]
        pack = pack_of(procedure["code"])
        assert pack is not None
        return pack

    def _table(self, name: str) -> dict[str, Any]:
        return tomllib.loads((self.folder / name).read_text(encoding="utf-8"))

    def refusals(
        self, answers: Mapping[str, object], *, today: date = FILED_ON, **changed: object
    ) -> dict[str, str]:
        """What form and rules refuse, sentence by question. `changed` wins; None: no answer."""
        said = {k: v for k, v in {**answers, **changed}.items() if v is not None}
        checked = validate(self.form, said, today=today)
        check = self.special.check
        if checked.errors or check is None:
            return checked.by_path
        return {refusal.field: refusal.message for refusal in check(checked.cleaned, today)}

    def paper(self, answers: Mapping[str, object], **facts: object) -> bytes:
        """The result as PDF, as the clerk would issue it."""
        data = {
            "superior": "Ủy ban nhân dân Thành phố Hồ Chí Minh",
            "agency": "Ủy ban nhân dân Phường Sài Gòn",
            "number": "15",
            "place": "Thành phố Hồ Chí Minh",
            "date": FILED_ON.isoformat(),
            "dossier_code": "H29.99-20261123-0000001",
            "signer": {"name": "Đỗ Thanh Vân", "title": "Phó Chủ tịch", "capacity": "KT. Chủ tịch"},
            "answers": answers,
            "shown": {k: _in_words(v) for k, v in answers.items() if not isinstance(v, list)},
        }
        return documents.render_result(self.special.result_template, {**data, **facts})


def _in_words(answer: object) -> object:
    return f"{answer['street']}, Phường Sài Gòn" if isinstance(answer, Mapping) else answer
