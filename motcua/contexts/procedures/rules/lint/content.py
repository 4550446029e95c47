"""Giấy tờ, phí, căn cứ: nothing defaulted, nothing asked that is already known."""

from collections.abc import Iterator

from motcua.contexts.procedures.contracts import (
    Definition,
    FeeRule,
    FeeRuleView,
    Finding,
    Online,
    Routing,
)
from motcua.contexts.procedures.rules.fees import BY_QUANTITY
from motcua.contexts.procedures.rules.lint.saying import error, warning
from motcua.kernel.forms import Condition, names_in


def content_findings(definition: Definition) -> Iterator[Finding]:
    if not definition.levels:
        yield error("levels", "Chưa ghi cấp thực hiện: COMMUNE, CITY hoặc MINISTRY.")
    if definition.routing is Routing.HERE and not definition.agency_key:
        yield error("agency_key", "Chưa ghi cơ quan, phòng nào giải quyết.")
    if definition.online is Online.PARTIAL and definition.partial_reason is None:
        yield error("partial_reason", "Dịch vụ một phần phải công bố lý do (Nghị định 224/2026).")
    if not definition.legal:
        yield warning("legal", "Chưa có căn cứ pháp lý.")
    yield from _components(definition)
    yield from _fees(definition)
    yield from _conditions(definition)


def _components(definition: Definition) -> Iterator[Finding]:
    if not definition.components and definition.routing is Routing.HERE:
        yield warning("component", "Chưa có giấy tờ nào. Không cần giấy tờ gì thì ghi rõ ở mô tả.")
    for component in definition.components:
        path = f"component[{component.key}]"
        if component.replaced_by and component.required and not component.filled_here:
            yield error(
                path,
                f"«{component.name}» đã có trong cơ sở dữ liệu {component.replaced_by}: không được "
                "bắt nộp. Đặt required = false.",
            )
        if component.filled_here and not definition.form.pages:
            yield warning(path, "Ghi là điền tại đây nhưng chưa có biểu mẫu.")


def _fees(definition: Definition) -> Iterator[Finding]:
    if not definition.fees:
        yield error("fee", "Chưa nói về phí. Miễn phí thì ghi rule = FREE.")
    for place, fee in enumerate(definition.fees):
        yield from _fee(fee, f"fee[{place}]")


def _fee(fee: FeeRuleView, path: str) -> Iterator[Finding]:
    has_amount = fee.amount is not None or bool(fee.tiers)
    if fee.rule in (FeeRule.FREE, FeeRule.HDND_TABLE, FeeRule.TEXT) and has_amount:
        yield error(path, f"{fee.rule} không có số tiền: bỏ «amount», hoặc dùng FIXED.")
    if fee.rule in (FeeRule.HDND_TABLE, FeeRule.TEXT) and not fee.text:
        yield error(path, f"{fee.rule} cần một câu ở «text»: mức thu do ai quyết định, xem ở đâu.")
    if fee.rule in (FeeRule.FIXED, *BY_QUANTITY) and not has_amount:
        yield error(path, f"{fee.rule} cần «amount». Chưa biết mức thu thì dùng TEXT.")
    if fee.amount == 0 or any(tier.amount == 0 for tier in fee.tiers):
        yield error(path, "Số tiền 0 không nói lên điều gì. Miễn phí thì dùng FREE.")
    if fee.tiers and min(tier.from_page for tier in fee.tiers) != 1:
        yield error(path, "Bậc đầu tiên phải bắt đầu từ trang 1.")
    if not fee.verified and fee.rule is not FeeRule.HDND_TABLE:
        yield warning(path, "Mức thu chưa đối chiếu với văn bản.")


def _conditions(definition: Definition) -> Iterator[Finding]:
    known = {question.key for question in definition.form.questions()}
    rows: list[tuple[str, Condition | None]] = [
        *((f"component[{c.key}]", c.applies_if) for c in definition.components),
        *((f"duration[{n}]", d.applies_if) for n, d in enumerate(definition.durations)),
        *((f"fee[{n}]", f.applies_if) for n, f in enumerate(definition.fees)),
    ]
    for path, condition in rows:
        for name in sorted(set(names_in(condition)) - known) if condition else ():
            yield error(path, f"Điều kiện hỏi tới «{name}», biểu mẫu không có câu này.")
    if definition.is_runnable:
        for place, fee in enumerate(definition.fees):
            wanted = {fee.copies, fee.pages} if fee.rule is FeeRule.PER_PAGE else {fee.copies}
            missing = sorted(wanted - known) if fee.rule in BY_QUANTITY else ()
            for name in missing:
                yield warning(f"fee[{place}]", f"Biểu mẫu không hỏi «{name}»: cán bộ phải tự đếm.")
