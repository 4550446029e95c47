"""Biểu mẫu của một thao tác: what an action of a step asks before it is done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from motcua.contexts.casework.contracts import ActionKind, OpinionState, OpinionView, Verdict
from motcua.contexts.dossiers.contracts import DeskView, OfferedAction, Shortcoming
from motcua.contexts.dossiers.queries.shortcomings import WITH_ITEMS
from motcua.contexts.dossiers.web.desk.choosing import Chooser
from motcua.contexts.dossiers.web.desk.items import (
    NOTHING_TO_CHOOSE,
    Choices,
    ItemRow,
    choices_of,
    items_typed,
    rows_of,
)
from motcua.contexts.dossiers.web.desk.opinions import silence_of
from motcua.kernel.clock import city_time
from motcua.ui import dates
from motcua.ui.parts import FieldError, Option, QuestionView

EMPTY = QueryDict()
CONTENT, MISDIRECTED = "noi-dung", "noi"
AT_ONCE = frozenset({ActionKind.MOVE, ActionKind.SIGN, ActionKind.ISSUE, ActionKind.RETURN_RESULT})
EFFECTS: dict[ActionKind, str] = {
    ActionKind.SUPPLEMENT: "Người nộp nhận Mẫu 02 và tin báo ngay. Khi đã tiếp nhận, đồng hồ dừng "
    "đến lúc họ gửi đủ. Bạn ghi một lần cho đủ.",
    ActionKind.DECLINE: "Người nộp nhận Mẫu 03 với từng điểm bạn ghi. Hồ sơ kết thúc.",
    ActionKind.STOP: "Người nộp nhận Mẫu 05 với từng điểm bạn ghi. Hồ sơ kết thúc.",
    ActionKind.RETURN: "Người làm bước trước đọc từng điểm bạn ghi. Đồng hồ vẫn chạy.",
    ActionKind.CONSULT: "Các đơn vị trả lời song song.",
    ActionKind.OBLIGATION: "Người nộp nhận tin kèm mã chuyển khoản. Đồng hồ dừng đến lúc trả đủ.",
    ActionKind.ASSIGN: "Người được giao thấy hồ sơ này ở đầu danh sách của họ.",
    ActionKind.MOVE: "Hồ sơ sang bước sau.",
    ActionKind.SIGN: "Văn bản mang tên và chữ ký số của bạn.",
    ActionKind.ISSUE: "Kết quả được ký số của cơ quan và vào Ví giấy tờ của người nộp.",
    ActionKind.RETURN_RESULT: "Hồ sơ kết thúc.",
}
KEYS: dict[ActionKind, str] = {
    ActionKind.MOVE: "D",
    ActionKind.SIGN: "D",
    ActionKind.ISSUE: "D",
    ActionKind.RETURN_RESULT: "D",
    ActionKind.ASSIGN: "G",
    ActionKind.SUPPLEMENT: "B",
    ActionKind.CONSULT: "Y",
    ActionKind.RETURN: "C",
}
PROPOSE = "Đề nghị trưởng phòng cho phép"
NEEDS_RELEASE = (
    "Hồ sơ này đã bổ sung một lần. Trưởng phòng cho phép thì người nộp mới nhận Mẫu 02. "
    "Trong lúc chờ, đồng hồ vẫn chạy."
)
DANGER = frozenset({ActionKind.DECLINE, ActionKind.STOP})
VERDICTS = (
    Option(value=Verdict.AGREE, label="Đồng ý"),
    Option(value=Verdict.DISAGREE, label="Không đồng ý"),
    Option(value=Verdict.COMMENT, label="Có ý kiến khác"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionForm:
    """The form of one action. `rows`: what is not right, item by item."""

    title: str
    url: str
    cancel_url: str
    button: str
    seen_version: int
    effect: str
    questions: tuple[QuestionView, ...] = ()
    rows: tuple[ItemRow, ...] = ()
    choices: Choices = NOTHING_TO_CHOOSE
    previews: bool = False  # a letter to the applicant
    danger: bool = False
    hidden: tuple[tuple[str, str], ...] = ()
    kept: tuple[tuple[str, str], ...] = ()  # typed for an action that is no longer offered
    chooser: Chooser | None = None
    letter: tuple[Shortcoming, ...] = ()  # the items as the letter would tell them


def action_form(
    view: DeskView,
    offered: OfferedAction,
    *,
    url: str,
    cancel_url: str,
    typed: QueryDict = EMPTY,
    errors: Mapping[str, str] | None = None,
) -> ActionForm:
    """What to ask for this kind of action, with what was typed before."""
    with_items = offered.kind in WITH_ITEMS
    released = needs_release(view, offered)
    return ActionForm(
        title=offered.label,
        url=url,
        cancel_url=cancel_url,
        button=PROPOSE if released else offered.label,
        seen_version=view.dossier.version_seen,
        effect=NEEDS_RELEASE if released else _effect(offered),
        questions=_questions(view, offered, typed, errors or {}),
        rows=rows_of(view, offered.kind, typed, errors or {}) if with_items else (),
        choices=choices_of(view) if with_items else NOTHING_TO_CHOOSE,
        previews=with_items and offered.kind is not ActionKind.RETURN,
        danger=offered.kind in DANGER,
    )


def _effect(offered: OfferedAction) -> str:
    """For a question also what silence will mean, and by which law."""
    said, rule = EFFECTS[offered.kind], offered.silence
    return f"{said} Quá hạn mà không trả lời: {rule.sentence}." if rule else said


def needs_release(view: DeskView, offered: OfferedAction) -> bool:
    """A further request is the head's to let go: what is written here is a proposal."""
    return view.needs_release and offered.kind is ActionKind.SUPPLEMENT


