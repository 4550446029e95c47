"""Những phần chung của trang: how contracts of dossiers become parts of a page."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.contexts.casework.contracts import ClockDay, DayKind, Derivation, Timeliness
from motcua.contexts.documents.contracts import FileView
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DossierLine, DraftView, StageView
from motcua.contexts.dossiers.rules.showing import shown_answer
from motcua.contexts.dossiers.web.scanning import scan_state
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import (
    Hit,
    ProcedureNotFound,
    ProcedureNotOpen,
    VersionView,
)
from motcua.contexts.reference import public as reference
from motcua.contexts.reference.contracts import PlaceView
from motcua.kernel import clock
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.forms import (
    FieldType,
    Page,
    Provenance,
    ProvenanceKind,
    Question,
    Refused,
    as_typed,
    cleaned,
    is_missing,
)
from motcua.kernel.money import Money
from motcua.ui import dates, words
from motcua.ui.calendar import due_days
from motcua.ui.parts import Chip, Due, FileRow, Landmark, Option, RiverStep, Tone
from motcua.ui.words import foreign, language

REGISTERS = {
    "population": "CSDL quốc gia về dân cư",
    "organisation": "Thông tin tổ chức đã đăng ký",
    "account": "Tài khoản của bạn",
    "civil_status": "CSDL hộ tịch",
    "land": "CSDL đất đai",
    "welfare": "CSDL an sinh xã hội",
    "education": "CSDL giáo dục",
}
MOST_OFFERED = 24  # communes that a street may lie in
TIME_CHIPS: dict[Timeliness, tuple[str, Tone, str]] = {
    Timeliness.RUNNING_OK: ("Đúng tiến độ", Tone.OK, "circle-check"),
    Timeliness.DUE_SOON: ("Sắp đến hẹn", Tone.GO, "clock"),
    Timeliness.OVERDUE: ("Trễ hẹn", Tone.LATE, "triangle-alert"),
    Timeliness.PAUSED: ("Đồng hồ dừng", Tone.PLAIN, "pause"),
    Timeliness.EARLY: ("Trả sớm", Tone.OK, "circle-check"),
    Timeliness.ON_TIME: ("Trả đúng hẹn", Tone.OK, "circle-check"),
    Timeliness.LATE: ("Trả trễ", Tone.LATE, "triangle-alert"),
}


def name_of(one: VersionView | Hit) -> str:
    return one.name_en if language() == "en" and one.name_en else one.name


def name_of_line(line: DossierLine) -> tuple[str, str]:
    """The procedure of a line, and the `lang` of the name where the page speaks another."""
    try:
        version = procedures.open_version(line.procedure_code, city_date(line.submitted_at))
    except (ProcedureNotFound, ProcedureNotOpen):
        return line.procedure_name, foreign()
    return name_of(version), "" if version.name_en else foreign()


def paper_name(version: VersionView, key: str, otherwise: str = "") -> tuple[str, str]:
    """What the reader calls the paper, and the `lang` of it where the page speaks another."""
    component = version.component(key)
    if component is None:
        return otherwise or key, foreign()
    if language() == "en" and component.name_en:
        return component.name_en, ""
    return component.name, foreign()


def headline(on: date) -> str:
    """«Thứ Tư, 25/11/2026», as the first words of a card."""
    said = dates.long_day(on)
    return said[:1].upper() + said[1:]


def on_day(at: datetime) -> str:
    return dates.day(city_time(at))


def ward_options(now: datetime) -> tuple[Option, ...]:
    return tuple(
        Option(value=c.code, label=c.full_name) for c in reference.communes(city_date(now))
    )


def source_words(provenance: Mapping[str, Provenance]) -> dict[str, str]:
    """For each answer that a register or a paper gave: which one, and of when."""
    found = {}
    for key, origin in provenance.items():
        if origin.kind is ProvenanceKind.REGISTER:
            register = REGISTERS.get(origin.source.split(".")[0], origin.source)
            found[key] = f"{_(register)}, {on_day(origin.at)}"
        elif origin.kind is ProvenanceKind.SCANNED:
            found[key] = _("Giấy đã số hóa, %(day)s") % {"day": on_day(origin.at)}
    return found


def told_words(page: Page, draft: DraftView) -> dict[str, str]:
    """For each answer that the person corrected: what the register says."""
    told = {k: o.told for k, o in draft.provenance.items() if o.told is not None}
    differing = {k: v for k, v in told.items() if v != draft.answers.get(k)}
    return {
        key: _("Cơ sở dữ liệu ghi: %(value)s. Hồ sơ vẫn nộp được, cán bộ sẽ đối chiếu.")
        % {"value": words}
        for key, words in shown_on(page, differing).items()
    }


def file_row(
    file: FileView | None,
    name: str,
    *,
    language: str = "",
    note: str = "",
    remove_url: str = "",
    with_hash: bool = False,
) -> FileRow:
    """A kept file under the name of its paper; without a file only the paper."""
    if file is None:
        return FileRow(name=name, language=language, note=note)
    size = words.file_size(file.size)
    if file.pages:
        size += ", " + ngettext("%(n)s trang", "%(n)s trang", file.pages) % {"n": file.pages}
    return FileRow(
        name=name,
        language=language,
        size=size,
        url=file.url,
        note=note or file.filename,
        sha256=file.sha256 if with_hash else "",
        remove_url=remove_url,
        state=scan_state(file),
    )


def due_of(clock: Derivation, days: Sequence[ClockDay], *, today: date) -> Due:
    """The card of the due date: date, state, calendar, and why."""
    if clock.due_at is None or clock.started_at is None:
        return Due(
            due=_("Tính từ khi tiếp nhận"),
            title=_("Ngày hẹn trả"),
            explanation=(clock.sentence,),
            question=_("Thời hạn tính thế nào?"),
        )
    due_at = city_time(clock.due_at)
    label, tone, icon = TIME_CHIPS.get(clock.timeliness, ("", Tone.PLAIN, ""))
    off = {day.on for day in days if day.kind is DayKind.OFF}
    return Due(
        due=headline(due_at),
        title=_("Ngày hẹn trả"),
        state=Chip(label=_(label), tone=tone, icon=icon) if label else None,
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
        question=_("Vì sao là %(day)s?") % {"day": dates.short_day(due_at)},
    )


def river(stages: Sequence[StageView], *, turn: bool = False) -> tuple[RiverStep, ...]:
    return tuple(_river_step(stage, turn) for stage in stages)


def _river_step(stage: StageView, turn: bool) -> RiverStep:
    english = bool(foreign() and stage.name_en and stage.text_en)
    text = stage.text_en if english else stage.text
    return RiverStep(
        title=stage.name_en if english else stage.name,
        state="turn" if stage.state == "now" and turn else stage.state,
        text="" if stage.state == "done" else text,
        note=_by_whom(stage),
        when=_when(stage),
        language="en" if english else "",
    )


def _by_whom(stage: StageView) -> str:
    """«Trần Văn Bảo, chuyên viên thụ lý · Phòng Tư pháp»; the desk where nobody is named."""
    who = f"{stage.who}, {stage.post}" if stage.who else stage.post[:1].upper() + stage.post[1:]
    return " · ".join(filter(None, (who, stage.unit_name)))


def _when(stage: StageView) -> str:
    """The day it was done, beside the expected one where it was later; else the expected day."""
    expected = {"day": on_day(stage.expected_at)} if stage.expected_at else None
    if stage.at is None:
        return _("Dự kiến xong %(day)s") % expected if expected else ""
    if stage.expected_at and city_date(stage.at) > city_date(stage.expected_at):
        said = {"moment": dates.city_moment(stage.at), "day": on_day(stage.expected_at)}
        return _("Xong %(moment)s, dự kiến là %(day)s") % said
    return _("Xong %(moment)s") % {"moment": dates.city_moment(stage.at)}


def shown_on(page: Page, answers: Mapping[str, object]) -> dict[str, str]:
    """Answers in words; a group as one line per item."""
    return {q.key: _shown(q, answers[q.key]) for q in page.questions if q.key in answers}


def said_on(page: Page, given: Mapping[str, object]) -> dict[str, str]:
    """As `shown_on`, also of what was typed and cannot be taken: that as it stands."""
    return {q.key: _said(q, given[q.key]) for q in page.questions if q.key in given}


def _said(question: Question, value: object) -> str:
    if is_missing(value):
        return ""
    if question.type is FieldType.GROUP and isinstance(value, list):
        rows = [item for item in value if isinstance(item, Mapping)]
        return "\n".join(
            ", ".join(_said(f, row.get(f.key)) for f in question.fields if row.get(f.key))
            for row in rows
        )
    try:
        return _shown(question, cleaned(question, value))
    except Refused:
        return " ".join(as_typed(value))


def _shown(question: Question, value: object) -> str:
    if question.type is FieldType.GROUP and isinstance(value, list):
        return "\n".join(_item(question, item) for item in value if isinstance(item, Mapping))
    if language() == "en":
        match question.type:
            case FieldType.YES_NO:
                return _("Có") if value else _("Không")
            case FieldType.DECLARATION:
                return _("Đã cam đoan")
            case FieldType.CHOICE | FieldType.MULTI_CHOICE if question.options:
                chosen = value if isinstance(value, list) else [value]
                labels = (question.option(one) for one in chosen)
                return ", ".join(label.label_in("en") for label in labels if label)
            case FieldType.SIGNATURE if isinstance(value, Mapping) and value.get("file"):
                return _("%(name)s (có chữ ký vẽ)") % {"name": value.get("name", "")}
    said = str(shown_answer(question, value, dossiers.ward_name, dossiers.old_ward_name))
    if question.type is FieldType.MONEY and isinstance(value, int):
        return f"{said} ({Money(value).in_words()})"
    return said


def became_options(text: str) -> tuple[Option, ...]:
    """What old communes of that name became; else the communes that a street of it may lie in."""
    return _became(text) or _on_street(text)


def anywhere_options(text: str) -> tuple[Option, ...]:
    """Communes of every province of that name, of today or of the past; else as for a street."""
    return tuple(_place(one) for one in reference.anywhere(text)) or _on_street(text)


def _place(one: PlaceView) -> Option:
    help_ = _("Trước là %(old)s") % {"old": one.old_name} if one.old_code else ""
    return Option(
        value=f"{one.old_code}:{one.code}",
        label=one.name,
        help=help_ + (f" ({_('một phần')})" if one.partial else ""),
    )


def _on_street(text: str) -> tuple[Option, ...]:
    """Without an old commune: which of those of an old district holds the house, nobody told us."""
    found = reference.streets(text, city_date(clock.now()))
    if not found or not found[0].surely:
        return ()
    return tuple(
        Option(
            value=f":{commune.code}",
            label=commune.full_name,
            help=_("%(street)s, %(district)s (cũ): có thể thuộc nơi này")
            % {"street": street.name, "district": street.district},
        )
        for street in found
        for commune in street.communes
    )[:MOST_OFFERED]


def _became(text: str) -> tuple[Option, ...]:
    return tuple(
        Option(
            value=f"{one.old_code}:{one.new_code}",
            label=one.new_name,
            help=_("Trước là %(old)s") % {"old": f"{one.old_name}, {one.old_district}".strip(", ")}
            + (f" ({_('một phần')})" if one.partial else ""),
        )
        for one in reference.formerly(text)
    )


def landmarks() -> tuple[Landmark, ...]:
    return tuple(Landmark(name=c.name, lat=c.lat, lng=c.lng) for c in reference.centres())


def _item(question: Question, item: Mapping[str, object]) -> str:
    return ", ".join(
        f"{q.label_in(language())}: {_shown(q, item[q.key])}"
        for q in question.fields
        if item.get(q.key) not in (None, "")
    )
