"""Giấy trong ví: which results may answer for a paper, and why others may not."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import NotReusable, WalletPaper
from motcua.contexts.dossiers.rules.reuse import may_be
from motcua.contexts.dossiers.web import pages
from motcua.ui import dates

AT_MOST = 8  # beside one paper


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletChoice:
    """why_not: a sentence in place of the button. fits: probably the paper that is asked for."""

    id: UUID
    title: str
    issued: str
    validity: str
    why_not: str
    fits: bool


def choices(wallet: tuple[WalletPaper, ...], need: dossiers.Need) -> tuple[WalletChoice, ...]:
    """What fits by its name first, else newest first."""
    found = [_choice(paper, need.component.name) for paper in wallet]
    in_order = sorted(found, key=lambda one: (not one.fits, bool(one.why_not)))
    return tuple(in_order[:AT_MOST])


def _choice(paper: WalletPaper, asked_for: str) -> WalletChoice:
    issued = paper.issued
    return WalletChoice(
        id=issued.id,
        title=issued.title,
        issued=_("%(unit)s cấp %(day)s")
        % {"unit": issued.unit_name, "day": pages.on_day(issued.issued_at)},
        validity=_validity(paper),
        why_not=_why_not(paper),
        fits=not paper.why_not and may_be(issued.title, asked_for),
    )


def _validity(paper: WalletPaper) -> str:
    if paper.why_not:
        return ""
    if paper.last_day is None:
        return _("Còn hiệu lực")
    return _("Dùng được đến hết %(day)s (thời hạn chưa được kiểm chứng)") % {
        "day": dates.day(paper.last_day)
    }


def _why_not(paper: WalletPaper) -> str:
    issued = paper.issued
    if paper.why_not is NotReusable.REVOKED and issued.revoked_at:
        return _("Không dùng lại được: đã thu hồi %(day)s. %(reason)s") % {
            "day": pages.on_day(issued.revoked_at),
            "reason": issued.revoked_reason,
        }
    if paper.why_not is NotReusable.EXPIRED and paper.last_day:
        return _("Không dùng lại được: hết thời hạn từ %(day)s.") % {
            "day": dates.day(paper.last_day)
        }
    return ""
