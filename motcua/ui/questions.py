"""Từ biểu mẫu ra trang: questions of `kernel.forms` with their answers, as a page shows them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from motcua.kernel import forms
from motcua.kernel.money import Money
from motcua.ui.maps import small_map
from motcua.ui.parts import FieldError, GroupRow, Landmark, Option, QuestionView, SmallMap
from motcua.ui.words import count

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SPOKEN = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_NOTHING: Mapping[str, object] = {}
OWN_DATA = {
    "population.full_name": "name",
    "population.born_on": "bday",
    "population.current_address": "address-line1",
    "account.phone": "tel",
    "account.email": "email",
    "organisation.full_name": "organization",
}  # what browsers keep of their owner, by the source that knows it too (WCAG 1.3.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What questions are shown with.

    errors: sentence by path (`Checked.by_path`). sources: by key, the register in words;
    told: what it says where the person says otherwise. may_dispute: «Sai» is offered.
    choices: options by `choices_from`; `communes` also for the ward of an address.
    extra_rows: by key of a group, empty rows to add. heading: the label is the h1 of the page.
    became: what old communes of a name became, as «old:new»; found_anywhere: the same of every
    province, with today's as «:new». old_name, ward_name: of an old code, and of one of today.
    landmarks: known places, for maps; steps: by path, metres of a move. file_url: of a kept file.
    """

    language: str = "vi"
    errors: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Sequence[Option]] = field(default_factory=dict)
    extra_rows: Mapping[str, int] = field(default_factory=dict)
    heading: bool = False
    became: Callable[[str], Sequence[Option]] = lambda _text: ()
    found_anywhere: Callable[[str], Sequence[Option]] = lambda _text: ()
    old_name: Callable[[str], str] = lambda code: code
    ward_name: Callable[[str], str] = lambda code: code
    may_dispute: bool = False
    landmarks: Sequence[Landmark] = ()
    steps: Mapping[str, int] = field(default_factory=dict)
    file_url: Callable[[str], str] = lambda _file: ""


def question_views(
    questions: Iterable[forms.Question], values: Mapping[str, object], around: Around | None = None
) -> tuple[QuestionView, ...]:
    """values: cleaned answers, or what was just typed (`raw_from_post`)."""
    shown = around or Around()
    return tuple(_view(q, q.key, values.get(q.key), shown) for q in questions)


def error_links(errors: Iterable[forms.FieldError]) -> tuple[FieldError, ...]:
    """For `page.errors`: each sentence leads to its question."""
    return tuple(FieldError(text=error.message, field=error.path) for error in errors)


def _view(question: forms.Question, path: str, value: object, around: Around) -> QuestionView:
    parts = _parts(question, value, around)
    said = dict(parts)
    return QuestionView(
        key=path,
        type=question.type.value,
        label=question.label_in(around.language),
        value=_text(question, value),
        values=tuple(map(str, value)) if isinstance(value, list | tuple) else (),
        parts=parts,
        help=question.help_in(around.language),
        example=question.example,
        error=around.errors.get(path, ""),
        required=question.required,
        options=_options(question, around, said.get("ward", "")),
        rows=_rows(question, path, value, around),
        source=around.sources.get(path, ""),
        told=around.told.get(path, ""),
        may_dispute=around.may_dispute and not question.prefill.startswith(forms.OWN_ACCOUNT),
        legal=question.legal,
        autocomplete=OWN_DATA.get(question.prefill, ""),
        keyboard=_keyboard(question),
        suggestions=question.suggestions,
        heading=around.heading,
        unit=question.unit,
        add_label=_add_label(question, value, around, path),
        limit=_limit(question),
        spoken=_spoken(question, value),
        became=_found(question, around, said.get("old", "")),
        anywhere=question.anywhere,
        map=_map(question, path, value, around),
        image_url=around.file_url(said["file"]) if said.get("file") else "",
    )


def _keyboard(question: forms.Question) -> str:
    """Which keys a phone shows for a line; number pads have no minus."""
    if question.type is forms.FieldType.NUMBER:
        below_nought = isinstance(question.minimum, int | float) and question.minimum < 0
        return "text" if below_nought else "numeric" if question.integer else "decimal"
    return "numeric" if question.digits else ""


def _add_label(question: forms.Question, value: object, around: Around, path: str) -> str:
    """«» where the group has as many as it may."""
    if question.type is not forms.FieldType.GROUP:
        return ""
    rows = (len(value) if isinstance(value, list | tuple) else 0) + around.extra_rows.get(path, 0)
    if isinstance(question.maximum, int) and rows >= question.maximum:
        return ""
    what = question.item_title_in(around.language).lower()
    return _("Thêm %(what)s") % {"what": what}


