"""View models of the citizen's pages about their data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.contexts.casework.contracts import MessageView
from motcua.contexts.privacy.contracts import (
    FileLink,
    HeldUnder,
    Outcome,
    RequestLine,
    RequestView,
    Right,
    RightRule,
)
from motcua.contexts.privacy.rules import rights
from motcua.contexts.privacy.web import words
from motcua.kernel.clock import city_time
from motcua.kernel.holdings import Correctable, Given, Processing
from motcua.ui import dates
from motcua.ui.parts import (
    Action,
    Alert,
    Compose,
    Crumb,
    Due,
    Fact,
    FieldError,
    FileRow,
    Message,
    Option,
    QuestionView,
    Task,
)
from motcua.ui.words import foreign

HERE = "/toi/du-lieu"
ICONS = {
    Right.ACCESS: "download",
    Right.CORRECT: "pencil",
    Right.RESTRICT: "circle-pause",
    Right.OBJECT: "hand",
    Right.DELETE: "trash-2",
    Right.WITHDRAW: "undo-2",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What is held for one purpose."""

    id: str
    title: str
    purpose: str
    what: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    groups: tuple[Group, ...]
    rights: tuple[Action, ...]
    requests: tuple[Task, ...]
    stopped: tuple[Fact, ...]
    crumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage:
    title: str
    lead: str
    clock: str
    law: str
    law_language: str
    nothing: str  # why the right cannot be used now, "" when it can
    questions: tuple[QuestionView, ...]
    evidence: bool
    button: str
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowPage:
    title: str
    code: str
    now: Alert
    due: Due
    facts: tuple[Fact, ...]
    package: tuple[FileRow, ...]
    package_title: str
    messages: tuple[Message, ...]
    compose: Compose | None
    withdraw: Action | None
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]


def top(*after: Crumb) -> tuple[Crumb, ...]:
    first = Crumb(label=_("Trang của tôi"), url="/toi")
    return (first, Crumb(label=_("Dữ liệu của tôi"), url=HERE), *after)


def overview_page(
    groups: Sequence[HeldUnder],
    lines: Sequence[RequestLine],
    stopped: Mapping[Processing, datetime],
    *,
    now: datetime,
) -> OverviewPage:
    return OverviewPage(
        groups=tuple(_group(group) for group in groups),
        rights=tuple(
            Action(
                label=words.right_name(rule),
                url=f"{HERE}/quyen/{rights.slug(right)}",
                icon=ICONS[right],
            )
            for right, rule in rights.rules().items()
        ),
        requests=tuple(_task(line, now) for line in lines),
        stopped=tuple(
            Fact(label=words.processing_name(one), value=_since(at)) for one, at in stopped.items()
        ),
        crumbs=(Crumb(label=_("Trang của tôi"), url="/toi"), Crumb(label=_("Dữ liệu của tôi"))),
    )


def _since(at: datetime) -> str:
    return _("Đã dừng từ %(day)s") % {"day": words.day(at)}


def _group(group: HeldUnder) -> Group:
    activity, count = group.activity, len(group.records)
    labels = dict.fromkeys(record.title for record in group.records)
    many = ngettext("%(n)s mục", "%(n)s mục", count) % {"n": count}
    return Group(
        id=activity.key,
        title=words.activity_name(activity),
        purpose=words.purpose(activity),
        what=", ".join(labels),
        facts=(
            Fact(label=_("Đang giữ"), value=many),
            Fact(label=_("Chia sẻ với"), value=words.recipients(activity)),
            Fact(label=_("Giữ trong"), value=words.period(activity)),
            Fact(label=_("Căn cứ"), value=activity.law, language=foreign()),
        ),
    )


def _task(line: RequestLine, now: datetime) -> Task:
    due = _("trả lời trước %(day)s") % {"day": words.day(line.due_at)}
    return Task(
        title=words.right_name(rights.rule(line.right)),
        url=f"{HERE}/yeu-cau/{line.code}",
        chip=words.state(line, now),
        when=words.day(line.ended_at) if line.ended_at else due,
        text=line.code,
    )


