"""A company and two mandates among the sample cast; invented, printed nowhere."""

from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.identity.actions.mandates import give_mandate
from motcua.contexts.identity.actions.organisations import open_sample_company
from motcua.contexts.identity.contracts import Source
from motcua.contexts.identity.contracts.mandates import GiveMandate, Proof, Scope
from motcua.contexts.identity.contracts.organisations import NewOrganisation, OrganisationKind
from motcua.contexts.identity.queries import mandates
from motcua.kernel.actors import Act, Actor, ActorKind, MandateKind
from motcua.kernel.clock import city_date

COMPANY = NewOrganisation(
    tax_code="0399999004",
    full_name="Công ty TNHH Mai Vàng Sài Gòn",
    kind=OrganisationKind.COMPANY,
    source=Source.SEED,
    address_text="12 Nguyễn Huệ, Phường Sài Gòn, Thành phố Hồ Chí Minh",
    ward_code="26740",
)
DAYS = 365


def give_sample_mandates(head: UUID, helper: UUID, *, now: datetime) -> None:
    """`head` stands for the company, whose accountant `helper` is, and whom he helps besides."""
    own = Actor(kind=ActorKind.CITIZEN, person_id=head, assurance=2, proven_at=now)
    company = open_sample_company(COMPANY, head, now=now)
    acting = Actor(
        kind=ActorKind.CITIZEN,
        person_id=head,
        assurance=2,
        proven_at=now,
        mandate=mandates.in_force(company.mandate_id, own, now=now),
    )
    filling = frozenset({Act.DRAFT, Act.PAY})
    _give(company.organisation_id, helper, MandateKind.ACCOUNTANT, filling, actor=acting, now=now)
    _give(head, helper, MandateKind.HELPER, frozenset(Act), actor=own, now=now)


def _give(
    principal: UUID,
    representative: UUID,
    kind: MandateKind,
    acts: frozenset[Act],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    if mandates.standing_for(principal, representative, kind).exists():
        return
    gift = GiveMandate(
        principal_id=principal,
        representative_id=representative,
        kind=kind,
        scope=Scope(acts=acts),
        valid_from=city_date(now),
        valid_to=city_date(now) + timedelta(days=DAYS),
        proof=Proof.SELF_DECLARED,
    )
    give_mandate(gift, actor=actor, now=now)
