"""Điều kiện: a small safe tree over answers; no code is ever run from data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Operator = Literal["is", "in", "gt", "gte", "lt", "lte", "empty", "contains"]
OPERATORS: tuple[Operator, ...] = ("is", "in", "gt", "gte", "lt", "lte", "empty", "contains")
ORDERED: frozenset[str] = frozenset({"gt", "gte", "lt", "lte"})
_SAID = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of one answer."""

    __test__ = False  # not a test case for pytest

    question: str
    operator: Operator
    value: object


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Condition"


Condition = Test | All | AnyOf | Not


class ConditionFault(ValueError):
    """The table does not read as a condition; the sentence says what to write instead."""


def parse_condition(table: object) -> Condition:
    """A condition from its TOML or JSON table. Raises: ConditionFault."""
    if not isinstance(table, Mapping):
        raise ConditionFault('điều kiện phải là một bảng, ví dụ {question = "a", is = "yes"}')
    keys = set(table)
    if keys == {"all"}:
        return All(_parts(table["all"]))
    if keys == {"any"}:
        return AnyOf(_parts(table["any"]))
    if keys == {"not"}:
        return Not(parse_condition(table["not"]))
    return _test(table, keys)


def _parts(value: object) -> tuple[Condition, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        raise ConditionFault("«all» và «any» cần một danh sách ít nhất một điều kiện")
    return tuple(parse_condition(part) for part in value)


def _test(table: Mapping[str, object], keys: set[str]) -> Test:
    question = table.get("question")
    operators = [name for name in OPERATORS if name in keys]
    if not isinstance(question, str) or len(operators) != 1 or len(keys) != 2:
        raise ConditionFault(
            "cần «question» và đúng một phép so: " + ", ".join(OPERATORS) + "; hoặc all, any, not"
        )
    operator = operators[0]
    value = _plain(table[operator])
    if operator == "in":
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise ConditionFault("«in» cần một danh sách giá trị")
        value = tuple(_plain(item) for item in value)
    if operator == "empty" and not isinstance(value, bool):
        raise ConditionFault("«empty» cần true hoặc false")
    return Test(question, operator, value)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def condition_table(condition: Condition) -> dict[str, object]:
    """The table that `parse_condition` reads back to the same condition."""
    match condition:
        case All(parts):
            return {"all": [condition_table(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [condition_table(part) for part in parts]}
        case Not(part):
            return {"not": condition_table(part)}
        case Test(question, operator, value):
            return {
                "question": question,
                operator: list(value) if isinstance(value, tuple) else value,
            }


def names_in(condition: Condition) -> Iterator[str]:
    """Every question the condition looks at."""
    for test in tests_in(condition):
        yield test.question


def tests_in(condition: Condition) -> Iterator[Test]:
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from tests_in(part)
        case Not(part):
            yield from tests_in(part)
        case Test():
            yield condition


def holds(
    condition: Condition | None, answers: Mapping[str, object], *, today: date | None = None
) -> bool:
    """Whether the answers satisfy it. A question without an answer satisfies only `empty`."""
    match condition:
        case None:
            return True
        case All(parts):
            return all(holds(part, answers, today=today) for part in parts)
        case AnyOf(parts):
            return any(holds(part, answers, today=today) for part in parts)
        case Not(part):
            return not holds(part, answers, today=today)
        case Test(question, operator, value):
            return _compare(answers.get(question), operator, value, today)


def _compare(answer: object, operator: Operator, value: object, today: date | None) -> bool:
    missing = answer is None or answer == "" or answer == []
    if operator == "empty":
        return missing is value
    if missing:
        return False
    if operator == "is":
        return _same(answer, value)
    if operator == "in":
        return isinstance(value, tuple) and any(_same(answer, item) for item in value)
    if operator == "contains":
        return isinstance(answer, list) and value in answer
    return _ordered(answer, operator, value, today)


def _same(answer: object, value: object) -> bool:
    if isinstance(answer, bool):
        said = _SAID.get(value, value) if isinstance(value, str) else value
        return isinstance(said, bool) and answer is said
    return answer == value and not isinstance(value, bool)


def _ordered(answer: object, operator: Operator, value: object, today: date | None) -> bool:
    if value == "today":
        if today is None:
            return False
        value = today.isoformat()
    if isinstance(answer, str) and isinstance(value, str):
        return _fits(operator, (answer > value) - (answer < value))
    if isinstance(answer, int | float) and isinstance(value, int | float):
        return _fits(operator, (answer > value) - (answer < value))
    return False


def _fits(operator: Operator, sign: int) -> bool:
    return {"gt": sign > 0, "gte": sign >= 0, "lt": sign < 0, "lte": sign <= 0}[operator]
