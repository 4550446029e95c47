"""Lời: plain Vietnamese on everything a citizen reads."""

import re
from collections.abc import Iterator

from motcua.contexts.procedures.contracts import Definition, Finding, Source
from motcua.contexts.procedures.rules.lint.saying import error, warning

BANNED = {
    "thành phần hồ sơ": "Giấy tờ cần có",
    "kê khai": "Điền thông tin",
    "hồ sơ không hợp lệ": "nói rõ thiếu gì, sửa thế nào",
    "yêu cầu bổ sung": "Cần bạn gửi thêm",
    "quá thời hạn giải quyết": "Trễ … ngày, hẹn lại …",
    "từ chối giải quyết": "Chưa giải quyết được, vì …",
    "vui lòng": "nói thẳng việc cần làm",
    "quý khách": "bạn",
    "quý công dân": "bạn",
    "quý ông": "bạn",
    "quý ông/bà": "bạn",
}
_BANNED = re.compile("|".join(re.escape(w) for w in sorted(BANNED, key=len, reverse=True)), re.I)
SHOUTED_WORDS = 4  # that many in a row are no abbreviation
LONGEST_SENTENCE = 30


def word_findings(definition: Definition) -> Iterator[Finding]:
    for path, text in _citizen_texts(definition):
        for hit in _BANNED.finditer(text):
            instead = BANNED[hit[0].lower()]
            yield error(path, f"Không dùng «{hit[0]}». Viết: {instead}.")
        if "!" in text:
            yield error(path, "Không dùng dấu chấm than.")
        if _shouts(text):
            yield error(path, "Không viết hoa cả cụm để nhấn mạnh.")
        for sentence in re.split(r"[.;:?\n]\s*", text):
            if len(sentence.split()) > LONGEST_SENTENCE:
                yield warning(path, f"Câu dài {len(sentence.split())} chữ. Tách thành câu ngắn.")


def _shouts(text: str) -> bool:
    run = 0
    for word in text.split():
        run = run + 1 if len(word) > 1 and word.isupper() else 0
        if run >= SHOUTED_WORDS:
            return True
    return False


def _citizen_texts(definition: Definition) -> Iterator[tuple[str, str]]:
    for page in definition.form.pages:
        path = f"form.page[{page.key}]"
        yield path, f"{page.title}\n{page.help}"
        for question in page.questions:
            for one in (question, *question.fields):
                options = "\n".join(option.label for option in one.options)
                where = f"{path}.question[{one.key}]"
                yield where, f"{one.label}\n{one.help}\n{options}"
    if definition.source is Source.EDITOR:
        yield from _step_texts(definition)
    words = definition.texts.vi
    yield "texts.vi.for_whom", words.for_whom
    yield "texts.vi.result", words.result
    for name in ("before_you_start", "steps"):
        for place, line in enumerate(getattr(words, name)):
            yield f"texts.vi.{name}[{place}]", line
    for key, message in words.messages.items():
        yield f"texts.vi.messages.{key}", message
    for reason in words.reasons:
        yield f"texts.vi.reasons[{reason.key}]", f"{reason.text}\n{reason.guidance}"
    for place, check in enumerate(words.eligibility):
        yield f"texts.vi.eligibility[{place}]", f"{check.question}\n{check.otherwise}"


def _step_texts(definition: Definition) -> Iterator[tuple[str, str]]:
    """Steps that are written here; the tables of the repository are read by their own tests."""
    steps = (definition.process or {}).get("step", ())
    for step in steps if isinstance(steps, list | tuple) else ():
        for name in ("citizen_name", "citizen_text", "citizen_do", "message"):
            yield f"process.step[{step.get('key', '')}].{name}", str(step.get(name, ""))
