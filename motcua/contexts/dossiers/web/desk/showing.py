"""Hồ sơ bằng lời cho cán bộ: the clock, the path, files and answers as parts of a page."""

from collections.abc import Mapping, Sequence
from datetime import date

from motcua.contexts.casework.contracts import ClockDay, DayKind, Derivation, Timeliness
from motcua.contexts.documents.contracts import FileView
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DossierView, StageView
from motcua.contexts.dossiers.queries.rulings import is_disputed
from motcua.contexts.dossiers.rules.showing import shown_answer
from motcua.contexts.dossiers.web.scanning import scan_state
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.forms import FieldType, Page, Provenance, ProvenanceKind
from motcua.ui import dates, words
from motcua.ui.calendar import due_days
from motcua.ui.parts import Chip, Due, RiverStep, Tone

REGISTERS = {"population": "Dân cư", "evidence": "Giấy đã số hóa"}
TIME_CHIPS: dict[Timeliness, Chip] = {
    Timeliness.RUNNING_OK: Chip(label="Đúng tiến độ", tone=Tone.OK, icon="circle-check"),
    Timeliness.DUE_SOON: Chip(label="Sắp đến hẹn", tone=Tone.GO, icon="clock"),
    Timeliness.OVERDUE: Chip(label="Trễ hẹn", tone=Tone.LATE, icon="triangle-alert"),
    Timeliness.PAUSED: Chip(label="Đồng hồ dừng", icon="pause"),
    Timeliness.EARLY: Chip(label="Xong sớm", tone=Tone.OK, icon="circle-check"),
    Timeliness.ON_TIME: Chip(label="Xong đúng hẹn", tone=Tone.OK, icon="circle-check"),
    Timeliness.LATE: Chip(label="Xong trễ", tone=Tone.LATE, icon="triangle-alert"),
}


def due_of(clock: Derivation, days: Sequence[ClockDay], *, today: date) -> Due:
    """The clock card: date, state, calendar, and why."""
    if clock.due_at is None or clock.started_at is None:
        return Due(due="Tính từ khi tiếp nhận", explanation=(clock.sentence,))
    off = {day.on for day in days if day.kind is DayKind.OFF}
    due = city_time(clock.due_at)
    return Due(
        due=dates.long_day(due),
        state=TIME_CHIPS.get(clock.timeliness),
        remaining=clock.left_text,
        days=due_days(
            city_date(clock.started_at),
            city_date(clock.due_at),
            today=today,
            is_working=lambda on: on not in off,
            paused={day.on for day in days if day.kind is DayKind.PAUSE},
        ),
        days_label=clock.sentence,
        explanation=(clock.sentence, *(line.text for line in clock.lines[1:])),
        question=f"Vì sao là {dates.short_day(due)}?",
    )


def river(stages: Sequence[StageView]) -> tuple[RiverStep, ...]:
    """The path: when each step was done, where it is now."""
    return tuple(
        RiverStep(
            title=stage.name,
            state=stage.state,
            note=dates.city_moment(stage.at)
            if stage.at
            else stage.unit_name * (stage.state == "now"),
        )
        for stage in stages
    )


def file_words(file: FileView) -> str:
    """«1,2 MB, 3 trang», and what the scanner has not said or said."""
    pages = f", {file.pages} trang" if file.pages else ""
    state = scan_state(file)
    return f"{words.file_size(file.size)}{pages}" + (f" · {state.label}" if state else "")


def source_words(provenance: Mapping[str, Provenance]) -> dict[str, str]:
    """For each answer that a register or a paper gave: which one, and of when."""
    return {
        key: f"{REGISTERS.get(name, name)}, {dates.day(city_time(origin.at))}"
        for key, origin in provenance.items()
        if origin.kind in (ProvenanceKind.REGISTER, ProvenanceKind.SCANNED)
        for name in [origin.source.partition(".")[0]]
    }


def told_words(page: Page, dossier: DossierView) -> dict[str, str]:
    """What a register says otherwise than the applicant, under the answer."""
    told = {
        key: origin.told for key, origin in dossier.provenance.items() if is_disputed(dossier, key)
    }
    return {
        key: f"Khai khác cơ sở dữ liệu, nơi ghi: {words}"
        for key, words in shown_on(page, told).items()
    }


def shown_on(page: Page, answers: Mapping[str, object]) -> dict[str, str]:
    """Answers in words; a group as one line per item."""
    found = {}
    for question in page.questions:
        if question.key not in answers:
            continue
        value = shown_answer(
            question, answers[question.key], dossiers.ward_name, dossiers.old_ward_name
        )
        if question.type is FieldType.GROUP and isinstance(value, list):
            value = "\n".join(", ".join(f"{k}: {v}" for k, v in item.items()) for item in value)
        found[question.key] = str(value)
    return found
