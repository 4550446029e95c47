"""Phí, lệ phí: which fees one dossier owes, never defaulted.

An amount that depends on a quantity nobody has stated, or on a table of the People's Council,
stays open (None) with a sentence; an officer enters it.
"""

from collections.abc import Iterator, Mapping

from motcua.contexts.procedures.contracts import FeeLine, FeeRule, FeeRuleView, VersionView
from motcua.kernel.forms import holds
from motcua.kernel.money import Money

BY_QUANTITY = (FeeRule.PER_COPY, FeeRule.PER_PAGE)
_OPEN = "Chưa biết số bản hoặc số trang. Cán bộ tính khi nhận hồ sơ."


def fee_lines(
    version: VersionView,
    answers: Mapping[str, object],
    *,
    channel: str,
    case: str | None = None,
    copies: int | None = None,
    pages: int | None = None,
) -> tuple[FeeLine, ...]:
    """The fees of one dossier.

    channel: ONLINE, COUNTER or POSTAL. case: None asks the answers. copies, pages: counted by an
    officer; without them the answers to the questions that the rule names.
    """
    own_case = version.case_for(answers) if case is None else case
    applying = [rule for rule in version.fees if _applies(rule, answers, channel, own_case)]
    return tuple(line for rule in applying for line in _line(rule, answers, copies, pages))


def _applies(rule: FeeRuleView, answers: Mapping[str, object], channel: str, case: str) -> bool:
    return (
        rule.channel in (channel, "ALL")
        and rule.case in (case, "")
        and holds(rule.applies_if, answers)
    )


def _line(
    rule: FeeRuleView, answers: Mapping[str, object], copies: int | None, pages: int | None
) -> Iterator[FeeLine]:
    amount, text = rule.amount, rule.text
    if rule.rule is FeeRule.FREE:
        amount = Money(0)
    elif rule.rule in (FeeRule.HDND_TABLE, FeeRule.TEXT):
        amount = None
    elif rule.rule in BY_QUANTITY:
        count = copies if copies is not None else _whole(answers.get(rule.copies))
        if count == 0:
            return
        length = pages if pages is not None else _whole(answers.get(rule.pages))
        amount = amount_by_quantity(rule, copies=count, pages=length)
        text = text if amount is not None else _OPEN
    yield FeeLine(kind=rule.kind, label=rule.label, amount=amount, text=text, when=rule.when)


def amount_by_quantity(rule: FeeRuleView, *, copies: int | None, pages: int | None) -> Money | None:
    """Copies times the price of one copy; None while a needed quantity is unknown."""
    if rule.rule is FeeRule.PER_COPY:
        return None if copies is None or rule.amount is None else rule.amount * copies
    if copies is None or pages is None:
        return None
    one = _pages_amount(rule, pages)
    if one is None:
        return None
    if rule.max_per_copy is not None:
        one = min(one, rule.max_per_copy)
    return one * copies


def _pages_amount(rule: FeeRuleView, pages: int) -> Money | None:
    """Each page at its tier's price; 2.000815: 2.000 a page, from page 3 on 1.000."""
    if not rule.tiers:
        return None if rule.amount is None else rule.amount * pages
    tiers = sorted(rule.tiers, key=lambda tier: tier.from_page)
    ends = [tier.from_page - 1 for tier in tiers[1:]] + [pages]
    counts = [
        max(0, min(end, pages) - tier.from_page + 1) for tier, end in zip(tiers, ends, strict=True)
    ]
    return Money.total(tier.amount * n for tier, n in zip(tiers, counts, strict=True))


def _whole(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    return None
