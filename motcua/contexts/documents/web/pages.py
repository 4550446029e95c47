"""View models of the public check."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.contexts.documents.contracts import Verification, VerificationStatus
from motcua.kernel.errors import DomainError
from motcua.ui import dates
from motcua.ui.parts import Fact, FieldError, Verified
from motcua.ui.words import foreign

S = VerificationStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyPage:
    """The question, and the answer when one was asked for."""

    typed: str = ""
    answer: Verified | None = None
    errors: tuple[FieldError, ...] = ()


def empty_page() -> VerifyPage:
    return VerifyPage()


def answered_page(found: Verification) -> VerifyPage:
    return VerifyPage(typed=found.code, answer=verified(found))


def refused_page(refusal: DomainError) -> VerifyPage:
    return VerifyPage(errors=(FieldError(text=refusal.message, field="tep"),))


def verified(found: Verification) -> Verified:
    return Verified(
        status=found.status.value.lower(),
        title=titles()[found.status],
        text=_(found.because),
        facts=_facts(found),
    )


def titles() -> dict[VerificationStatus, str]:
    return {
        S.VALID: _("Giấy tờ thật, còn giá trị"),
        S.ALTERED: _("Giấy tờ đã bị thay đổi, không dùng được"),
        S.REVOKED: _("Giấy tờ đã bị thu hồi"),
        S.UNKNOWN: _("Chưa xác minh được"),
    }


def _facts(found: Verification) -> tuple[Fact, ...]:
    rows = (
        (_("Mã xác minh"), found.code, ""),
        (_("Giấy tờ"), found.title, foreign()),
        (_("Nơi ban hành"), found.unit_name, foreign()),
        (_("Người ký"), _signer(found), foreign()),
        (_("Ban hành lúc"), dates.city_moment(found.issued_at), ""),
        (_("Dấu thời gian"), dates.city_moment(found.timestamped_at), ""),
        (_("Cấp cho"), found.owner_masked, foreign()),
        (_("Thu hồi lúc"), dates.city_moment(found.revoked_at), ""),
        (_("Lý do thu hồi"), found.revoked_reason, foreign()),
    )
    facts = [Fact(label=label, value=value, language=lang) for label, value, lang in rows if value]
    if found.replaced_by_code:
        url = f"/xac-minh/{found.replaced_by_code}"
        facts.append(Fact(label=_("Thay bằng"), value=found.replaced_by_code, url=url))
    return tuple(facts)


def _signer(found: Verification) -> str:
    return ", ".join(filter(None, (found.signer_name, found.signer_position)))
