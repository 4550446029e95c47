"""Kiểm tra câu trả lời: the same code for a page, the API and an import."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.kernel.forms.cleaning import CLEANERS, Refused
from motcua.kernel.forms.conditions import holds
from motcua.kernel.forms.schema import FieldType, Form, Page, Question, Scalar

Answers = Mapping[str, object]
Choices = Mapping[str, Container[str]]
_MOST_ITEMS = 100


@dataclass(frozen=True, slots=True)
class FieldError:
    """One refused answer. `path` is the question's key; in a group key.0.field."""

    path: str
    code: str
    message: str


class Checked(NamedTuple):
    """Cleaned answers of what was visible, and every refusal with its field."""

    cleaned: dict[str, object]
    errors: tuple[FieldError, ...]

    @property
    def by_path(self) -> dict[str, str]:
        """First sentence for each field, for rendering beside it."""
        return {error.path: error.message for error in reversed(self.errors)}


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a check may look at besides the answer itself."""

    today: date | None
    choices: Choices


def visible(form: Form, answers: Answers, *, today: date | None = None) -> tuple[Page, ...]:
    """The pages to show, each with only its questions to ask, for cleaned answers."""
    pages = []
    for page in form.pages:
        if holds(page.show_if, answers, today=today):
            asked = tuple(q for q in page.questions if holds(q.show_if, answers, today=today))
            if asked:
                pages.append(replace(page, questions=asked))
    return tuple(pages)


def validate_page(
    form: Form,
    page_key: str,
    raw: Answers,
    *,
    answers: Answers | None = None,
    today: date | None = None,
    choices: Choices | None = None,
) -> Checked:
    """Check one page's answers.

    raw: question key to what was typed; answers: cleaned answers of the other pages;
    today: for bounds that say "today", which are not checked without it; choices: allowed
    values by `choices_from` ("communes" also for the ward of an address, "country" for that of
    one that may lie anywhere).
    Raises: KeyError when the form has no such page.
    """
    page = form.page(page_key)
    if page is None:
        raise KeyError(page_key)
    errors = [*_unknown(raw, {q.key for q in page.questions})]
    own = {q.key for q in page.questions}
    others = {k: v for k, v in (answers or {}).items() if k not in own}
    frame = _Frame(today, choices or {})
    cleaned = _check(page.questions, raw, others, frame, errors, prefix="")
    return Checked(cleaned, tuple(errors))


def validate(
    form: Form, answers: Answers, *, today: date | None = None, choices: Choices | None = None
) -> Checked:
    """Check all answers, page by page in order. Answers to hidden questions are dropped."""
    errors = [*_unknown(answers, {q.key for q in form.questions()})]
    cleaned: dict[str, object] = {}
    frame = _Frame(today, choices or {})
    for page in form.pages:
        if holds(page.show_if, cleaned, today=today):
            cleaned |= _check(page.questions, answers, cleaned, frame, errors, prefix="")
    return Checked(cleaned, tuple(errors))


def _unknown(raw: Answers, known: set[str], prefix: str = "") -> Iterator[FieldError]:
    for key in sorted(map(str, set(raw) - known)):
        yield FieldError(
            f"{prefix}{key[:80]}",
            "unknown_question",
            _("Biểu mẫu không có câu hỏi «%(key)s».") % {"key": key[:80]},
        )


def _check(
    questions: Sequence[Question],
    raw: Answers,
    before: Answers,
    frame: _Frame,
    errors: list[FieldError],
    *,
    prefix: str,
) -> dict[str, object]:
    cleaned: dict[str, object] = {}
    for question in questions:
        if not holds(question.show_if, {**before, **cleaned}, today=frame.today):
            continue
        path = f"{prefix}{question.key}"
        value = raw.get(question.key)
        try:
            if is_missing(value):
                _needs(question)
            elif question.type is FieldType.GROUP:
                cleaned[question.key] = _group(
                    question, value, {**before, **cleaned}, frame, errors, path
                )
            elif (answer := _clean(question, value, frame)) not in ("", []):
                cleaned[question.key] = answer
        except Refused as refusal:
            errors.append(FieldError(path, refusal.code, refusal.sentence))
    return cleaned


def is_missing(value: object) -> bool:
    """Nothing was said: empty, blanks, or parts that are all empty."""
    match value:
        case None:
            return True
        case str():
            return not value.strip()
        case Mapping():
            return all(is_missing(part) for part in value.values())
        case Sequence():
            return all(is_missing(part) for part in value)
        case _:
            return False


def _label(question: Question) -> str:
    return question.label_in((get_language() or "vi")[:2])


def _needs(question: Question) -> None:
    least = question.minimum if question.type is FieldType.GROUP else None
    if not question.required and not least:
        return
    match question.type:
        case FieldType.DECLARATION:
            sentence = _("Bạn đánh dấu vào ô này để tiếp tục.")
        case FieldType.YES_NO | FieldType.CHOICE | FieldType.MULTI_CHOICE:
            sentence = _("Bạn chọn câu trả lời: %(label)s.") % {"label": _label(question)}
        case _:
            sentence = _("Bạn chưa điền: %(label)s.") % {"label": _label(question)}
    raise Refused("required", sentence)


def _clean(question: Question, value: object, frame: _Frame) -> object:
    cleaned = CLEANERS[question.type](question, value)
    if cleaned == "" or cleaned == []:
        _needs(question)
    _within(question, cleaned, frame.today)
    _offered(question, cleaned, frame.choices)
    return cleaned


def _offered(question: Question, cleaned: object, choices: Choices) -> None:
    if question.type is FieldType.ADDRESS and isinstance(cleaned, dict):
        source, values = "country" if question.anywhere else "communes", [cleaned.get("ward")]
    else:
        source = question.choices_from
        values = cleaned if isinstance(cleaned, list) else [cleaned]
    offered = choices.get(source) if source else None
    if offered is not None and any(value not in offered for value in values):
        raise Refused("not_an_option", _not_offered(question))


def _not_offered(question: Question) -> str:
    if question.type is not FieldType.ADDRESS:
        return _("Bạn chọn một mục trong danh sách.")
    if question.anywhere:
        return _("Không có phường, xã mang mã này. Bạn chọn trong danh sách hoặc tìm theo tên.")
    return _("Nơi này phải ở trong Thành phố Hồ Chí Minh. Bạn chọn phường, xã trong danh sách.")


def _group(
    question: Question,
    value: object,
    before: Answers,
    frame: _Frame,
    errors: list[FieldError],
    path: str,
) -> list[dict[str, object]]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise Refused("wrong_type", _("Phần này cần một danh sách."))
    if len(value) > _MOST_ITEMS:
        raise Refused("too_many", _("Nhiều nhất 100 dòng."))
    items = []
    for position, item in enumerate(value):
        if is_missing(item):
            continue
        if not isinstance(item, Mapping):
            raise Refused("wrong_type", _("Mỗi dòng cần các ô của nó."))
        prefix = f"{path}.{position}."
        errors.extend(_unknown(item, {f.key for f in question.fields}, prefix))
        items.append(_check(question.fields, item, before, frame, errors, prefix=prefix))
    _counted(question, len(items))
    return items


def _within(question: Question, cleaned: object, today: date | None) -> None:
    match question.type:
        case FieldType.MULTI_CHOICE if isinstance(cleaned, list):
            _counted(question, len(cleaned))
        case FieldType.NUMBER | FieldType.MONEY | FieldType.DATE:
            least = _bound(question.minimum, today)
            most = _bound(question.maximum, today)
            if least is not None and _sign(cleaned, least) < 0:
                raise Refused("too_small", _low(question, least))
            if most is not None and _sign(cleaned, most) > 0:
                raise Refused("too_large", _high(question, most))


def _bound(bound: Scalar | None, today: date | None) -> Scalar | None:
    if bound == "today":
        return today.isoformat() if today else None
    return bound


def _sign(value: object, bound: Scalar) -> int:
    if isinstance(value, str) and isinstance(bound, str):
        return (value > bound) - (value < bound)
    if isinstance(value, int | float) and isinstance(bound, int | float):
        return (value > bound) - (value < bound)
    return 0


def _said(bound: Scalar) -> str:
    if isinstance(bound, str):
        return date.fromisoformat(bound).strftime("%d/%m/%Y")
    return f"{bound:,}".translate(str.maketrans(",.", ".,"))


def _low(question: Question, bound: Scalar) -> str:
    if question.type is FieldType.DATE:
        return _("Ngày này sớm quá. Sớm nhất là %(bound)s.") % {"bound": _said(bound)}
    return _("Nhỏ nhất là %(bound)s.") % {"bound": _said(bound)}


def _high(question: Question, bound: Scalar) -> str:
    if question.maximum == "today":
        return _("Ngày này chưa tới. Bạn xem lại.")
    if question.type is FieldType.DATE:
        return _("Ngày này muộn quá. Muộn nhất là %(bound)s.") % {"bound": _said(bound)}
    return _("Lớn nhất là %(bound)s.") % {"bound": _said(bound)}


def _counted(question: Question, count: int) -> None:
    least, most = question.minimum, question.maximum
    if isinstance(least, int | float) and count < least:
        raise Refused("too_few", _("Cần ít nhất %(n)d mục.") % {"n": least})
    if isinstance(most, int | float) and count > most:
        raise Refused("too_many", _("Nhiều nhất %(n)d mục.") % {"n": most})