def _questions(
    view: DeskView, offered: OfferedAction, typed: QueryDict, errors: Mapping[str, str]
) -> tuple[QuestionView, ...]:
    match offered.kind:
        case ActionKind.ASSIGN:
            made = _assign(offered, typed)
        case ActionKind.CONSULT:
            made = _consult(offered, typed)
        case ActionKind.OBLIGATION:
            made = _obligation(typed)
        case ActionKind.SUPPLEMENT:
            made = _supplement(view, typed)
        case ActionKind.DECLINE | ActionKind.STOP:
            made = ()
        case ActionKind.RETURN:
            made = _return(typed)
        case _:
            made = (_text("note", "Ghi chú cho bước sau", typed, long=True, required=False),)
    return tuple(with_error(question, errors.get(question.key, "")) for question in made)


def _supplement(view: DeskView, typed: QueryDict) -> tuple[QuestionView, ...]:
    until = _date("answer_by", "Gửi trước ngày", typed)
    if not view.needs_release:
        return (until,)
    help = "Trưởng phòng đọc câu này trước khi cho phép."
    why = _text("why_again", "Vì sao lần trước chưa hỏi", typed, long=True, help=help)
    return (until, why)


def _assign(offered: OfferedAction, typed: QueryDict) -> tuple[QuestionView, ...]:
    people = tuple(Option(value=str(i), label=name) for i, name in offered.assignees)
    only = people[0].value if len(people) == 1 else ""
    return (
        QuestionView(
            key="assignee",
            label="Giao cho",
            type="choice",
            value=typed.get("assignee", only),
            options=people,
        ),
        _text("note", "Lời dặn", typed, long=True, required=False),
    )


def _consult(offered: OfferedAction, typed: QueryDict) -> tuple[QuestionView, ...]:
    named = tuple(str(i) for i, _, asked in offered.units if asked)
    hours = {
        8: "1 ngày làm việc",
        16: "2 ngày làm việc",
        24: "3 ngày làm việc",
        40: "5 ngày làm việc",
    }
    usual = str(int(offered.answer_hours or 16))
    options = {str(h): label for h, label in hours.items()}
    options.setdefault(usual, f"{usual} giờ làm việc")
    return (
        QuestionView(
            key="unit",
            label="Hỏi đơn vị nào",
            type="multi_choice",
            values=tuple(typed.getlist("unit")) if typed else named,
            options=tuple(Option(value=str(i), label=name) for i, name, _ in offered.units),
        ),
        _text("question", "Cần hỏi điều gì", typed, long=True),
        QuestionView(
            key="answer_hours",
            label="Trả lời trong",
            type="choice",
            value=typed.get("answer_hours", usual),
            options=tuple(Option(value=h, label=options[h]) for h in sorted(options, key=int)),
        ),
    )


def _obligation(typed: QueryDict) -> tuple[QuestionView, ...]:
    return (
        _text("obligation_label", "Tên khoản tiền", typed, help="Như ghi trên thông báo thuế."),
        QuestionView(
            key="obligation_dong",
            label="Số tiền",
            type="money",
            value=typed.get("obligation_dong", ""),
        ),
        _text("note", "Ghi chú cho người nộp", typed, long=True, required=False),
    )


def _return(typed: QueryDict) -> tuple[QuestionView, ...]:
    why = QuestionView(
        key="return_for",
        label="Trả lại vì",
        type="choice",
        value=typed.get("return_for", CONTENT),
        options=(
            Option(value=CONTENT, label="Nội dung chưa đúng, như các điểm ở trên"),
            Option(value=MISDIRECTED, label="Giao nhầm người hoặc nhầm bước"),
        ),
    )
    help = "Cần khi giao nhầm. Người làm bước trước đọc câu này."
    return (why, _text("reason", "Lời dặn", typed, long=True, required=False, help=help))


