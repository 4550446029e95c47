"""Đọc định nghĩa: a Definition from its TOML or JSON table, with exact complaints."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import TypeVar

from motcua.contexts.procedures.contracts import (
    ComponentForm,
    ComponentView,
    Definition,
    DefinitionFault,
    DurationView,
    EligibilityView,
    FeeKind,
    FeeRule,
    FeeRuleView,
    FeeTier,
    FeeWhen,
    LegalView,
    Level,
    Online,
    PartialReason,
    ReasonView,
    Routing,
    Source,
    Texts,
    TextsView,
    TimeUnit,
)
from motcua.kernel.codes import ProcedureCode
from motcua.kernel.forms import (
    Complaint,
    Condition,
    ConditionFault,
    Form,
    FormFault,
    parse_condition,
    parse_form,
)
from motcua.kernel.money import Money

E = TypeVar("E", bound=Enum)
Table = Mapping[str, object]
CHANNELS = ("ALL", "ONLINE", "COUNTER", "POSTAL")
LIFE_EVENTS = {
    "co_con_nho": ("Có con nhỏ", "Having a child"),
    "hoc_tap": ("Học tập", "Education"),
    "viec_lam": ("Việc làm", "Work"),
    "kinh_doanh": ("Kinh doanh", "Doing business"),
    "hon_nhan_gia_dinh": ("Hôn nhân và gia đình", "Marriage and family"),
    "cu_tru_giay_to": ("Cư trú và giấy tờ tùy thân", "Residence and identity papers"),
    "dien_luc_nha_o_dat_dai": ("Nhà ở, đất đai, điện lực", "Housing, land, power"),
    "suc_khoe_y_te": ("Sức khỏe và y tế", "Health"),
    "phuong_tien_nguoi_lai": ("Xe và người lái", "Vehicles and drivers"),
    "huu_tri": ("Hưu trí", "Retirement"),
    "nguoi_than_qua_doi": ("Người thân qua đời", "When someone dies"),
    "giai_quyet_khieu_kien": ("Khiếu nại, tố cáo", "Complaints"),
}
_TEXTS = {"for_whom", "before_you_start", "steps", "result", "eligibility", "reasons", "messages"}
_TOP = {
    *("code", "name", "name_en", "field", "field_code", "levels", "agency_key", "routing"),
    *("online", "partial_reason", "mark", "decision", "valid_from", "description", "conditions"),
    *("keywords", "life_events", "results", "audience", "steps", "notes", "process_key"),
    *("process", "source", "pack", "duration", "fee", "component", "legal", "form", "texts"),
}


def parse_definition(table: Table) -> Definition:
    """The definition written in the table. Raises: DefinitionFault."""
    reader = _Reader()
    definition = reader.definition(table)
    if reader.complaints:
        raise DefinitionFault(reader.complaints)
    return definition


class _Reader:
    def __init__(self) -> None:
        self.complaints: list[Complaint] = []

    def complain(self, path: str, sentence: str) -> None:
        self.complaints.append(Complaint(path, sentence))

    def definition(self, table: Table) -> Definition:
        self.only(table, "procedure", _TOP)
        process = table.get("process")
        process_table = process if isinstance(process, Mapping) else None
        key = self.text(table, "process_key", "procedure")
        return Definition(
            code=self.code(table),
            name=self.text(table, "name", "procedure", needed=True),
            name_en=self.text(table, "name_en", "procedure"),
            field=self.text(table, "field", "procedure", needed=True),
            field_code=self.text(table, "field_code", "procedure"),
            levels=tuple(
                self.member(Level, v, "procedure.levels", Level.COMMUNE)
                for v in self.words(table, "levels", "procedure")
            ),
            agency_key=self.text(table, "agency_key", "procedure"),
            routing=self.enum(Routing, table, "routing", "procedure", Routing.HERE),
            online=self.enum(Online, table, "online", "procedure", Online.NONE),
            partial_reason=self.partial_reason(table),
            mark=self.text(table, "mark", "procedure"),
            decision=self.text(table, "decision", "procedure"),
            valid_from=self.day(table, "valid_from", "procedure"),
            description=self.text(table, "description", "procedure"),
            conditions=self.text(table, "conditions", "procedure"),
            keywords=self.words(table, "keywords", "procedure"),
            life_events=self.life_events(table),
            results=self.words(table, "results", "procedure"),
            audience=self.words(table, "audience", "procedure"),
            steps=self.words(table, "steps", "procedure"),
            notes=self.words(table, "notes", "procedure"),
            components=tuple(self.components(table)),
            durations=tuple(self.durations(table)),
            fees=tuple(self.fees(table)),
            legal=tuple(self.legal(table)),
            form=self.form(table),
            texts=self.texts(table),
            process_key=key or str((process_table or {}).get("key", "")),
            process=process_table,
            source=self.enum(Source, table, "source", "procedure", Source.CATALOGUE),
            pack=self.text(table, "pack", "procedure"),
        )

    def code(self, table: Table) -> ProcedureCode:
        value = table.get("code")
        if isinstance(value, str) and ProcedureCode.parses(value):
            return ProcedureCode(value)
        self.complain("code", f"{value!r} không phải mã thủ tục; ví dụ 1.001193")
        return ProcedureCode("1.000000")

    def partial_reason(self, table: Table) -> PartialReason | None:
        if not table.get("partial_reason"):
            return None
        return self.enum(
            PartialReason, table, "partial_reason", "procedure", PartialReason.TECHNICAL
        )

    def life_events(self, table: Table) -> tuple[str, ...]:
        keys = self.words(table, "life_events", "procedure")
        for key in keys:
            if key not in LIFE_EVENTS:
                self.complain("life_events", f"«{key}» lạ; dùng: {', '.join(LIFE_EVENTS)}")
        return keys

    def components(self, table: Table) -> Iterable[ComponentView]:
        seen: set[str] = set()
        for path, row in self.tables(table, "component"):
            self.only(row, path, set(ComponentView.__slots__))
            key = self.text(row, "key", path, needed=True)
            if key in seen:
                self.complain(path, f"«key» {key} lặp lại; mỗi giấy tờ một mã")
            seen.add(key)
            yield ComponentView(
                key=key,
                name=self.text(row, "name", path, needed=True),
                name_en=self.text(row, "name_en", path),
                required=self.flag(row, "required", path, default=True),
                form=self.enum(ComponentForm, row, "form", path, ComponentForm.ELECTRONIC),
                replaced_by=self.text(row, "replaced_by", path),
                filled_here=self.flag(row, "filled_here", path, default=False),
                originals=self.whole(row, "originals", path) or 0,
                copies=self.whole(row, "copies", path) or 0,
                group=self.text(row, "group", path),
                note=self.text(row, "note", path),
                form_file=self.text(row, "form_file", path),
                accept=self.words(row, "accept", path),
                applies_if=self.condition(row, "applies_if", path),
            )

    def durations(self, table: Table) -> Iterable[DurationView]:
        for path, row in self.tables(table, "duration"):
            self.only(row, path, set(DurationView.__slots__))
            unit = self.enum(TimeUnit, row, "unit", path, TimeUnit.RULE_TEXT)
            value = row.get("value", 0)
            if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
                self.complain(path, f"«value» phải là số không âm, không phải {value!r}")
                value = 0
            text = self.text(row, "text", path, needed=unit is TimeUnit.RULE_TEXT)
            yield DurationView(
                channel=self.channel(row, path),
                case=self.text(row, "case", path),
                applies_if=self.condition(row, "applies_if", path),
                unit=unit,
                value=value,
                valid_from=self.day(row, "valid_from", path),
                valid_to=self.day(row, "valid_to", path),
                text=text,
                restart=self.flag(row, "restart", path, default=False),
                verified=self.flag(row, "verified", path, default=False),
            )

    def fees(self, table: Table) -> Iterable[FeeRuleView]:
        for path, row in self.tables(table, "fee"):
            self.only(row, path, set(FeeRuleView.__slots__))
            kind = self.enum(FeeKind, row, "kind", path, FeeKind.OTHER)
            yield FeeRuleView(
                kind=kind,
                rule=self.enum(FeeRule, row, "rule", path, None) or FeeRule.TEXT,
                label=self.text(row, "label", path) or FEE_LABELS[kind],
                amount=self.money(row, "amount", path),
                tiers=tuple(self.tiers(row, path)),
                max_per_copy=self.money(row, "max_per_copy", path),
                channel=self.channel(row, path),
                case=self.text(row, "case", path),
                applies_if=self.condition(row, "applies_if", path),
                when=self.member(FeeWhen, row.get("when", 1), path, FeeWhen.RECEPTION),
                text=self.text(row, "text", path),
                copies=self.text(row, "copies", path) or "copies",
                pages=self.text(row, "pages", path) or "pages",
                verified=self.flag(row, "verified", path, default=False),
            )

    def tiers(self, row: Table, path: str) -> Iterable[FeeTier]:
        for where, tier in self.tables(row, "tiers", within=path):
            self.only(tier, where, {"from_page", "amount"})
            amount, first = self.money(tier, "amount", where), self.whole(tier, "from_page", where)
            if amount is None or not first:
                self.complain(where, "bậc cần «from_page» từ 1 và «amount»")
                continue
            yield FeeTier(from_page=first, amount=amount)

    def legal(self, table: Table) -> Iterable[LegalView]:
        for path, row in self.tables(table, "legal"):
            self.only(row, path, set(LegalView.__slots__))
            yield LegalView(
                document=self.text(row, "document", path, needed=True),
                title=self.text(row, "title", path),
                article=self.text(row, "article", path),
                verified=self.flag(row, "verified", path, default=False),
            )

    def form(self, table: Table) -> Form:
        source = table.get("form")
        if not isinstance(source, Mapping) or not source:
            return Form(pages=())
        try:
            return parse_form(source)
        except FormFault as fault:
            self.complaints += [Complaint(f"form.{c.path}", c.sentence) for c in fault.complaints]
            return Form(pages=())

    def texts(self, table: Table) -> Texts:
        source = table.get("texts") or {}
        if not isinstance(source, Mapping):
            self.complain("texts", "phải có hai bảng [vi] và [en]")
            return Texts()
        self.only(source, "texts", {"vi", "en"})
        return Texts(vi=self.words_of(source, "vi"), en=self.words_of(source, "en"))

    def words_of(self, source: Table, language: str) -> TextsView:
        table = source.get(language)
        path = f"texts.{language}"
        if not isinstance(table, Mapping):
            return TextsView()
        self.only(table, path, _TEXTS)
        messages = table.get("messages") or {}
        return TextsView(
            for_whom=self.text(table, "for_whom", path),
            before_you_start=self.words(table, "before_you_start", path),
            steps=self.words(table, "steps", path),
            result=self.text(table, "result", path),
            eligibility=tuple(self.eligibility(table, path)),
            reasons=tuple(self.reasons(table, path)),
            messages={str(k): str(v) for k, v in messages.items()}
            if isinstance(messages, Mapping)
            else {},
        )

    def eligibility(self, table: Table, path: str) -> Iterable[EligibilityView]:
        for where, row in self.tables(table, "eligibility", within=path):
            self.only(row, where, {"question", "pass", "otherwise", "instead"})
            passes = self.text(row, "pass", where) or "yes"
            if passes not in ("yes", "no"):
                self.complain(where, '«pass» phải là "yes" hoặc "no"')
            yield EligibilityView(
                question=self.text(row, "question", where, needed=True),
                passes=passes,
                otherwise=self.text(row, "otherwise", where),
                instead=self.text(row, "instead", where),
            )

    def reasons(self, table: Table, path: str) -> Iterable[ReasonView]:
        for where, row in self.tables(table, "reasons", within=path):
            self.only(row, where, set(ReasonView.__slots__))
            yield ReasonView(
                key=self.text(row, "key", where, needed=True),
                kind=self.text(row, "kind", where) or "SUPPLEMENT",
                text=self.text(row, "text", where, needed=True),
                guidance=self.text(row, "guidance", where),
                component=self.text(row, "component", where),
                law=self.text(row, "law", where),
            )

    # ---- single values

    def only(self, table: Table, path: str, known: set[str]) -> None:
        for name in sorted(set(map(str, table)) - known):
            self.complain(path, f"không có thuộc tính «{name}»; dùng: {', '.join(sorted(known))}")

    def text(self, table: Table, name: str, path: str, *, needed: bool = False) -> str:
        value = table.get(name, "")
        if not isinstance(value, str):
            self.complain(path, f"«{name}» phải là chữ trong dấu nháy, không phải {value!r}")
            return ""
        if needed and not value.strip():
            self.complain(path, f"thiếu «{name}»")
        return value

    def words(self, table: Table, name: str, path: str) -> tuple[str, ...]:
        value = table.get(name, ())
        if isinstance(value, str):
            return (value,) if value else ()
        if isinstance(value, Sequence) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.complain(path, f"«{name}» phải là danh sách chữ")
        return ()

    def flag(self, table: Table, name: str, path: str, *, default: bool) -> bool:
        value = table.get(name, default)
        if isinstance(value, bool):
            return value
        self.complain(path, f"«{name}» phải là true hoặc false, không phải {value!r}")
        return default

    def whole(self, table: Table, name: str, path: str) -> int | None:
        value = table.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
            return value
        self.complain(path, f"«{name}» phải là số nguyên không âm, không phải {value!r}")
        return None

    def money(self, table: Table, name: str, path: str) -> Money | None:
        value = self.whole(table, name, path)
        return None if value is None else Money(value)

    def day(self, table: Table, name: str, path: str) -> date | None:
        value = table.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, date):
            return value
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        self.complain(path, f"«{name}» phải là ngày như 2026-07-01, không phải {value!r}")
        return None

    def channel(self, table: Table, path: str) -> str:
        value = self.text(table, "channel", path) or "ALL"
        if value not in CHANNELS:
            self.complain(path, f"«channel» {value!r} lạ; dùng: {', '.join(CHANNELS)}")
            return "ALL"
        return value

    def condition(self, table: Table, name: str, path: str) -> Condition | None:
        source = table.get(name)
        if source is None:
            return None
        try:
            return parse_condition(source)
        except ConditionFault as fault:
            self.complain(f"{path}.{name}", str(fault))
            return None

    def enum(self, kind: type[E], table: Table, name: str, path: str, default: E | None) -> E:
        value = table.get(name, default)
        return self.member(kind, value, f"{path}.{name}", default or next(iter(kind)))

    def member(self, kind: type[E], value: object, path: str, default: E) -> E:
        try:
            return kind(value)
        except ValueError:
            allowed = ", ".join(str(m.value) for m in kind)
            self.complain(path, f"{value!r} lạ; dùng: {allowed}")
            return default

    def tables(self, table: Table, name: str, *, within: str = "") -> Iterable[tuple[str, Table]]:
        rows = table.get(name) or ()
        where = f"{within}.{name}" if within else name
        if not isinstance(rows, Sequence) or isinstance(rows, str):
            self.complain(where, "phải là một danh sách bảng ([[…]])")
            return
        for position, row in enumerate(rows):
            if isinstance(row, Mapping):
                yield f"{where}[{row.get('key', position)}]", row
            else:
                self.complain(f"{where}[{position}]", "phải là một bảng")


FEE_LABELS = {
    FeeKind.PHI: "Phí",
    FeeKind.LE_PHI: "Lệ phí",
    FeeKind.LAND_DUTY: "Nghĩa vụ tài chính về đất",
    FeeKind.TAX: "Thuế",
    FeeKind.POST: "Cước bưu chính",
    FeeKind.OTHER: "Khoản khác",
}
