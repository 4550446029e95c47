"""Builders for tests: people and accounts with only the arguments that matter."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth.hashers import make_password
from django.test import Client
from fido2.cose import CoseKey
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorAssertionResponse,
    AuthenticatorData,
    CollectedClientData,
)

from motcua.contexts.identity import public
from motcua.contexts.identity.actions.consents import give_consent
from motcua.contexts.identity.actions.mandates import give_for_child, give_mandate
from motcua.contexts.identity.actions.matching import ask_evidence, merge_people
from motcua.contexts.identity.actions.organisations import sign_in_organisation
from motcua.contexts.identity.actions.people import register_person
from motcua.contexts.identity.actions.tokens import make_token, new_token_text
from motcua.contexts.identity.adapters import webauthn
from motcua.contexts.identity.adapters.sessions import USED
from motcua.contexts.identity.contracts import (
    AccountKind,
    FactorKind,
    NewPerson,
    PersonView,
    Source,
    VNeIDClaims,
)
from motcua.contexts.identity.contracts.applications import ApplicationTerms, Asked, DataScope
from motcua.contexts.identity.contracts.mandates import GiveMandate, Proof, Scope
from motcua.contexts.identity.contracts.matching import CandidateState
from motcua.contexts.identity.contracts.organisations import (
    OrganisationClaims,
    OrganisationSignedIn,
)
from motcua.contexts.identity.models import Account, Commitment, Factor, Mandate, Training
from motcua.contexts.identity.queries import accounts, mandates, matching
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.rules import (
    ASSURANCE,
    BY_CODE,
    BY_PASSWORD,
    METHODS,
    PROVEN_AT,
    SESSION_MARK,
    SIGNED_IN_AT,
    TWO_FACTORS,
    one_time_code,
    step_of,
)
from motcua.contexts.identity.rules.clearance import text_to_sign
from motcua.contexts.identity.web.middleware import recent
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Act, Actor, ActorKind, MandateKind, Role
from motcua.kernel.clearance import NEEDS_CLEARANCE
from motcua.kernel.clock import city_date
from motcua.kernel.testing import MONDAY_9AM, citizen, officer

PASSWORD = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of an app of codes; 160 bits in base32


def a_person(
    full_name: str = "Nguyễn Thị Ánh Tuyết",
    *,
    personal_number: str = "079190999001",
    born_on: date | None = date(1990, 5, 12),
    sex: str = "nu",
    email: str = "anh.tuyet@example.vn",
    phone: str = "0900000001",
    ward_code: str = "26740",
) -> PersonView:
    """A registered person; without arguments the citizen of the cast."""
    told = NewPerson(
        full_name=full_name,
        personal_number=personal_number,
        born_on=born_on,
        sex=sex,
        email=email,
        phone=phone,
        address_text="12 Nguyễn Huệ",
        ward_code=ward_code,
        source=Source.SEED,
    )
    return public.person(register_person(told, actor=SYSTEM, now=MONDAY_9AM).id)


def at_the_desk_of(receiver: Actor, person_id: UUID, *, now: datetime = MONDAY_9AM) -> None:
    """The person stands there: the receiver has found them by what their card says."""
    person = public.person(person_id)
    number = public.personal_number_of(person_id)
    public.find_or_register(number, person.full_name, person.born_on, actor=receiver, now=now)


def a_waiting_pair(person: PersonView, *, what: str = "thẻ căn cước") -> UUID:
    """A second row with the name and birth date of this one; an officer asked for evidence."""
    guard = officer(Role.DATA_PROTECTION)
    a_person(person.full_name, personal_number="079190999009", born_on=person.born_on)
    pair = matching.candidates(guard, CandidateState.OPEN, now=MONDAY_9AM)[0].id
    ask_evidence(pair, what=what, actor=guard, now=MONDAY_9AM)
    return pair


def a_merge(survivor: UUID, other: UUID) -> None:
    """An officer found these two rows to be one person."""
    guard = officer(Role.DATA_PROTECTION)
    pairs = matching.candidates(guard, CandidateState.OPEN, now=MONDAY_9AM)
    pair = next(one for one in pairs if {side.person_id for side in one.sides} == {survivor, other})
    merge_people(
        pair.id,
        survivor_id=survivor,
        reason="Cùng một người",
        evidence="Thẻ căn cước",
        actor=guard,
        now=MONDAY_9AM,
    )


def a_citizen_account(person: PersonView | None = None) -> Account:
    """An account as the first sign-in by VNeID makes it."""
    owner = person or a_person()
    account = Account(
        username=f"cd-{owner.id.hex}",
        kind=AccountKind.CITIZEN,
        person_id=owner.id,
        created_at=MONDAY_9AM,
    )
    account.set_unusable_password()
    account.save()
    return account


def an_officer_account(
    username: str = "khue",
    *,
    officer_id: UUID,
    password: str = PASSWORD,
    is_active: bool = True,
    is_cleared: bool = True,
) -> Account:
    """An account of an officer who is on the staff list, trained and committed unless said."""
    account = Account(
        username=username,
        kind=AccountKind.OFFICER,
        officer_id=officer_id,
        password=make_password(password),
        is_active=is_active,
        created_at=MONDAY_9AM,
    )
    account.save()
    if is_cleared:
        cleared(officer_id)
    return account


def cleared(officer_id: UUID, *, until: date = date(2099, 1, 1)) -> None:
    """The officer was trained in every sensitive class and has signed, until that day."""
    since = date(2020, 1, 1)
    for one in sorted(NEEDS_CLEARANCE):
        days = {"officer_id": officer_id, "data_class": one, "valid_to": until}
        Training.objects.create(
            **days, certificate="01/GCN-TH", valid_from=since, recorded_at=MONDAY_9AM
        )
        text = text_to_sign(one)
        Commitment.objects.create(
            **days,
            version=text.version,
            text_hash=text.digest,
            valid_from=since,
            signed_at=MONDAY_9AM,
        )


def signed_in(client: Client, account: Account, *, assurance: int = 2) -> Client:
    """The client with a session of this account, without the detour over a sign-in page.

    An officer has proved two factors, as nobody gets in with less.
    """
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[SIGNED_IN_AT] = session[USED] = session[PROVEN_AT] = int(clock.now().timestamp())
    session[ASSURANCE] = TWO_FACTORS if account.officer_id else assurance
    if account.officer_id:
        session[METHODS] = [BY_PASSWORD, BY_CODE]
    session.save()
    return client


def proved(client: Client, at: datetime) -> None:
    """When the client's person last showed at VNeID who they are."""
    session = client.session
    session[PROVEN_AT] = int(at.timestamp())
    session.save()
    recent.forget()


