"""Các phần của thủ tục: papers, time limits, fees, law and words out of their tables."""

from collections.abc import Iterable, Mapping

from motcua.contexts.procedures.contracts import (
    ComponentForm,
    ComponentView,
    CountedFrom,
    DurationView,
    EligibilityView,
    FeeKind,
    FeeRule,
    FeeRuleView,
    FeeTier,
    FeeWhen,
    KeptOf,
    LegalView,
    ReasonView,
    RetentionView,
    TextsView,
    TimeUnit,
)
from motcua.contexts.procedures.rules.reading.values import Table, Values
from motcua.kernel.privacy import DataClass

_TEXTS = {"for_whom", "before_you_start", "steps", "result", "eligibility", "reasons", "messages"}

FEE_LABELS = {
    FeeKind.PHI: "Phí",
    FeeKind.LE_PHI: "Lệ phí",
    FeeKind.LAND_DUTY: "Nghĩa vụ tài chính về đất",
    FeeKind.TAX: "Thuế",
    FeeKind.POST: "Cước bưu chính",
    FeeKind.OTHER: "Khoản khác",
}


class Parts(Values):
    """Lists of a definition."""

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
                data_class=self.enum(DataClass, row, "data_class", path, DataClass.PERSONAL_BASIC),
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

    def retention(self, table: Table) -> Iterable[RetentionView]:
        seen: set[KeptOf] = set()
        for path, row in self.tables(table, "retention"):
            self.only(row, path, set(RetentionView.__slots__))
            of = self.enum(KeptOf, row, "of", path, KeptOf.DOSSIER)
            if of in seen:
                self.complain(path, f"«of» {of} lặp lại; mỗi loại một thời hạn")
            seen.add(of)
            years = self.whole(row, "years", path)
            if years == 0:
                self.complain(path, "«years» từ 1; vĩnh viễn thì bỏ «years»")
            yield RetentionView(
                of=of,
                years=years or None,
                counted_from=self.enum(CountedFrom, row, "counted_from", path, CountedFrom.ENDED),
                law=self.text(row, "law", path, needed=True),
                mark=self.text(row, "mark", path),
                verified=self.flag(row, "verified", path, default=False),
            )

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
                question=self.text(row, "question", where),
            )
