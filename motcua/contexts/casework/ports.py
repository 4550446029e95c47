"""What casework asks of the kinds of case: where open work goes after an act of reorganisation."""

from collections.abc import Callable
from datetime import date

from motcua.contexts.casework.contracts import CaseUnits

Router = Callable[[str, CaseUnits, date], CaseUnits]
_routers: dict[str, Router] = {}


def register_router(kind: str, router: Router) -> None:
    """router: of a case with this subject code, whose old units were replaced by their heirs, the
    units that do its work from that day on. Without one the heirs do.
    """
    _routers[kind] = router


def routed(kind: str, subject_code: str, heirs: CaseUnits, on: date) -> CaseUnits:
    router = _routers.get(kind)
    return router(subject_code, heirs, on) if router else heirs


KeyOf = Callable[[str, date], str]
_keys: dict[str, KeyOf] = {}


def register_key(kind: str, key: KeyOf) -> None:
    """key: the agency key that competence for a case of this subject code is looked up by."""
    _keys[kind] = key


def key_of(kind: str, subject_code: str, on: date) -> str:
    key = _keys.get(kind)
    return key(subject_code, on) if key else ""
