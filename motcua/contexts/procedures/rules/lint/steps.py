"""Bước do người thiết kế viết: nothing that a citizen or an officer needs is left unsaid."""

from collections.abc import Iterator, Mapping

from motcua.contexts.casework.contracts import StepClock
from motcua.contexts.procedures.contracts import Definition, Finding, Source
from motcua.contexts.procedures.rules.lint.saying import error

NEEDED = {
    "name": "tên bước",
    "citizen_name": "tên người dân thấy",
    "citizen_name_en": "tên người dân thấy, tiếng Anh",
    "citizen_text": "người dân thấy gì",
    "citizen_text_en": "người dân thấy gì, tiếng Anh",
    "citizen_do": "người dân cần làm gì",
    "citizen_do_en": "người dân cần làm gì, tiếng Anh",
    "message": "tin nhắn khi tới bước",
    "message_en": "tin nhắn khi tới bước, tiếng Anh",
    "seat": "đơn vị làm",
    "role": "chức danh",
    "hours": "giờ làm việc",
    "clock": "quy tắc đồng hồ",
}
CLOCKS = {
    StepClock.RECEIVING: "đồng hồ tiếp nhận chạy",
    StepClock.RUNS: "đồng hồ giải quyết chạy",
    StepClock.ENDED: "đồng hồ đã dừng",
}


def step_findings(
    definition: Definition, clocks: Mapping[str, frozenset[StepClock]]
) -> Iterator[Finding]:
    """Only of what designers write here: tables of the repository have rules of their own.

    clocks: by step, which clocks can run there, as the run of all ways found it.
    """
    if definition.source is not Source.EDITOR or not definition.process:
        return
    steps = definition.process.get("step", ())
    for step in steps if isinstance(steps, list | tuple) else ():
        path = f"process.step[{step.get('key', '')}]"
        for name, said in NEEDED.items():
            if step.get(name) in (None, ""):
                yield error(f"{path}.{name}", f"Bước «{step.get('name', '')}» thiếu {said}.")
        if not step.get("hours") and step.get("hours") is not None:
            yield error(f"{path}.hours", f"Bước «{step.get('name', '')}» có 0 giờ làm việc.")
        yield from _clock(step, path, clocks.get(str(step.get("key")), frozenset()))


def _clock(step: Mapping[str, object], path: str, real: frozenset[StepClock]) -> Iterator[Finding]:
    """What is promised must be what the way of a case makes of it."""
    said = step.get("clock")
    if said in set(StepClock) and real and StepClock(str(said)) not in real:
        found = " hoặc ".join(CLOCKS[one] for one in sorted(real))
        yield error(
            f"{path}.clock",
            f"Bước «{step.get('name', '')}» ghi {CLOCKS[StepClock(str(said))]}, "
            f"nhưng khi hồ sơ tới đây thì {found}.",
        )
