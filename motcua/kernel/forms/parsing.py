"""Đọc biểu mẫu: from a TOML or JSON table to a Form, with exact complaints.

Every complaint names the path, says what is wrong and how to mend it; all complaints of a file
come together.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from motcua.kernel.forms.conditions import Condition, ConditionFault, parse_condition
from motcua.kernel.forms.references import Complaint, reference_complaints
from motcua.kernel.forms.schema import (
    BOUNDED,
    PERSONAL_TYPES,
    FieldType,
    Form,
    Option,
    Page,
    Question,
    Scalar,
)
from motcua.kernel.privacy import DataClass

_KEY = re.compile(r"[a-z][a-z0-9_]{0,62}")
_CHOOSING = (FieldType.CHOICE, FieldType.MULTI_CHOICE)
_PAGE_KEYS = {"key", "title", "title_en", "help", "help_en", "show_if", "question"}
_QUESTION_KEYS = {
    *("key", "label", "label_en", "type", "required", "help", "help_en", "example", "data_class"),
    *("legal", "prefill", "evidence", "options", "choices_from", "show_if", "field"),
    *("item_title", "item_title_en"),
    *("min", "max", "max_length", "integer", "unit", "digits", "suggestions", "anywhere"),
}


class FormFault(ValueError):
    """The source is not a form. `complaints` holds every fault found."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("; ".join(map(str, self.complaints)))


def parse_form(table: Mapping[str, object]) -> Form:
    """The form written in the table. Raises: FormFault."""
    reader = _Reader()
    form = Form(pages=tuple(reader.pages(table)))
    reader.complaints += reference_complaints(form)
    if reader.complaints:
        raise FormFault(reader.complaints)
    return form