# ── one right ────────────────────────────────────────────────────────────────────────────────────


def ask_page(
    rule: RightRule,
    *,
    fields: Sequence[Correctable],
    consents: Sequence[Given],
    typed: Mapping[str, str],
    errors: tuple[FieldError, ...],
) -> AskPage:
    title, days = words.right_name(rule), int(rule.clock.value)
    answered = ngettext(
        "Chúng tôi trả lời trong %(n)s ngày.", "Chúng tôi trả lời trong %(n)s ngày.", days
    )
    mark = "" if rule.verified else _("Thời hạn này chưa được đối chiếu với văn bản luật.")
    empty = rule.right is Right.WITHDRAW and not consents
    return AskPage(
        title=title,
        lead=words.right_lead(rule),
        clock=f"{answered % {'n': days}} {mark}".strip(),
        law=rule.clock.citation,
        law_language=foreign(),
        nothing=_("Hiện bạn không có sự đồng ý nào đang còn hiệu lực.") if empty else "",
        questions=tuple(_questions(rule.right, fields, consents, typed, errors)),
        evidence=rule.right is Right.CORRECT,
        button=_("Gửi yêu cầu"),
        crumbs=top(Crumb(label=title)),
        errors=errors,
    )


def _questions(
    right: Right,
    fields: Sequence[Correctable],
    consents: Sequence[Given],
    typed: Mapping[str, str],
    errors: Sequence[FieldError],
) -> list[QuestionView]:
    wrong = {error.field: error.text for error in errors}
    options = _options(right, fields, consents)
    found = []
    if options:
        found.append(
            QuestionView(
                key="target",
                label=_target_label(right),
                type="choice",
                value=typed["target"],
                options=options,
                error=wrong.get("target", ""),
            )
        )
    if right is Right.CORRECT:
        found.append(
            QuestionView(
                key="wanted",
                label=_("Nội dung đúng"),
                value=typed["wanted"],
                error=wrong.get("wanted", ""),
            )
        )
    found.append(
        QuestionView(
            key="reason",
            label=_("Lý do"),
            type="long_text",
            value=typed["reason"],
            required=right is Right.OBJECT,
            error=wrong.get("reason", ""),
        )
    )
    return found


def _target_label(right: Right) -> str:
    return {
        Right.CORRECT: _("Mục nào sai?"),
        Right.WITHDRAW: _("Bạn rút lại điều nào?"),
    }.get(right, _("Dừng việc nào?"))


def _options(
    right: Right, fields: Sequence[Correctable], consents: Sequence[Given]
) -> tuple[Option, ...]:
    if right is Right.CORRECT:
        return tuple(
            Option(value=one.key, label=one.label, help=_field_help(one)) for one in fields
        )
    if right in {Right.RESTRICT, Right.OBJECT}:
        return tuple(Option(value=one, label=words.processing_name(one)) for one in Processing)
    return tuple(Option(value=one.key, label=one.title, help=one.effect) for one in consents)


def _field_help(one: Correctable) -> str:
    said = _("Đang ghi: %(value)s.") % {"value": one.value or _("chưa có")}
    if not one.source:
        return said
    return f"{said} {_('Lấy từ: %(source)s.') % {'source': one.source}}"


# ── one request ──────────────────────────────────────────────────────────────────────────────────


def follow_page(
    view: RequestView, *, now: datetime, typed: str, errors: tuple[FieldError, ...]
) -> FollowPage:
    line = view.line
    title = words.right_name(rights.rule(line.right))
    erased = line.right is Right.DELETE
    return FollowPage(
        title=title,
        code=line.code,
        now=_now(view, now),
        due=due_of(view, now),
        facts=facts_of(view),
        package=tuple(_file(one) for one in view.package),
        package_title=_("Biên bản xóa dữ liệu") if erased else _("Bản sao dữ liệu"),
        messages=tuple(_message(one) for one in view.messages),
        compose=_compose(line, typed) if line.waiting else None,
        withdraw=_withdraw(line) if line.waiting else None,
        crumbs=top(Crumb(label=line.code)),
        errors=errors,
    )


