"""Danh mục bằng lời thường: how long, how much, who decides, in the reader's language."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from motcua.contexts.dossiers.contracts import DossierLine
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import (
    ComponentView,
    DurationView,
    FeeLine,
    FeeRule,
    FeeRuleView,
    Hit,
    Level,
    NotFiled,
    Online,
    PartialReason,
    ProcedureNotFound,
    ProcedureNotOpen,
    TimeUnit,
    VersionView,
)
from motcua.kernel.clock import city_date
from motcua.kernel.money import Money
from motcua.ui.words import foreign, language


def in_english() -> bool:
    return language() == "en"


def name_of(it: Hit | VersionView | ComponentView) -> str:
    """The English name when one exists and English is read; else the name in law."""
    return it.name_en if in_english() and it.name_en else it.name


def name_of_line(line: DossierLine) -> tuple[str, str]:
    """The procedure of a dossier in the reader's language, and the `lang` of that name."""
    try:
        version = procedures.open_version(line.procedure_code, city_date(line.submitted_at))
    except (ProcedureNotFound, ProcedureNotOpen):
        return line.procedure_name, foreign()
    return name_of(version), language_of(version)


def language_of(it: Hit | VersionView | ComponentView) -> str:
    """«vi» when the Vietnamese name stands on an English page, for readers aloud."""
    return "vi" if in_english() and not it.name_en else ""


def why_not_filed(reason: NotFiled) -> str:
    """Why a record of the national catalogue is here for reading only."""
    match reason:
        case NotFiled.CENTRAL:
            return _("Thủ tục này do bộ, ngành trung ương giải quyết.")
        case NotFiled.NOT_ONLINE:
            return _("Danh mục quốc gia ghi thủ tục này chỉ nhận tại quầy hoặc qua bưu chính.")
        case NotFiled.OTHER_PROVINCE:
            return _("Thủ tục này do tỉnh, thành phố khác ban hành và giải quyết.")
        case NotFiled.AGENCY_UNKNOWN:
            return _("Theo danh mục quốc gia, nơi giải quyết không phải là cơ quan của Thành phố.")
        case NotFiled.NO_AGENCY:
            return _("Danh mục quốc gia chưa ghi cơ quan nào giải quyết.")
    return _("Thành phố chưa giao phòng nào nhận việc này trên mạng.")


def duration_words(duration: DurationView) -> str:
    """«7 ngày làm việc»."""
    value = duration.value
    number = int(value) if value == int(value) else value
    many = max(2, int(value)) if value != 1 else 1
    match duration.unit:
        case TimeUnit.HOUR:
            return ngettext("%(n)s giờ làm việc", "%(n)s giờ làm việc", many) % {"n": number}
        case TimeUnit.WORKING_DAY:
            return ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", many) % {"n": number}
        case TimeUnit.CALENDAR_DAY:
            return ngettext("%(n)s ngày", "%(n)s ngày", many) % {"n": number}
        case TimeUnit.MONTH:
            return ngettext("%(n)s tháng", "%(n)s tháng", many) % {"n": number}
        case TimeUnit.SAME_DAY_15H:
            return _("Trong ngày; nhận sau 15 giờ thì ngày làm việc tiếp theo")
    return _("theo quy định riêng") if in_english() else duration.text


def fee_words(fee: FeeRuleView) -> str:
    """«8.000 ₫ mỗi bản»; a fee of the council's table has no figure and says so."""
    match fee.rule:
        case FeeRule.FREE:
            return _("Không thu")
        case FeeRule.FIXED if fee.amount is not None:
            return fee.amount.vnd()
        case FeeRule.PER_PAGE:
            return _("%(amount)s mỗi trang") % {"amount": _first_amount(fee)}
        case FeeRule.PER_COPY:
            return _("%(amount)s mỗi bản") % {"amount": _first_amount(fee)}
        case FeeRule.HDND_TABLE:
            return _("Theo bảng của Hội đồng nhân dân Thành phố; cán bộ báo số tiền trước khi thu")
    unknown = _("Cán bộ báo số tiền trước khi thu")
    return unknown if in_english() else fee.text or unknown


def _first_amount(fee: FeeRuleView) -> str:
    amount = fee.amount if fee.amount is not None else fee.tiers[0].amount if fee.tiers else None
    return (amount or Money(0)).vnd()


def shortest(durations: Sequence[DurationView]) -> str:
    """For a line of a list: the one time limit, or that it depends."""
    said = tuple(dict.fromkeys(duration_words(d) for d in durations))
    if not said:
        return ""
    return said[0] if len(said) == 1 else _("tùy trường hợp, từ %(least)s") % {"least": said[0]}


def possible_exemptions(fees: Sequence[FeeRuleView], on: date) -> str:
    """Who may pay less, before anybody has signed in; "" where nothing lowers these fees."""
    charged = tuple(
        FeeLine(kind=fee.kind, label=fee.label, amount=None)
        for fee in fees
        if fee.rule is not FeeRule.FREE
    )
    rules = procedures.possible_exemptions(charged, on=on)
    return " ".join(procedures.possible_said(rules))


def fee_summary(fees: Sequence[FeeRuleView]) -> str:
    """What everybody pays; when that is nothing, also what only some pay."""
    charged = [fee for fee in fees if fee.rule is not FeeRule.FREE]
    always = [fee for fee in charged if fee.applies_if is None]
    if not fees:
        return ""
    if always:
        return fee_words(always[0])
    if not charged:
        return _("Không thu")
    more = {"label": gettext(charged[0].label), "fee": fee_words(charged[0])}
    return _("Không thu. %(label)s: %(fee)s") % more


def level_words(levels: Sequence[str]) -> str:
    """Who decides, by level."""
    words = {
        Level.COMMUNE: _("UBND phường, xã, đặc khu"),
        Level.CITY: _("Sở, ngành của Thành phố"),
        Level.MINISTRY: _("Bộ, cơ quan trung ương"),
    }
    return ", ".join(words[Level(level)] for level in levels if level in set(Level))


def online_words(online: Online, reason: PartialReason | None) -> str:
    words = {
        Online.FULL: _("Nộp và nhận kết quả trên mạng"),
        Online.PARTIAL: _("Nộp trên mạng, có bước làm trực tiếp"),
        Online.INFO_ONLY: _("Trên mạng chỉ có thông tin"),
        Online.NONE: _("Nộp trực tiếp hoặc qua bưu chính"),
    }
    because = {
        PartialReason.PRESENCE: _("vì bạn phải có mặt"),
        PartialReason.FIELD_CHECK: _("vì phải kiểm tra tại chỗ"),
        PartialReason.INCIDENT: _("vì hệ thống đang có sự cố"),
        PartialReason.TECHNICAL: _("vì lý do kỹ thuật"),
    }
    return f"{words[online]}, {because[reason]}" if reason else words[online]


REGISTERS = {
    "population": "Cơ sở dữ liệu quốc gia về dân cư",
    "civil_status": "Cơ sở dữ liệu hộ tịch điện tử",
    "business": "Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp",
    "land": "Cơ sở dữ liệu quốc gia về đất đai",
    "education": "Cơ sở dữ liệu ngành giáo dục",
    "welfare": "Cơ sở dữ liệu an sinh xã hội",
}


def register_words(key: str) -> str:
    return gettext(REGISTERS.get(key, key))
