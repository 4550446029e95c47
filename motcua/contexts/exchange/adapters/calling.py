"""One call to a neighbour, with its breaker, its time limit and its line in the log."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from motcua.contexts.exchange.adapters import registry
from motcua.contexts.exchange.contracts import (
    NeighbourDown,
    NeighbourRefused,
    Outcome,
    UnknownConnector,
)
from motcua.contexts.exchange.models import ExchangeMessage
from motcua.kernel import clock
from motcua.kernel.crypto import blind_index


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of whom, why and for whom."""

    connector: str
    operation: str
    payload: Mapping[str, object]
    key: str
    purpose: str
    actor_kind: str
    account_id: UUID | None
    attempt: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The answer or the problem, and the line for the log (not yet saved)."""

    answer: Mapping[str, object] | None
    problem: NeighbourDown | NeighbourRefused | None
    line: ExchangeMessage


def call(question: Question) -> Heard:
    """Never raises for a neighbour's fault. Raises: UnknownConnector.

    The clock is read here: what matters to the breaker and the log is when we really called.
    """
    connector = registry.connector(question.connector)
    if question.operation not in connector.operations:
        raise UnknownConnector(connector=question.connector, operation=question.operation)
    breaker = registry.breaker(question.connector)
    if not breaker.lets_through(clock.now()):
        problem = NeighbourDown(reason="resting", connector=question.connector)
        return _heard(question, problem=problem, outcome=Outcome.NOT_TRIED)
    seconds = connector.operations[question.operation].seconds
    began = time.monotonic()
    try:
        answer = connector.call(
            question.operation, question.payload, key=question.key, seconds=seconds
        )
    except NeighbourDown as problem:
        breaker.failed(clock.now())
        return _heard(question, problem=problem, outcome=Outcome.DOWN, began=began)
    except NeighbourRefused as problem:
        breaker.answered()
        return _heard(question, problem=problem, outcome=Outcome.REFUSED, began=began)
    breaker.answered()
    return _heard(question, answer=answer, outcome=Outcome.ANSWERED, began=began)


def _heard(
    question: Question,
    *,
    outcome: Outcome,
    answer: Mapping[str, object] | None = None,
    problem: NeighbourDown | NeighbourRefused | None = None,
    began: float | None = None,
) -> Heard:
    line = ExchangeMessage(
        at=clock.now(),
        connector=question.connector,
        operation=question.operation,
        key=question.key[:200],
        purpose=question.purpose[:48],
        actor_kind=question.actor_kind,
        account_id=question.account_id,
        attempt=question.attempt,
        outcome=outcome,
        reason=problem.reason if problem else "",
        took_ms=int((time.monotonic() - began) * 1000) if began else 0,
        sent_digest=_digest(question.payload),
        heard_digest=_digest(answer) if answer is not None else None,
    )
    return Heard(answer=answer, problem=problem, line=line)


def _digest(body: Mapping[str, object]) -> bytes:
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, default=str)
    told = canonical.encode(errors="backslashreplace").decode()  # half a character is no text
    return blind_index(told, scope="exchange.body")
