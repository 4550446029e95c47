"""Trường hợp: which papers and which time limit count, chosen by the applicant from the record.

A record lists papers below headings. Some headings only sort («Giấy tờ phải nộp»); any other
names a case («Trường hợp cấp lại», «Đối với tổ chức») whose papers concern nobody else.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from motcua.contexts.procedures.contracts import ComponentView, DurationView, TimeUnit
from motcua.kernel.forms import Condition, Option, parse_condition
from motcua.kernel.text import fold

LISTS, LIMIT = "lists", "limit"
DESK_TELLS = "Nơi nhận xác định trường hợp và báo thời hạn khi nhận hồ sơ."
NOT_PRINTED = "Danh mục quốc gia chưa ghi thời hạn. Nơi nhận báo thời hạn khi nhận hồ sơ."
_IDENTITY = re.compile(
    r"\W*(giay to tuy than|(the )?can cuoc|chung minh nhan dan|ho chieu hoac chung minh|"
    r"ho chieu hoac the can cuoc)"
)
_REMARK = re.compile(r"\W*(luu y|ghi chu|chu y|so luong ho so)")
_SHOWN = re.compile(r"xuat trinh")
_SORTING = re.compile(
    r"phai nop|thanh phan ho so|bo ho so|ho so (bao )?gom|nop kem|kem theo|^\W*(bao )?gom\b|"
    r"^\W*(giay to|tai lieu|chung tu|ho so)\W*$"
)
_CASE = re.compile(r"truong hop|doi voi|doi tuong")
LONGEST_LABEL, LONGEST_TITLE = 300, 160
_CLAUSE = re.compile(r".{20,160}?(?=[;:.,(] | [-+*] )")


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """options: the cases to choose from; chosen: one of them must be, as nothing else is asked."""

    components: tuple[ComponentView, ...]
    notes: tuple[str, ...]
    options: tuple[Option, ...]
    chosen: bool


def papers_by_case(components: Sequence[ComponentView]) -> Papers:
    papers = [one for one in components if not _REMARK.match(fold(one.group))]
    notes = tuple(one.name for one in components if _REMARK.match(fold(one.group)))
    groups = tuple(dict.fromkeys(one.group for one in papers))
    cases = tuple(group for group in groups if _is_case(group))
    if len(groups) < 2:
        cases = ()
    values = {group: f"case_{number}" for number, group in enumerate(cases, start=1)}
    return Papers(
        components=tuple(_paper(one, values.get(one.group)) for one in papers),
        notes=notes,
        options=tuple(_option(value, group) for group, value in values.items()),
        chosen=bool(cases) and len(cases) == len(groups),
    )


def _is_case(group: str) -> bool:
    words = fold(group)
    if not words or _SHOWN.search(words):
        return False
    return bool(_CASE.search(words)) or not _SORTING.search(words)


def _paper(one: ComponentView, case: str | None) -> ComponentView:
    """What a register holds or the desk only looks at is never a must to send."""
    known = bool(_IDENTITY.match(fold(one.name)))
    return replace(
        one,
        required=one.required and not known and not _SHOWN.search(fold(one.group)),
        replaced_by="population" if known else one.replaced_by,
        applies_if=_chose(LISTS, "contains", case) if case else one.applies_if,
        name=_title(one.name),
        note=" ".join(_notes(one)),
    )


def _title(name: str) -> str:
    """The first clause of a paper that is described at length; the note says the whole."""
    if len(name) <= LONGEST_TITLE:
        return name
    clause = _CLAUSE.match(name)
    return f"{clause[0].rstrip() if clause else name[:LONGEST_TITLE].rsplit(' ', 1)[0]}…"


def _notes(one: ComponentView) -> Iterator[str]:
    if one.note:
        yield one.note
    if len(one.name) > LONGEST_TITLE:
        yield one.name
    if one.form_file:
        yield f"Giấy này có mẫu: {one.form_file}. Bạn điền mẫu, ký, rồi chụp hoặc gửi tệp."


def limits_by_case(
    durations: Sequence[DurationView],
) -> tuple[tuple[DurationView, ...], tuple[Option, ...]]:
    """Time limits that always find one, and the cases to choose from when they differ."""
    durations = [_without_echo(one) for one in durations]
    cases = tuple(dict.fromkeys(one.case for one in durations if one.case))
    values = {case: f"limit_{number}" for number, case in enumerate(cases, start=1)}
    asked = tuple(
        replace(one, applies_if=_chose(LIMIT, "is", values[one.case])) if one.case else one
        for one in durations
    )
    if not any(one.channel == "ALL" and not one.case for one in durations):
        words = DESK_TELLS if durations else NOT_PRINTED
        asked = (*asked, DurationView(unit=TimeUnit.RULE_TEXT, value=0, text=words))
    options = (
        _option(value, _said(case, durations), f"Case {number}: {_in_english(case, durations)}")
        for number, (case, value) in enumerate(values.items(), start=1)
    )
    return asked, tuple(options)


_UNITS = {
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.CALENDAR_DAY: "ngày",
    TimeUnit.HOUR: "giờ",
    TimeUnit.MONTH: "tháng",
}
_UNITS_EN = {
    TimeUnit.WORKING_DAY: "working day",
    TimeUnit.CALENDAR_DAY: "day",
    TimeUnit.HOUR: "hour",
    TimeUnit.MONTH: "month",
}


def _without_echo(one: DurationView) -> DurationView:
    """Words that only repeat the number say nothing: «5 Ngày làm việc»."""
    return replace(one, text="") if fold(one.text) == fold(_length(one)) else one


def _length(one: DurationView) -> str:
    unit = _UNITS.get(one.unit)
    return f"{one.value:g} {unit}" if unit else ""


def _said(case: str, durations: Iterable[DurationView]) -> str:
    one = next(one for one in durations if one.case == case)
    return ". ".join(part for part in (_length(one), one.text) if part) or case


def _in_english(case: str, durations: Iterable[DurationView]) -> str:
    one = next(one for one in durations if one.case == case)
    unit = _UNITS_EN.get(one.unit)
    return f"{one.value:g} {unit}{'' if one.value == 1 else 's'}" if unit else "as the law says"


def _chose(question: str, operator: str, value: str) -> Condition:
    return parse_condition({"question": question, operator: value})


def _option(value: str, label: str, label_en: str = "") -> Option:
    short = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"
    return Option(value=value, label=short, label_en=label_en)
