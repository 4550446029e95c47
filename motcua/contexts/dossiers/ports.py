"""Cổng nối: what a service pack may add to a dossier of its procedure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.kernel.forms import FieldError, Refusal

Check = Callable[[Mapping[str, object], date], Sequence[Refusal]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePack:
    """The special part of one procedure: cross-field rules and the paper of its result."""

    procedure_code: str
    check: Check | None = None
    result_template: str = ""  # Typst source; empty: the plain result letter


_packs: dict[str, ServicePack] = {}


def register_pack(pack: ServicePack) -> None:
    """Called from the ready() of the services application; the same code again replaces."""
    _packs[pack.procedure_code] = pack


def pack_of(procedure_code: str) -> ServicePack | None:
    return _packs.get(procedure_code)


def refused_by_rules(
    procedure_code: str, answers: Mapping[str, object], today: date
) -> tuple[FieldError, ...]:
    """What the rules of the pack refuse, the law last. answers: cleaned; some may be missing."""
    pack = _packs.get(procedure_code)
    found = pack.check(answers, today) if pack and pack.check else ()
    return tuple(
        FieldError(
            path=one.field,
            code=one.code,
            message=f"{one.message} ({one.citation})" if one.citation else one.message,
        )
        for one in found
    )


def result_template_of(procedure_code: str) -> str:
    """The Typst source of the result; a procedure without its own uses the plain letter, which
    is registered under the empty code."""
    own, plain = _packs.get(procedure_code), _packs.get("")
    if own and own.result_template:
        return own.result_template
    return plain.result_template if plain else ""