def _withdraw(line: RequestLine) -> Action:
    url = f"{HERE}/yeu-cau/{line.code}/rut"
    return Action(label=_("Rút yêu cầu này"), url=url, icon="undo-2", post=True)


def _now(view: RequestView, now: datetime) -> Alert:
    chip = words.state(view.line, now)
    return Alert(title=chip.label, text=_said(view), tone=chip.tone, icon=chip.icon)


def _said(view: RequestView) -> str:
    match view.line.outcome:
        case Outcome.GRANTED if view.line.right is Right.ACCESS:
            return _("Bản sao dữ liệu của bạn ở ngay dưới đây. Chỉ bạn mở được.")
        case Outcome.GRANTED if view.line.right is Right.DELETE:
            return _("Biên bản ở ngay dưới đây ghi mục nào đã xóa, mục nào còn giữ và vì sao.")
        case Outcome.GRANTED:
            return view.decision or _("Yêu cầu của bạn đã được làm theo.")
        case Outcome.FORWARDED:
            said = _("Mục này lấy từ: %(source)s. Bạn đề nghị sửa ở đó; bản ở đây tự sửa theo.")
            return said % {"source": view.source}
        case Outcome.WITHDRAWN:
            return _("Yêu cầu đã dừng. Bạn gửi yêu cầu mới được bất cứ lúc nào.")
        case Outcome.REFUSED:
            return view.decision
    return _("Bạn không phải làm gì. Người bảo vệ dữ liệu đang xem yêu cầu.")


def due_of(view: RequestView, now: datetime) -> Due:
    """The legal clock of the request, explained."""
    clock = view.clock
    due_at = city_time(clock.due_at) if clock.due_at else city_time(now)
    return Due(
        title=_("Trả lời chậm nhất"),
        due=dates.long_day(due_at),
        remaining=words.remaining(clock.due_at, now) if view.line.waiting else "",
        explanation=(clock.sentence, *(one.text for one in clock.lines[1:])),
        question=_("Vì sao là %(day)s?") % {"day": dates.short_day(due_at)},
    )


def facts_of(view: RequestView) -> tuple[Fact, ...]:
    line = view.line
    rows = (
        (_("Gửi lúc"), dates.city_moment(line.asked_at), ""),
        (_("Về"), target_words(line.right, view.target), ""),
        (_("Nội dung đúng"), view.wanted, ""),
        (_("Lý do của bạn"), view.reason, ""),
        (_("Trả lời lúc"), dates.city_moment(view.decided_at), ""),
        (_("Căn cứ"), view.citation, foreign()),
    )
    return tuple(
        Fact(label=label, value=value, language=lang) for label, value, lang in rows if value
    )


def target_words(right: Right, target: str) -> str:
    if right in {Right.RESTRICT, Right.OBJECT}:
        return words.processing_name(Processing(target))
    return target.partition(":")[2]


def _file(one: FileLink) -> FileRow:
    return FileRow(name=one.name, url=one.url, note=one.note)


def _message(one: MessageView) -> Message:
    author = _("Bạn") if one.from_party else one.author_name or _("Người bảo vệ dữ liệu")
    return Message(
        author=author, when=dates.city_moment(one.at), text=one.text, mine=one.from_party
    )


def _compose(line: RequestLine, typed: str) -> Compose:
    return Compose(
        url=f"{HERE}/yeu-cau/{line.code}/nhan-tin",
        value=typed,
        label=_("Nhắn cho người bảo vệ dữ liệu"),
        button=_("Gửi"),
    )
