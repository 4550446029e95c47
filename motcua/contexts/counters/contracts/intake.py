"""Nhận tại quầy: what has been typed of the person in front of the receiver."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Self
from uuid import UUID

from motcua.contexts.dossiers.contracts import ReturnForm
from motcua.contexts.dossiers.contracts.counter import Outcome, TakenIn
from motcua.kernel.errors import Conflict, Invalid


class Came(StrEnum):
    """How a paper came to the desk."""

    SHOWN = "shown"  # looked at, handed back
    HANDED = "handed"  # stays, to be scanned
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One procedure of the visit. answers: as typed; papers: by component.

    told: the questions that a register filled.
    """

    code: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    papers: Mapping[str, str] = field(default_factory=dict)
    told: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """person_id None: nobody is found yet. reason, citation: for not receiving.

    notice: why a register told nothing, while that is so.
    """

    person_id: UUID | None = None
    phone: str = ""
    return_form: ReturnForm = ReturnForm.COUNTER
    items: tuple[Item, ...] = ()
    reason: str = ""
    citation: str = ""
    notice: str = ""

    def table(self) -> dict[str, Any]:
        return {
            "person_id": str(self.person_id) if self.person_id else "",
            "phone": self.phone,
            "return_form": self.return_form,
            "reason": self.reason,
            "citation": self.citation,
            "notice": self.notice,
            "items": [
                {
                    "code": one.code,
                    "answers": dict(one.answers),
                    "papers": dict(one.papers),
                    "told": list(one.told),
                }
                for one in self.items
            ],
        }

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Self:
        return cls(
            person_id=UUID(table["person_id"]) if table["person_id"] else None,
            phone=table["phone"],
            return_form=ReturnForm(table["return_form"]),
            reason=table["reason"],
            citation=table["citation"],
            notice=table.get("notice", ""),
            items=tuple(Item(**one) for one in table["items"]),
        )

    @property
    def visit(self) -> str:
        """Whom and what a page shows; "" while nobody stands here. A page that was left open for
        somebody else says another one.
        """
        if self.person_id is None:
            return ""
        told = "|".join([str(self.person_id), *(one.code for one in self.items)])
        return sha256(told.encode()).hexdigest()[:16]

    def with_item(self, code: str) -> Self:
        return replace(self, items=(*self.items, Item(code=code)))

    def without_item(self, number: int) -> Self:
        kept = tuple(one for n, one in enumerate(self.items) if n != number)
        return replace(self, items=kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The version that a page shows, so that of two tabs the later is told."""

    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What the visit became, and when."""

    outcome: Outcome
    dossiers: tuple[TakenIn, ...]
    at: datetime


class IntakeMoved(Conflict):
    sentence = "Lượt nhận này vừa đổi ở thẻ khác của trình duyệt. Trang đã lấy bản mới nhất."


class NobodyYet(Invalid):
    sentence = "Bạn quét thẻ hoặc nhập số của người nộp trước."