def an_app(account: Account, *, secret: str = SECRET) -> Factor:
    """The officer's app of codes; what it shows: `code_of`."""
    factor = Factor(
        account=account, kind=FactorKind.TOTP, name="Ứng dụng tạo mã", secret=secret,
        created_at=MONDAY_9AM,
    )  # fmt: skip
    factor.save()
    return factor


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftPasskey:
    """A passkey without a device: answers what a browser is asked, with a signature of its own."""

    credential_id: bytes
    key: ec.EllipticCurvePrivateKey

    def answer(self, options: str, *, counter: int = 1, origin: str = "") -> str:
        """options: as the page gives them to the browser."""
        ours = origin or webauthn.origin()
        host = urlsplit(ours).hostname or ""
        challenge = json.loads(options)["publicKey"]["challenge"]
        said = CollectedClientData.create("webauthn.get", challenge, ours)
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
        data = AuthenticatorData.create(sha256(host.encode()).digest(), flags, counter)
        proof = AuthenticatorAssertionResponse(
            client_data=said,
            authenticator_data=data,
            signature=self.key.sign(data + said.hash, ec.ECDSA(hashes.SHA256())),
        )
        return json.dumps(
            dict(AuthenticationResponse(raw_id=self.credential_id, response=proof)), default=dict
        )


def a_passkey(account: Account) -> SoftPasskey:
    """The officer has it beside, or instead of, an app of codes."""
    made = SoftPasskey(credential_id=account.id.bytes, key=ec.generate_private_key(ec.SECP256R1()))
    point = made.key.public_key().public_numbers()
    x, y = (number.to_bytes(32, "big") for number in (point.x, point.y))
    public_key = CoseKey.parse({1: 2, 3: -7, -1: 1, -2: x, -3: y})  # ES256 on P-256, RFC 9053
    held = AttestedCredentialData.create(bytes(16), made.credential_id, public_key)
    Factor(
        account=account, kind=FactorKind.PASSKEY, name="Máy tính cơ quan",
        credential_id=made.credential_id, credential=bytes(held), created_at=MONDAY_9AM,
    ).save()  # fmt: skip
    return made


def code_of(secret: str = SECRET, *, later: int = 0) -> str:
    """What the app shows now, or `later` steps of half a minute after."""
    return one_time_code(secret, step_of(clock.now()) + later)


def the_actor(
    account: Account, *, name: str = "Nguyễn Thị Ánh Tuyết", proven_at: datetime = MONDAY_9AM
) -> Actor:
    """The actor of a citizen's account."""
    return Actor(
        kind=ActorKind.CITIZEN,
        name=name,
        account_id=account.id,
        person_id=account.person_id,
        assurance=2,
        proven_at=proven_at,
    )


def a_mandate(
    principal: UUID,
    representative: UUID,
    *,
    kind: MandateKind = MandateKind.HELPER,
    acts: Iterable[Act] = Act,
    procedures: Iterable[str] = (),
    fields: Iterable[str] = (),
    now: datetime = MONDAY_9AM,
    days: int = 300,
    by: Actor | None = None,
) -> UUID:
    """Given by the principal, who is signed in at level 2, or by the head of the company."""
    scope = Scope(acts=frozenset(acts), procedures=frozenset(procedures), fields=frozenset(fields))
    gift = GiveMandate(
        principal_id=principal,
        representative_id=representative,
        kind=kind,
        scope=scope,
        valid_from=city_date(now),
        valid_to=city_date(now) + timedelta(days=days),
        proof=Proof.SELF_DECLARED,
    )
    giver = by or replace(citizen(person=principal, name=f"giver {principal}"), proven_at=now)
    return give_mandate(gift, actor=giver, now=now).id


