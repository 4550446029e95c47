"""Biểu mẫu: once-only, English, and papers that exist."""

import re
from collections.abc import Iterator

from motcua.contexts.procedures.contracts import Definition, Finding
from motcua.contexts.procedures.rules.lint.saying import error
from motcua.kernel.forms import FieldType, Question

# What each connected register can answer about the applicant.
REGISTERS: dict[str, frozenset[str]] = {
    "organisation": frozenset({"full_name", "tax_code", "representative", "current_address"}),
    "population": frozenset(
        {
            *("full_name", "personal_number", "born_on", "sex", "nationality", "ethnicity"),
            *("religion", "permanent_address", "current_address", "place_of_origin"),
            *("phone", "email", "marital_status"),
        }
    ),
    "account": frozenset({"phone", "email"}),
}
_KNOWN_FACTS = frozenset(
    {
        *("full_name", "name", "personal_number", "id_number", "born_on", "date_of_birth"),
        *("birth_date", "sex", "gender", "nationality", "ethnicity", "permanent_address"),
        *("current_address", "address", "phone", "email"),
    }
)
_SELF = re.compile(r"(?:applicant_|requester_|declarant_|my_|owner_self_)?(.+)")


def form_findings(definition: Definition) -> Iterator[Finding]:
    papers = {component.key for component in definition.components}
    for page in definition.form.pages:
        for question in page.questions:
            path = f"form.page[{page.key}].question[{question.key}]"
            yield from _once_only(question, path)
            if question.evidence and question.evidence not in papers:
                yield error(path, f"«evidence» trỏ tới giấy tờ «{question.evidence}» không có.")
    if definition.is_runnable:
        yield from _english(definition)


def _once_only(question: Question, path: str) -> Iterator[Finding]:
    if question.prefill:
        register, _dot, name = question.prefill.partition(".")
        if name not in REGISTERS.get(register, frozenset()):
            yield error(path, f"Không có sổ nào tên «{question.prefill}» để điền sẵn.")
        return
    about_self = _SELF.fullmatch(question.key)
    if about_self and about_self[1] in _KNOWN_FACTS and question.type is not FieldType.GROUP:
        yield error(
            path,
            f"Cơ sở dữ liệu dân cư đã có «{question.label}»: thêm prefill, đừng hỏi lại từ đầu.",
        )


def _english(definition: Definition) -> Iterator[Finding]:
    if not definition.name_en:
        yield error("name_en", "Thiếu tên tiếng Anh.")
    for page in definition.form.pages:
        path = f"form.page[{page.key}]"
        if not page.title_en or (page.help and not page.help_en):
            yield error(path, "Thiếu tiếng Anh: title_en, và help_en khi có help.")
        for question in page.questions:
            yield from _english_question(question, f"{path}.question[{question.key}]")
    yield from _english_texts(definition)


def _english_question(question: Question, path: str) -> Iterator[Finding]:
    if not question.label_en or (question.help and not question.help_en):
        yield error(path, "Thiếu tiếng Anh: label_en, và help_en khi có help.")
    if any(not option.label_en for option in question.options):
        yield error(path, "Thiếu tiếng Anh của một lựa chọn: label_en.")
    for inner in question.fields:
        yield from _english_question(inner, f"{path}.field[{inner.key}]")


def _english_texts(definition: Definition) -> Iterator[Finding]:
    vi, en = definition.texts.vi, definition.texts.en
    for name in ("for_whom", "steps"):
        if not getattr(vi, name):
            yield error(f"texts.vi.{name}", "Thiếu lời cho người dân.")
    for name in ("for_whom", "before_you_start", "steps", "result", "eligibility", "reasons"):
        here, there = getattr(vi, name), getattr(en, name)
        if bool(here) != bool(there) or (isinstance(here, tuple) and len(here) != len(there)):
            yield error(f"texts.en.{name}", "Tiếng Anh và tiếng Việt không cùng các mục.")
    for key in sorted(set(vi.messages) ^ set(en.messages)):
        yield error(f"texts.messages.{key}", "Chỉ có ở một trong hai tiếng.")
