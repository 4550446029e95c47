"""Mô hình trang trực cảnh báo: the list of the watch, the form, the draft as it would go out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.contexts.alerts.contracts import AlertView, Kind, State, Status, Words
from motcua.contexts.alerts.contracts import Step as Done
from motcua.contexts.alerts.rules import places
from motcua.contexts.alerts.rules.templates import TEXTS, templates
from motcua.contexts.alerts.rules.words import LONGEST, NAMES
from motcua.contexts.alerts.web import saying
from motcua.contexts.alerts.web.band import exercise_of, headline_of
from motcua.contexts.identity.contracts.proving import WaysToProve
from motcua.ui import dates
from motcua.ui.parts import (
    Action,
    Alert,
    Cell,
    Chip,
    Crumb,
    Empty,
    Fact,
    FieldError,
    Option,
    QuestionView,
    Table,
)

HERE = "/ban/canh-bao"


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPage:
    drafts: Table
    released: Table
    templates: tuple[Action, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """own_ward: the only ward of who writes; then there is nothing to choose."""

    title: str
    url: str
    settings: tuple[QuestionView, ...]
    texts: tuple[QuestionView, ...]
    shape: QuestionView
    wards: tuple[Option, ...]
    chosen: frozenset[str]
    wards_error: str
    onset_at: str
    hidden: tuple[tuple[str, str], ...]
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What is said in one language, as it would go out."""

    language: str
    name: str
    said: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """proof: what the reader releases it with, if they may."""

    title: str
    url: str
    exercise: str
    chip: Chip
    facts: tuple[Fact, ...]
    versions: tuple[Version, ...]
    wards: tuple[str, ...]
    life: tuple[Fact, ...]
    why_not: Alert | None
    proof: WaysToProve | None
    may_change: bool
    version: str
    act: str
    actions: tuple[Action, ...]
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...] = ()


def watch_page(
    drafts: Sequence[AlertView], released: Sequence[AlertView], *, now: datetime
) -> WatchPage:
    return WatchPage(
        drafts=_table("Chờ người khác phát", drafts, "Không có bản nào chờ phát", now),
        released=_table("Đã phát", released, "Chưa phát cảnh báo nào", now),
        templates=tuple(
            Action(label=one.name, url=f"{HERE}/soan?mau={one.key}", icon="plus")
            for one in templates().values()
        ),
    )


def _table(caption: str, found: Sequence[AlertView], empty: str, now: datetime) -> Table:
    heads = ("Cảnh báo", "Nơi", "Loại tin", "Lúc", "Tình trạng")
    return Table(
        caption=caption,
        heads=tuple((head, False) for head in heads),
        rows=tuple(_row(one, now) for one in found),
        empty=Empty(title=empty, icon="siren"),
    )


def _row(one: AlertView, now: datetime) -> tuple[Cell, ...]:
    return (
        Cell(text=headline_of(one, "vi"), url=f"{HERE}/{one.code}"),
        Cell(text=one.said("vi").area),
        Cell(text=saying.KINDS[one.kind]),
        Cell(text=dates.city_moment(one.released_at or one.drafted_at)),
        Cell(text="", chip=saying.state_chip(one, now)),
    )


def draft_page(
    title: str,
    url: str,
    typed: dict[str, str],
    chosen: Sequence[str],
    *errors: FieldError,
    wards: Sequence[tuple[str, str]],
    units: Sequence[tuple[str, str]],
    follows: bool,
) -> DraftPage:
    """typed: by name of the input. follows: an update or a cancel, whose status is given."""
    wrong = {one.field: one.text for one in errors}
    return DraftPage(
        title=title,
        url=url,
        settings=tuple(_settings(typed, wrong, units, follows)),
        texts=tuple(_texts(typed, wrong)),
        shape=QuestionView(
            key="area",
            label="Vùng trên bản đồ",
            type="long_text",
            value=typed.get("area", ""),
            help="GeoJSON, hoặc các điểm «vĩ độ,kinh độ» cách nhau bằng dấu cách. "
            "Vòng tròn: một điểm rồi bán kính km.",
            example="10.7769,106.7009 2",
            error=wrong.get("area", ""),
            required=False,
        ),
        wards=tuple(Option(value=code, label=name) for code, name in wards),
        chosen=frozenset(chosen),
        wards_error=wrong.get("wards", ""),
        onset_at=typed.get("onset_at", ""),
        hidden=tuple((name, typed[name]) for name in HIDDEN if typed.get(name)),
        crumbs=_crumbs(title),
        errors=errors,
    )


HIDDEN = ("kind", "replaces", "version", "template")


def _settings(
    typed: dict[str, str], wrong: dict[str, str], units: Sequence[tuple[str, str]], follows: bool
) -> list[QuestionView]:
    choices: list[tuple[str, str, Sequence[tuple[str, str]]]] = [
        ("urgency", "Khi nào phải làm", [(k.value, v) for k, v in saying.URGENCIES.items()]),
        ("severity", "Mức nguy hiểm", [(k.value, v) for k, v in saying.SEVERITIES.items()]),
        ("certainty", "Mức chắc chắn", [(k.value, v) for k, v in saying.CERTAINTIES.items()]),
    ]
    if not follows:
        statuses = [(k.value, v) for k, v in saying.STATUSES.items()]
        choices.insert(0, ("status", "Thật hay diễn tập", statuses))
    choices.append(("unit", "Đơn vị phát", units))
    found = [
        QuestionView(
            key=key,
            label=label,
            type="choice",
            value=typed.get(key, ""),
            options=tuple(Option(value=value, label=name) for value, name in options),
            error=wrong.get(key, ""),
        )
        for key, label, options in choices
    ]
    hours = QuestionView(
        key="hours", label="Có hiệu lực trong", type="number", unit="giờ",
        value=typed.get("hours", ""), error=wrong.get("hours", ""),
    )  # fmt: skip
    contact = QuestionView(
        key="contact", label="Liên hệ", value=typed.get("contact", ""), required=False
    )
    return [*found, hours, contact]


