"""Pure rules of mandates: what may be done under one, and what may be given."""

from datetime import date, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from motcua.contexts.identity.contracts.mandates import (
    ACT_NAMES,
    KIND_NAMES,
    GiveMandate,
    MandateEnded,
    MandateMalformed,
    MandateRefused,
    MandateTooWide,
    Proof,
    Scope,
    Terms,
)
from motcua.kernel.actors import Act, MandateKind, PrincipalKind

# Of age at 18: unverified, the facts do not give it. A child agrees from 7 years (facts 10, K-h).
OF_AGE = 18
CHILD_AGREES = 7
LONGEST = timedelta(days=366)  # of what somebody gives alone on a page; a paper says its own term

_FOR_PEOPLE = frozenset(
    {
        MandateKind.PARENT,
        MandateKind.GUARDIAN,
        MandateKind.HEIR,
        MandateKind.LAWYER,
        MandateKind.HELPER,
    }
)
_FOR_ORGANISATIONS = frozenset(
    {
        MandateKind.LEGAL_REPRESENTATIVE,
        MandateKind.ACCOUNTANT,
        MandateKind.STAFF,
        MandateKind.LAWYER,
    }
)
KINDS_FOR = {
    PrincipalKind.PERSON: _FOR_PEOPLE,
    PrincipalKind.ORGANISATION: _FOR_ORGANISATIONS,
}
# What each proof can show: a page alone makes nobody parent, guardian or heir.
KINDS_SHOWN_BY = {
    Proof.REGISTER: frozenset({MandateKind.PARENT}),
    Proof.PAPER: _FOR_PEOPLE | _FOR_ORGANISATIONS - {MandateKind.LEGAL_REPRESENTATIVE},
    Proof.SELF_DECLARED: frozenset(
        {MandateKind.LAWYER, MandateKind.HELPER, MandateKind.ACCOUNTANT, MandateKind.STAFF}
    ),
    Proof.ORGANISATION_ACCOUNT: frozenset({MandateKind.LEGAL_REPRESENTATIVE}),
}
EVERYTHING = Scope(acts=frozenset(Act))


def is_in_force(terms: Terms, today: date) -> bool:
    """Begun, not over, not taken back."""
    over = terms.valid_to is not None and today > terms.valid_to
    return terms.revoked_at is None and terms.valid_from <= today and not over


def check_act(terms: Terms, act: Act, *, today: date, procedure: str = "", field: str = "") -> None:
    """Whether the act lies within the mandate today. procedure "": the act names none.

    Raises: MandateEnded, MandateRefused; the sentence says which limit and what to do.
    """
    if not is_in_force(terms, today):
        raise MandateEnded(reason=_why_not(terms, today))
    if act not in terms.scope.acts:
        raise MandateRefused(
            _(
                "Ủy quyền này không gồm việc: %(act)s. "
                "Bạn nhờ người đã ủy quyền tự làm, hoặc cho thêm việc này."
            )
            % {"act": gettext(ACT_NAMES[act])},
            reason="act",
        )
    if procedure and not reaches(terms.scope, procedure, field):
        raise MandateRefused(
            _(
                "Ủy quyền này không gồm thủ tục bạn chọn. "
                "Bạn nhờ người đã ủy quyền tự nộp, hoặc cho thêm thủ tục này."
            ),
            reason="procedure",
        )


def _why_not(terms: Terms, today: date) -> str:
    if terms.revoked_at is not None:
        return "revoked"
    return "not_begun" if today < terms.valid_from else "over"


def reaches(scope: Scope, procedure: str, field: str) -> bool:
    """Whether a procedure lies inside: named, or of a named field; no name means all."""
    if not scope.procedures and not scope.fields:
        return True
    return procedure in scope.procedures or field in scope.fields


def is_within(inner: Terms, outer: Terms) -> bool:
    """Whether everything that `inner` allows, `outer` allows too."""
    ends = outer.valid_to is None or (
        inner.valid_to is not None and inner.valid_to <= outer.valid_to
    )
    return (
        inner.scope.acts <= outer.scope.acts
        and _places_within(inner.scope, outer.scope)
        and inner.valid_from >= outer.valid_from
        and ends
    )


def _places_within(inner: Scope, outer: Scope) -> bool:
    if not outer.procedures and not outer.fields:
        return True
    if not inner.procedures and not inner.fields:
        return False
    # A named procedure may be of a field that `outer` names; only the catalogue knows, so no.
    return inner.procedures <= outer.procedures and inner.fields <= outer.fields


def check_gift(
    gift: GiveMandate, *, principal: PrincipalKind, own: Terms | None, today: date
) -> None:
    """Whether the giver may give this. own: the giver's own mandate; None: the principal gives.

    Raises: MandateMalformed, MandateTooWide.
    """
    _check_shape(gift, principal, today)
    wanted = Terms(scope=gift.scope, valid_from=gift.valid_from, valid_to=gift.valid_to)
    if own is not None and not (is_in_force(own, today) and is_within(wanted, own)):
        raise MandateTooWide


def _check_shape(gift: GiveMandate, principal: PrincipalKind, today: date) -> None:
    if gift.principal_id == gift.representative_id:
        raise MandateMalformed(_("Bạn không cần ủy quyền cho chính mình."), field="representative")
    if gift.kind not in KINDS_FOR[principal] or gift.kind not in KINDS_SHOWN_BY[gift.proof]:
        raise MandateMalformed(
            _(
                "Vai trò «%(kind)s» cần được chứng minh theo cách khác. "
                "Bạn mang giấy tờ đến bộ phận Một cửa."
            )
            % {"kind": gettext(KIND_NAMES[gift.kind])},
            field="kind",
        )
    if not gift.scope.acts:
        raise MandateMalformed(_("Bạn chọn ít nhất một việc."), field="acts")
    if gift.valid_to is not None and gift.valid_to < max(gift.valid_from, today):
        raise MandateMalformed(_("Ngày hết hạn phải từ hôm nay trở đi."), field="valid_to")
    alone = gift.proof is Proof.SELF_DECLARED
    if alone and (gift.valid_to is None or gift.valid_to - gift.valid_from > LONGEST):
        raise MandateMalformed(_("Bạn chọn ngày hết hạn trong vòng một năm."), field="valid_to")
    if gift.proof is Proof.PAPER and not (gift.evidence_file_id and gift.evidence_note.strip()):
        raise MandateMalformed(_("Bạn quét giấy đã xem và ghi tên, số của giấy."), field="evidence")


def last_day_as_child(born_on: date) -> date:
    """The day before the birthday on which somebody is of age."""
    return _birthday(born_on, OF_AGE) - timedelta(days=1)


def must_agree(born_on: date, today: date) -> bool:
    """Whether the child has to agree as well."""
    return today >= _birthday(born_on, CHILD_AGREES)


def _birthday(born_on: date, age: int) -> date:
    """Born on 29 February: on 1 March where the year has none."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)