class _Reader:
    def __init__(self) -> None:
        self.complaints: list[Complaint] = []
        self._seen: dict[str, str] = {}

    def complain(self, path: str, sentence: str) -> None:
        self.complaints.append(Complaint(path, sentence))

    def pages(self, table: Mapping[str, object]) -> Iterable[Page]:
        self._only(table, "form", {"page"})
        pages = self._tables(table.get("page"), "page")
        if not pages:
            self.complain("page", "biểu mẫu chưa có trang; thêm [[page]]")
        for position, page in enumerate(pages):
            yield self._page(page, f"page[{position}]")

    def _page(self, table: Mapping[str, object], path: str) -> Page:
        self._only(table, path, _PAGE_KEYS)
        key = self._key(table, path, within="trang")
        questions = self._tables(table.get("question"), f"{path}.question")
        if not questions:
            self.complain(f"page[{key}]", "trang chưa có câu hỏi; thêm [[page.question]]")
        return Page(
            key=key,
            title=self._text(table, "title", f"page[{key}]", needed=True),
            title_en=self._text(table, "title_en", path),
            help=self._text(table, "help", path),
            help_en=self._text(table, "help_en", path),
            show_if=self._condition(table, f"page[{key}]"),
            questions=tuple(
                self._question(q, f"page[{key}].question[{n}]", scope="")
                for n, q in enumerate(questions)
            ),
        )

    def _question(self, table: Mapping[str, object], path: str, *, scope: str) -> Question:
        self._only(table, path, _QUESTION_KEYS)
        key = self._key(table, path, within=f"câu hỏi {scope}".strip())
        path = f"{path.rsplit('[', 1)[0]}[{key}]" if key else path
        kind = self._type(table, path)
        question = Question(
            key=key,
            label=self._text(table, "label", path, needed=True),
            label_en=self._text(table, "label_en", path),
            type=kind,
            required=self._bool(table, "required", path, default=True),
            help=self._text(table, "help", path),
            help_en=self._text(table, "help_en", path),
            example=self._text(table, "example", path),
            data_class=self._data_class(table, path, kind),
            legal=self._text(table, "legal", path),
            prefill=self._text(table, "prefill", path),
            evidence=self._text(table, "evidence", path),
            options=self._options(table, path),
            choices_from=self._text(table, "choices_from", path),
            show_if=self._condition(table, path),
            fields=self._fields(table, path, key=key, nested=bool(scope)),
            item_title=self._text(table, "item_title", path),
            item_title_en=self._text(table, "item_title_en", path),
            minimum=self._bound(table, "min", path),
            maximum=self._bound(table, "max", path),
            max_length=self._length(table, path),
            integer=self._bool(table, "integer", path, default=False),
            unit=self._text(table, "unit", path),
            digits=self._digits(table, path),
            suggestions=self._suggestions(table, path),
            anywhere=self._bool(table, "anywhere", path, default=False),
        )
        self._fits(question, path)
        return question

    def _fits(self, question: Question, path: str) -> None:
        choosing = question.type in _CHOOSING
        if choosing and not question.options and not question.choices_from:
            self.complain(path, "câu chọn cần «options» hoặc «choices_from»")
        if question.options and not choosing:
            self.complain(path, f"kiểu {question.type} không có «options»; bỏ đi hoặc đổi kiểu")
        if (question.type is FieldType.GROUP) != bool(question.fields):
            self.complain(path, "«group» cần [[page.question.field]], và chỉ «group» mới có")
        bounds = (question.minimum, question.maximum)
        if bounds != (None, None) and question.type not in BOUNDED:
            self.complain(path, f"kiểu {question.type} không có «min», «max»")
        for bound in bounds:
            if bound is not None and (question.type is FieldType.DATE) != isinstance(bound, str):
                self.complain(
                    path, 'giới hạn sai kiểu: ngày dùng "today" hoặc 2026-07-01, số dùng số'
                )
        if (question.digits or question.suggestions) and question.type is not FieldType.TEXT:
            self.complain(path, "chỉ kiểu text có «digits», «suggestions»")
        if question.anywhere and question.type is not FieldType.ADDRESS:
            self.complain(path, "chỉ kiểu address có «anywhere»")
        if question.prefill and not re.fullmatch(r"[a-z_]+\.[a-z_]+", question.prefill):
            self.complain(path, "«prefill» viết dạng sổ.trường, ví dụ population.full_name")

    def _options(self, table: Mapping[str, object], path: str) -> tuple[Option, ...]:
        options = []
        for position, item in enumerate(self._tables(table.get("options"), f"{path}.options")):
            where = f"{path}.options[{position}]"
            self._only(item, where, {"value", "label", "label_en"})
            options.append(
                Option(
                    value=self._text(item, "value", where, needed=True),
                    label=self._text(item, "label", where, needed=True),
                    label_en=self._text(item, "label_en", where),
                )
            )
        values = [option.value for option in options]
        for value in sorted({v for v in values if values.count(v) > 1}):
            self.complain(f"{path}.options", f"giá trị «{value}» lặp lại; mỗi lựa chọn một giá trị")
        return tuple(options)

    def _fields(
        self, table: Mapping[str, object], path: str, *, key: str, nested: bool
    ) -> tuple[Question, ...]:
        fields = self._tables(table.get("field"), f"{path}.field")
        if fields and nested:
            self.complain(path, "nhóm không chứa nhóm khác; tách thành câu hỏi riêng")
            return ()
        return tuple(
            self._question(f, f"{path}.field[{n}]", scope=f"của nhóm «{key}»")
            for n, f in enumerate(fields)
        )

    def _key(self, table: Mapping[str, object], path: str, *, within: str) -> str:
        key = table.get("key")
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            self.complain(path, f"«key» phải là chữ thường a-z, số, gạch dưới, không phải {key!r}")
            return ""
        name = f"{within}/{key}"
        if name in self._seen:
            self.complain(path, f"«key» {key} đã dùng ở {self._seen[name]}; đặt tên khác")
        self._seen[name] = path
        return key

    def _type(self, table: Mapping[str, object], path: str) -> FieldType:
        try:
            return FieldType(str(table.get("type")))
        except ValueError:
            self.complain(path, f"«type» {table.get('type')!r} lạ; dùng: {', '.join(FieldType)}")
            return FieldType.TEXT

    def _data_class(self, table: Mapping[str, object], path: str, kind: FieldType) -> DataClass:
        """What names or reaches a person is personal where nothing else is said."""
        usual = DataClass.PERSONAL_BASIC if kind in PERSONAL_TYPES else DataClass.INTERNAL
        value = table.get("data_class", usual)
        try:
            return DataClass(str(value))
        except ValueError:
            self.complain(path, f"«data_class» {value!r} lạ; dùng: {', '.join(DataClass)}")
            return DataClass.PERSONAL_SENSITIVE

    def _condition(self, table: Mapping[str, object], path: str) -> Condition | None:
        source = table.get("show_if")
        if source is None:
            return None
        try:
            return parse_condition(source)
        except ConditionFault as fault:
            self.complain(f"{path}.show_if", str(fault))
            return None

    def _bound(self, table: Mapping[str, object], name: str, path: str) -> Scalar | None:
        value = table.get(name)
        if isinstance(value, date):
            return value.isoformat()
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return value
        if isinstance(value, str) and (value == "today" or _iso(value)):
            return value
        self.complain(path, f'«{name}» phải là số, ngày hoặc "today", không phải {value!r}')
        return None

    def _length(self, table: Mapping[str, object], path: str) -> int | None:
        value = table.get("max_length")
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
            return value
        self.complain(path, "«max_length» phải là số nguyên dương")
        return None

    def _digits(self, table: Mapping[str, object], path: str) -> tuple[int, int] | None:
        match table.get("digits"):
            case None:
                return None
            case [int() as least, int() as most] if 0 < least <= most:
                return least, most
        self.complain(path, "«digits» là hai số, ít nhất và nhiều nhất, ví dụ [4, 4]")
        return None

    def _suggestions(self, table: Mapping[str, object], path: str) -> tuple[str, ...]:
        found = table.get("suggestions", [])
        if isinstance(found, list) and all(isinstance(one, str) and one for one in found):
            return tuple(found)
        self.complain(path, "«suggestions» là một danh sách chữ")
        return ()

    def _text(
        self, table: Mapping[str, object], name: str, path: str, *, needed: bool = False
    ) -> str:
        value = table.get(name, "")
        if not isinstance(value, str):
            self.complain(path, f"«{name}» phải là chữ trong dấu nháy, không phải {value!r}")
            return ""
        if needed and not value.strip():
            self.complain(path, f"thiếu «{name}»")
        return value

    def _bool(self, table: Mapping[str, object], name: str, path: str, *, default: bool) -> bool:
        value = table.get(name, default)
        if not isinstance(value, bool):
            self.complain(path, f"«{name}» phải là true hoặc false, không phải {value!r}")
            return default
        return value

    def _tables(self, value: object, path: str) -> list[Mapping[str, object]]:
        if value is None:
            return []
        if isinstance(value, Sequence) and not isinstance(value, str):
            tables = [item for item in value if isinstance(item, Mapping)]
            if len(tables) == len(value):
                return tables
        self.complain(path, "phải là một danh sách bảng ([[…]])")
        return []

    def _only(self, table: Mapping[str, object], path: str, known: set[str]) -> None:
        for name in sorted(set(table) - known):
            self.complain(path, f"không có thuộc tính «{name}»; dùng: {', '.join(sorted(known))}")


def _iso(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