def extend_form(
    view: DeskView,
    *,
    url: str,
    cancel_url: str,
    typed: QueryDict = EMPTY,
    errors: Mapping[str, str] | None = None,
) -> ActionForm:
    """Hẹn lại with the apology of Form 04."""
    asked = (
        _date("new_due", "Ngày hẹn mới", typed, required=True),
        _text(
            "reason",
            "Vì sao phải hẹn lại",
            typed,
            long=True,
            help="Câu này nằm trong thư xin lỗi, Mẫu 04.",
        ),
    )
    return ActionForm(
        title="Xin lỗi và hẹn lại",
        url=url,
        cancel_url=cancel_url,
        button="Ký thư xin lỗi, hẹn lại",
        seen_version=view.dossier.version_seen,
        effect="Mỗi hồ sơ chỉ hẹn lại một lần. Người nộp nhận thư có tên bạn và ngày mới.",
        questions=tuple(with_error(q, (errors or {}).get(q.key, "")) for q in asked),
    )


def opinion_form(
    view: DeskView,
    *,
    url: str,
    cancel_url: str,
    typed: QueryDict = EMPTY,
    errors: Mapping[str, str] | None = None,
) -> ActionForm:
    """The answer of the asked unit."""
    opinion = view.opinion_to_answer
    asked = (
        QuestionView(
            key="verdict",
            label="Ý kiến của đơn vị",
            type="choice",
            value=typed.get("verdict", ""),
            options=VERDICTS,
        ),
        _text("text", "Nội dung", typed, long=True, required=False),
    )
    return ActionForm(
        title="Trả lời ý kiến",
        url=url,
        cancel_url=cancel_url,
        button="Gửi ý kiến",
        seen_version=view.dossier.version_seen,
        hidden=(("opinion", str(opinion.id)),) if opinion else (),
        effect=_asked(view, opinion) if opinion else "",
        questions=tuple(with_error(q, (errors or {}).get(q.key, "")) for q in asked),
    )


def _asked(view: DeskView, opinion: OpinionView) -> str:
    by, silent = city_time(opinion.due_at), silence_of(view, opinion)
    question = opinion.question or "Đơn vị hỏi không ghi câu hỏi."
    if opinion.state is OpinionState.SILENT:
        return f"{question} Đã quá hạn, {silent}. Ý kiến muộn được lưu cho người hỏi tham khảo."
    hour = f"{dates.hour(by)}, {dates.short_day(by)}"
    return f"{question} Trả lời trước {hour}; quá giờ này {silent}."


def with_error(question: QuestionView, error: str) -> QuestionView:
    return replace(question, error=error) if error else question


def _text(
    key: str,
    label: str,
    typed: QueryDict,
    *,
    long: bool = False,
    required: bool = True,
    help: str = "",
) -> QuestionView:
    return QuestionView(
        key=key,
        label=label,
        type="long_text" if long else "text",
        value=typed.get(key, ""),
        required=required,
        help=help,
    )


def _date(key: str, label: str, typed: QueryDict, *, required: bool = False) -> QuestionView:
    parts = tuple((part, typed.get(f"{key}.{part}", "")) for part in ("day", "month", "year"))
    return QuestionView(key=key, label=label, type="date", parts=parts, required=required)


def page_errors(errors: Mapping[str, str]) -> tuple[FieldError, ...]:
    return tuple(FieldError(text=text, field=field) for field, text in errors.items())


SHOWN_OF_TYPED = {
    "reason": "Lý do",
    "note": "Ghi chú",
    "why_again": "Vì sao lần trước chưa hỏi",
    "question": "Câu hỏi",
    "text": "Ý kiến",
    "obligation_label": "Tên khoản tiền",
    "obligation_dong": "Số tiền",
}


def kept_form(view: DeskView, typed: QueryDict, *, cancel_url: str) -> ActionForm | None:
    """What was typed for an action that somebody else made void: to read and to copy."""
    kept = [
        *((label, str(typed[key])) for key, label in SHOWN_OF_TYPED.items() if typed.get(key)),
        *((f"Điểm {row.number + 1}", "\n".join(row.words)) for row in items_typed(typed)),
    ]
    if not kept:
        return None
    return ActionForm(
        title="Bạn đã nhập, chưa được ghi",
        url="",
        cancel_url=cancel_url,
        button="",
        seen_version=view.dossier.version_seen,
        effect="Bạn chép lại phần cần dùng trước khi rời trang.",
        kept=tuple(kept),
    )