def over(mandate_id: UUID, *, on: date) -> None:
    """Its last day was that one, as time would have it."""
    Mandate.objects.filter(id=mandate_id).update(valid_to=on)


def a_session_mark(account: Account) -> str:
    """What names a session of this account that has begun and not ended."""
    session = signed_in(Client(), account).session
    session[SESSION_MARK] = token_hex(16)
    session.save()
    return str(session[SESSION_MARK])


def own_actor(account: Account, *, now: datetime = MONDAY_9AM) -> Actor:
    """The actor of an account that works in its own name."""
    return actor_of(account, assurance=2, now=now, proven_at=now)


def a_program_key(
    account: Account,
    *,
    sandbox: bool = False,
    scopes: Iterable[str] = ("read", "write"),
    now: datetime,
) -> str:
    """The text of a key that a program carries for this account."""
    text, actor = new_token_text(sandbox=sandbox), own_actor(account, now=now)
    make_token(text, name="kế toán", scopes=scopes, sandbox=sandbox, actor=actor, now=now)
    return text


def the_head_of(company: OrganisationSignedIn, *, now: datetime = MONDAY_9AM) -> Actor:
    """The legal representative at work for the company."""
    return acting(accounts.account(company.account_id), company.mandate_id, now=now)


def a_child_of(parent: Account, *, now: datetime = MONDAY_9AM) -> UUID:
    """The mandate of a parent for a child that the register names."""
    child = NewPerson(
        full_name="Lê Nguyễn An",
        personal_number="079220999050",
        born_on=date(2020, 6, 1),
        source=Source.APPLICATION,
    )
    return give_for_child(child, child_agreed=False, actor=own_actor(parent, now=now), now=now).id


def acting(account: Account, mandate_id: UUID, *, now: datetime = MONDAY_9AM) -> Actor:
    """The actor of an account that works in the name of the mandate's principal."""
    own = own_actor(account, now=now)
    mandate = mandates.in_force(mandate_id, own, now=now)
    assert mandate is not None
    return replace(own, mandate=mandate)


def a_company(
    representative: PersonView | None = None,
    *,
    subject: str = "pairwise-company",
    tax_code: str = "0999900017",
    full_name: str = "Công ty TNHH Thử Nghiệm Bến Nghé",
    now: datetime = MONDAY_9AM,
) -> OrganisationSignedIn:
    """A company whose legal representative has signed in with its VNeID account."""
    person = representative or a_person()
    claims = OrganisationClaims(
        person=VNeIDClaims(
            subject=subject,
            full_name=person.full_name,
            personal_number=public.personal_number_of(person.id),
            born_on=person.born_on or date(1990, 5, 12),
            level=2,
        ),
        tax_code=tax_code,
        full_name=full_name,
        address_text="1 Đồng Khởi",
        ward_code="26740",
        title="Giám đốc",
    )
    return sign_in_organisation(claims, is_same=True, now=now)


def application_terms(**other: Any) -> ApplicationTerms:
    """The city library: a name it must know, a birth date and a number it would like to."""
    terms = ApplicationTerms(
        name="Thư viện Thành phố",
        unit_id=next(iter(organisations.all_units(MONDAY_9AM.date()))).id,
        redirect_uris=("https://thu-vien.example.vn/ve",),
        logout_uris=("https://thu-vien.example.vn/ra",),
        asked=(
            Asked(scope=DataScope.PROFILE, purpose="Ghi tên lên thẻ bạn đọc", required=True),
            Asked(scope=DataScope.BIRTHDATE, purpose="Chọn sách hợp tuổi"),
            Asked(scope=DataScope.PERSONAL_NUMBER, purpose="Tìm lại thẻ cũ của bạn"),
            Asked(scope=DataScope.EMAIL, purpose="Nhắc ngày trả sách"),
            Asked(scope=DataScope.PHONE, purpose="Gọi khi sách đặt đã về"),
            Asked(scope=DataScope.POSTS, purpose="Biết phòng đọc của đơn vị nào"),
        ),
        sector="thu-vien.example.vn",
    )
    return replace(terms, **other)


@dataclass(frozen=True, slots=True)
class Registered:
    id: UUID
    client_id: str
    secret: str


def an_application(**other: Any) -> Registered:
    """Registered by an administrator; the secret in the open, as only its agency has it."""
    secret = "" if other.get("is_public") else public.new_secret()
    made = public.register_application(
        application_terms(**other), secret, actor=officer(Role.ADMINISTRATOR), now=MONDAY_9AM
    )
    return Registered(id=made.id, client_id=made.client_id, secret=secret)


def a_consent(actor: Actor, *, now: datetime) -> UUID:
    """What this person let the city library know: the name."""
    asked = (Asked(scope=DataScope.PROFILE, purpose="Ghi tên lên thẻ bạn đọc", required=True),)
    return give_consent(an_application().client_id, asked, [], actor=actor, now=now).id
