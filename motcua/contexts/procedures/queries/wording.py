"""Lời về miễn, giảm phí: which entitlement lowers the fee, why the others do not."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from motcua.contexts.procedures.contracts.exemptions import Exempted, Exemption
from motcua.ui import dates
from motcua.ui.words import language


def name_of(one: Exemption) -> str:
    return one.name_en if _english() else one.name


def applied(found: Exempted) -> Iterator[str]:
    """Which was chosen and why the others were not."""
    if found.chosen:
        words = {
            "saved": found.saved.vnd(), "name": name_of(found.chosen), "law": found.chosen.law,
        }  # fmt: skip
        yield _("Bạn được miễn, giảm %(saved)s theo diện «%(name)s». Căn cứ: %(law)s.") % words
        if not found.chosen.verified:
            yield _("Mức miễn, giảm này chưa kiểm chứng với văn bản luật.")
    if found.others:
        names = {"names": _names(found.others)}
        yield _("Diện %(names)s không giảm nhiều hơn. Các diện không cộng với nhau.") % names
    if found.expired:
        names = {"names": _names(found.expired)}
        yield _("Diện %(names)s không áp dụng cho ngày hôm nay.") % names


def could(rules: Sequence[Exemption]) -> Iterator[str]:
    """What somebody may be entitled to, said before anybody signs in."""
    for one in rules:
        words = {
            "name": name_of(one),
            "who": one.who_en if _english() else one.who,
            "day": dates.day(one.valid_to),
        }
        said = _("Có thể được miễn, giảm: «%(name)s», đến hết %(day)s. %(who)s.") % words
        yield said if one.verified else f"{said} {_('(chưa kiểm chứng)')}"


def _names(rules: Sequence[Exemption]) -> str:
    return ", ".join(f"«{name_of(one)}»" for one in rules)


def _english() -> bool:
    return language() == "en"
