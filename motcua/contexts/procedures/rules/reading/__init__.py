"""Đọc định nghĩa: a Definition from its TOML or JSON table, with exact complaints."""

from collections.abc import Mapping

from motcua.contexts.procedures.contracts import (
    Definition,
    DefinitionFault,
    Level,
    NotFiled,
    Online,
    PartialReason,
    Routing,
    Source,
    Texts,
)
from motcua.contexts.procedures.rules.reading.parts import Parts
from motcua.contexts.procedures.rules.reading.values import Table
from motcua.kernel.codes import ProcedureCode
from motcua.kernel.forms import Complaint, Form, FormFault, parse_form

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
_TOP = {
    *("code", "name", "name_en", "field", "field_code", "levels", "agency_key", "routing"),
    *("online", "partial_reason", "mark", "decision", "valid_from", "description", "conditions"),
    *("keywords", "life_events", "results", "audience", "steps", "notes", "process_key"),
    *("process", "source", "pack", "duration", "fee", "component", "legal", "form", "texts"),
    *("generic", "not_filed", "retention"),
}


def parse_definition(table: Table) -> Definition:
    """The definition written in the table. Raises: DefinitionFault."""
    reader = _Reader()
    definition = reader.definition(table)
    if reader.complaints:
        raise DefinitionFault(reader.complaints)
    return definition


def parse_texts(table: Table) -> Texts:
    """The words around a procedure, of tables [vi] and [en]. Raises: DefinitionFault."""
    reader = _Reader()
    texts = reader.texts({"texts": table})
    if reader.complaints:
        raise DefinitionFault(reader.complaints)
    return texts


class _Reader(Parts):
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
            retention=tuple(self.retention(table)),
            form=self.form(table),
            texts=self.texts(table),
            process_key=key or str((process_table or {}).get("key", "")),
            process=process_table,
            source=self.enum(Source, table, "source", "procedure", Source.CATALOGUE),
            pack=self.text(table, "pack", "procedure"),
            generic=self.flag(table, "generic", "procedure", default=False),
            not_filed=self.not_filed(table),
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

    def not_filed(self, table: Table) -> NotFiled | None:
        if not table.get("not_filed"):
            return None
        return self.enum(NotFiled, table, "not_filed", "procedure", NotFiled.AGENCY_UNKNOWN)

    def life_events(self, table: Table) -> tuple[str, ...]:
        keys = self.words(table, "life_events", "procedure")
        for key in keys:
            if key not in LIFE_EVENTS:
                self.complain("life_events", f"«{key}» lạ; dùng: {', '.join(LIFE_EVENTS)}")
        return keys

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