def _texts(typed: dict[str, str], wrong: dict[str, str]) -> list[QuestionView]:
    found = []
    for language, name in (("vi", "tiếng Việt"), ("en", "tiếng Anh")):
        for text in ("headline", "instruction", "description", "event"):
            key = f"{text}_{language}"
            is_long = text in {"instruction", "description"}
            found.append(
                QuestionView(
                    key=key,
                    label=f"{NAMES[text]} ({name})",
                    type="long_text" if is_long else "text",
                    value=typed.get(key, ""),
                    help=f"Tối đa {LONGEST[text]} ký tự.",
                    error=wrong.get(key, ""),
                )
            )
    return found


def typed_of(one: AlertView) -> dict[str, str]:
    """The inputs of an alert that is written anew, updated or cancelled."""
    texts = {
        f"{name}_{language}": getattr(said, name)
        for language, said in one.words.items()
        for name in TEXTS
    }
    return {
        **texts,
        "template": one.template,
        "status": one.status.value,
        "urgency": one.urgency.value,
        "severity": one.severity.value,
        "certainty": one.certainty.value,
        "unit": str(one.unit_id),
        "hours": str(one.hours),
        "contact": one.contact,
        "area": places.as_typed(one.area),
    }


CANCELLING = {
    "headline_vi": "Đã hủy: {headline_vi}",
    "headline_en": "Cancelled: {headline_en}",
    "instruction_vi": "Bạn trở lại sinh hoạt bình thường.",
    "instruction_en": "You may go back to normal.",
    "description_vi": "Không còn nguy hiểm ở nơi này.",
    "description_en": "There is no danger here any more.",
}


def cancelling(one: AlertView) -> dict[str, str]:
    """The inputs of a cancel, with words that say so."""
    typed = typed_of(one)
    said = {name: text.format_map(typed)[:160] for name, text in CANCELLING.items()}
    return {**typed, **said}


def review_page(
    one: AlertView,
    done: Sequence[Done],
    *errors: FieldError,
    why_not: str,
    proof: WaysToProve | None,
    may_change: bool,
    now: datetime,
) -> ReviewPage:
    """proof: how the reader proves who they are; None for whoever does not release it."""
    is_draft = one.state is State.DRAFT
    names = saying.ward_names()
    return ReviewPage(
        title=one.said("vi").headline,
        url=f"{HERE}/{one.code}",
        exercise=exercise_of(one),
        chip=saying.state_chip(one, now),
        facts=_facts(one),
        versions=(
            Version(language="vi", name="Tiếng Việt", said=one.said("vi")),
            Version(language="en", name="Tiếng Anh", said=one.said("en")),
        ),
        wards=tuple(name for code, name in names.items() if code in one.wards),
        life=tuple(
            Fact(label=dates.city_moment(step.at), value=f"{step.what}: {step.who}")
            for step in done
        ),
        why_not=Alert(title="Bạn không phát được bản này", text=why_not)
        if is_draft and why_not
        else None,
        proof=proof,
        may_change=is_draft and may_change,
        version=str(one.version),
        act={Kind.CANCEL: "Phát tin hủy"}.get(one.kind, "Phát cảnh báo"),
        actions=_actions(one, may_change, now),
        crumbs=_crumbs(one.code),
        errors=errors,
    )


def _facts(one: AlertView) -> tuple[Fact, ...]:
    rows = (
        ("Loại tin", saying.KINDS[one.kind]),
        ("Thật hay diễn tập", saying.STATUSES[one.status]),
        ("Khi nào phải làm", saying.URGENCIES.get(one.urgency, one.urgency.value)),
        ("Mức nguy hiểm", saying.SEVERITIES.get(one.severity, one.severity.value)),
        ("Mức chắc chắn", saying.CERTAINTIES.get(one.certainty, one.certainty.value)),
        ("Nơi", one.said("vi").area),
        ("Vùng trên bản đồ", places.as_typed(one.area)),
        ("Bắt đầu", dates.city_moment(one.onset_at)),
        ("Có hiệu lực", f"{one.hours} giờ từ lúc phát"),
        ("Đến", dates.city_moment(one.expires_at)),
        ("Hiện trên mọi trang", "Có" if one.is_life and one.status is not Status.TEST else "Không"),
        ("Đơn vị phát", one.unit_name),
        ("Liên hệ", one.contact),
        ("Nối tiếp", ", ".join(one.chain)),
    )
    return tuple(Fact(label=label, value=value) for label, value in rows if value)


def _actions(one: AlertView, may_change: bool, now: datetime) -> tuple[Action, ...]:
    if one.state in {State.DRAFT, State.DISCARDED}:
        return ()
    seen = Action(label="Số người tiếp cận", url=f"{HERE}/{one.code}/tiep-can", icon="chart-column")
    public = Action(label="Xem trang công khai", url=f"/canh-bao/{one.code}", kind="quiet")
    if not may_change or not one.holds(now):
        return (seen, public)
    return (
        Action(label="Soạn bản cập nhật", url=f"{HERE}/soan?cap-nhat={one.code}", kind="primary"),
        Action(label="Soạn tin hủy", url=f"{HERE}/soan?huy={one.code}"),
        seen,
        public,
    )


def _crumbs(here: str) -> tuple[Crumb, ...]:
    return (Crumb(label="Trực cảnh báo", url=HERE), Crumb(label=here))