def _limit(question: forms.Question) -> str:
    if question.type is not forms.FieldType.GROUP or question.maximum is None:
        return ""
    return _("Nhiều nhất %(n)s mục.") % {"n": question.maximum}


def _spoken(question: forms.Question, value: object) -> str:
    """An amount in words, so that a nought too many is seen."""
    if question.type is not forms.FieldType.MONEY or isinstance(value, bool):
        return ""
    return Money(value).in_words() if isinstance(value, int) else ""


def _map(question: forms.Question, path: str, value: object, around: Around) -> SmallMap | None:
    if question.type is not forms.FieldType.MAP_POINT:
        return None
    return small_map(
        forms.point_in(_text(question, value)),
        landmarks=around.landmarks,
        step=around.steps.get(path, 0),
    )


def _text(question: forms.Question, value: object) -> str:
    match value:
        case bool():
            return (
                ("yes" if value else "no")
                if question.type is forms.FieldType.YES_NO
                else "yes" * value
            )
        case int() if question.type is forms.FieldType.MONEY:
            return count(value)
        case int() | float():
            return str(value).replace(".", ",")
        case str():
            return value
        case {"lat": float() | int() as lat, "lng": float() | int() as lng}:
            return f"{lat:.5f}, {lng:.5f}"
        case _:
            return ""


def _parts(question: forms.Question, value: object, around: Around) -> tuple[tuple[str, str], ...]:
    if isinstance(value, Mapping):
        if code := value.get("old_ward"):
            became = {"old": around.old_name(str(code)), "became": f"{code}:{value.get('ward')}"}
            value = {**value, **became}
        return tuple((str(part), str(text)) for part, text in value.items())
    if question.type is not forms.FieldType.DATE or not isinstance(value, str):
        return ()
    if found := _ISO.fullmatch(value):
        return (("day", found[3]), ("month", found[2]), ("year", found[1]))
    if found := _SPOKEN.fullmatch(value.strip()):
        return (("day", found[1]), ("month", found[2]), ("year", found[3]))
    return ()


def _found(question: forms.Question, around: Around, said: str) -> tuple[Option, ...]:
    if not said:
        return ()
    return tuple(around.found_anywhere(said) if question.anywhere else around.became(said))


def _options(question: forms.Question, around: Around, ward: str) -> tuple[Option, ...]:
    if question.type is forms.FieldType.ADDRESS:
        communes = tuple(around.choices.get("communes", ()))
        if question.anywhere and ward and all(one.value != ward for one in communes):
            return (*communes, *_beyond(around, ward))
        return communes
    if question.choices_from:
        return tuple(around.choices.get(question.choices_from, ()))
    return tuple(Option(value=o.value, label=o.label_in(around.language)) for o in question.options)


def _beyond(around: Around, ward: str) -> tuple[Option, ...]:
    """A chosen commune outside the city stays in the list; a code that nobody knows does not."""
    name = around.ward_name(ward)
    return (Option(value=ward, label=name),) if name != ward else ()


def _rows(
    question: forms.Question, path: str, value: object, around: Around
) -> tuple[GroupRow, ...]:
    if question.type is not forms.FieldType.GROUP:
        return ()
    given = list(value) if isinstance(value, list | tuple) else []
    added = around.extra_rows.get(path, 0)
    given += [_NOTHING] * (added or (0 if given else 1))
    return tuple(
        _row(
            question,
            path,
            number,
            row,
            around,
            removable=len(given) > 1 or (bool(row) and not question.required),
            fresh=added > 0 and number == len(given) - 1,
        )
        for number, row in enumerate(given)
    )


def _row(
    question: forms.Question,
    path: str,
    number: int,
    row: object,
    around: Around,
    *,
    removable: bool,
    fresh: bool,
) -> GroupRow:
    values = row if isinstance(row, Mapping) else _NOTHING
    inner = replace(around, extra_rows={}, heading=False)
    prefix = f"{path}.{number}"
    return GroupRow(
        title=f"{question.item_title_in(around.language)} {number + 1}",
        questions=tuple(
            _view(q, f"{prefix}.{q.key}", values.get(q.key), inner) for q in question.fields
        ),
        remove_value=prefix if removable else "",
        fresh=fresh,
    )
