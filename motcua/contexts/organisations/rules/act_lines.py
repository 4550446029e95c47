"""Dòng của quyết định: an act as people write it, line by line, read into units and passings.

A line that cannot be read is named with its number; every line is read before anything is refused.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from motcua.contexts.organisations.contracts import (
    ActText,
    AgencyKey,
    Level,
    UnitKind,
    UnitView,
)
from motcua.contexts.organisations.rules.plan import CityPlan, PlannedRuling, PlannedUnit, uid
from motcua.contexts.organisations.rules.succession import Passing
from motcua.kernel.codes import ProcedureCode, WardCode
from motcua.kernel.text import nfc

PART, WORK = "một phần", "nhận việc"
IdOf = Callable[[str], UUID]  # of a planned unit, by its uid
MOST_LINES, LONGEST_CODE, LONGEST_NAME = 2000, 40, 200


@dataclass(frozen=True, slots=True)
class Mistake:
    """field: of ActText. line: from 1; 0 where it is not about one line."""

    field: str
    line: int
    text: str

    @property
    def sentence(self) -> str:
        return f"Dòng {self.line}: {self.text}" if self.line else self.text


@dataclass(slots=True)
class Read:
    """What the lines say, and what is wrong with them."""

    passings: list[Passing] = field(default_factory=list)
    opens: CityPlan = field(default_factory=CityPlan)
    mistakes: list[Mistake] = field(default_factory=list)


def read_act(text: ActText, known: Mapping[str, UnitView], id_of: IdOf) -> Read:
    """known: units by code on the day of the act. id_of: the id a planned unit will have."""
    return _Reader(text, known, id_of).read()


class _Reader:
    def __init__(self, text: ActText, known: Mapping[str, UnitView], id_of: IdOf) -> None:
        self.text, self.known, self.id_of = text, known, id_of
        self.found = Read()
        self.planned: dict[str, PlannedUnit] = {}
        self.places: set[tuple[str, ...]] = set()
        self.kinds: dict[str, UnitKind] = {}  # of new units: of what passes into them first

    def read(self) -> Read:
        passes = list(self._lines("passes", self.text.passes))
        for _number, line in passes:
            old, new, _marks = _halves(line)
            if old in self.known and new:
                self.kinds.setdefault(new, self.known[old].kind)
        for number, line in self._lines("opens", self.text.opens):
            self._open(number, line)
        for number, line in passes:
            self._pass(number, line)
        self._heirs_stay()
        for number, line in self._lines("rulings", self.text.rulings):
            self._rule(number, line)
        if not (self.found.passings or self.found.opens.rulings or self.found.mistakes):
            self._wrong("passes", 0, "Quyết định chưa đổi gì. Bạn ghi ít nhất một dòng.")
        self.found.opens.units = list(self.planned.values())
        return self.found

    def _lines(self, name: str, lines: Sequence[str]) -> Iterable[tuple[int, str]]:
        if len(lines) > MOST_LINES:
            self._wrong(name, 0, f"Nhiều hơn {MOST_LINES} dòng. Bạn chia thành nhiều quyết định.")
            return ()
        return ((n, nfc(line).strip()) for n, line in enumerate(lines, 1) if line.strip())

    def _open(self, number: int, line: str) -> None:
        """`mã | tên đầy đủ | tên ngắn | mã cấp trên | mã phường`, the last two may stay empty."""
        code, name, short, above, ward = _cells(line, 5)
        if not (code and name) or len(code) > LONGEST_CODE:
            return self._wrong("opens", number, "cần mã và tên đầy đủ, cách nhau bằng dấu |.")
        if len(name) > LONGEST_NAME:
            return self._wrong("opens", number, f"tên dài hơn {LONGEST_NAME} chữ.")
        if not _is_ward(ward):
            return self._wrong("opens", number, f"mã phường «{ward[:20]}» không đúng dạng.")
        parent = self._uid_of(above) if above else None
        if above and parent is None:
            return self._wrong("opens", number, f"không có đơn vị cấp trên «{above}».")
        if code in self.planned:
            return self._wrong("opens", number, f"mã «{code}» đã có ở dòng trên.")
        self.planned[code] = PlannedUnit(
            code=code,
            name=name,
            short_name=(short or name)[:100],
            kind=self.kinds.get(code, UnitKind.DIVISION),
            parent=parent,
            ward_code=ward,
            invented=True,
            valid_from=self.text.effective_on,
        )
        return None

    def _pass(self, number: int, line: str) -> None:
        """`mã cũ > mã mới; một phần; nhận việc`; without a new code the unit is dissolved."""
        old, new, marks = _halves(line)
        unknown = [mark for mark in marks if mark not in {PART, WORK}]
        if old not in self.known:
            return self._wrong("passes", number, f"không có đơn vị «{old}» vào ngày đó.")
        if unknown:
            return self._wrong(
                "passes", number, f"không hiểu «{unknown[0]}»; chỉ có «{PART}», «{WORK}»."
            )
        new_id = self._id_of(new) if new else None
        if new and new_id is None:
            return self._wrong("passes", number, f"không có đơn vị «{new}», cũng chưa mở mới.")
        passing = Passing(self.known[old].id, new_id, PART in marks, WORK in marks)
        if any((p.old_id, p.new_id) == (passing.old_id, new_id) for p in self.found.passings):
            return self._wrong("passes", number, "trùng với một dòng trên.")
        if new_id == passing.old_id:
            return self._wrong("passes", number, "một đơn vị không thể nhập vào chính nó.")
        self.found.passings.append(passing)
        return None

    def _heirs_stay(self) -> None:
        """What ends with the act takes nothing over: its work would be nobody's the same day."""
        ending = {one.old_id for one in self.found.passings}
        codes = {unit.id: unit.code for unit in self.known.values()}
        for new_id in {one.new_id for one in self.found.passings} & ending:
            code = codes.get(new_id, "") if new_id else ""
            self._wrong("passes", 0, f"«{code}» cũng kết thúc ngày đó nên không nhận thêm được.")

    def _rule(self, number: int, line: str) -> None:
        """`khóa | cấp | mã phường | mã cơ quan quyết định | mã đơn vị giải quyết | mã thủ tục`.

        With the code of a procedure it is about that one alone.
        """
        key, level, ward, authority, division, procedure = _cells(line, 6)
        if not _is_ward(ward):
            return self._wrong("rulings", number, f"mã phường «{ward[:20]}» không đúng dạng.")
        units = [self._uid_of(code) for code in (authority, division or authority)]
        if key not in AgencyKey.__members__ or level not in Level.__members__:
            return self._wrong("rulings", number, f"không có lĩnh vực «{key}» ở cấp «{level}».")
        if units[0] is None or units[1] is None:
            return self._wrong("rulings", number, "không có cơ quan hoặc đơn vị giải quyết.")
        if procedure and not ProcedureCode.parses(procedure):
            return self._wrong("rulings", number, f"«{procedure}» không phải mã thủ tục.")
        place = (key, level, ward, procedure)
        if place in self.places:
            return self._wrong("rulings", number, "trùng nơi với một dòng trên.")
        self.places.add(place)
        self.found.opens.rulings.append(
            PlannedRuling(
                key=key,
                level=level,
                ward_code=ward,
                authority=units[0],
                division=units[1],
                valid_from=self.text.effective_on,
                procedure_code=procedure,
            )
        )
        return None

    def _uid_of(self, code: str) -> str | None:
        """A unit that the act opens comes before one of that code that stands."""
        if code in self.planned:
            return self.planned[code].uid
        unit = self.known.get(code)
        return uid(unit.code, unit.valid_from) if unit else None

    def _id_of(self, code: str) -> UUID | None:
        if code in self.planned:
            return self.id_of(self.planned[code].uid)
        return self.known[code].id if code in self.known else None

    def _wrong(self, name: str, number: int, text: str) -> None:
        self.found.mistakes.append(Mistake(name, number, text))


def _is_ward(text: str) -> bool:
    """Empty means the whole city."""
    return not text or bool(WardCode.pattern.fullmatch(text))


def _halves(line: str) -> tuple[str, str, list[str]]:
    """(old code, new code or "", marks)."""
    ways, *marks = (part.strip() for part in line.split(";"))
    old, _sign, new = ways.partition(">")
    return old.strip(), new.strip(), [mark for mark in marks if mark]


def _cells(line: str, count: int) -> list[str]:
    cells = [cell.strip() for cell in line.split("|")][:count]
    return cells + [""] * (count - len(cells))
