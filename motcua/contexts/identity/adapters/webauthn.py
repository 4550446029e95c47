"""Passkeys by the FIDO library: what the browser is asked, and whether its answer holds.

The relying party is the city's public address. Browsers take no network address for a name, so a
city that runs on 127.0.0.1 is known to passkeys as localhost; production has a name and HTTPS.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from motcua.contexts.identity.contracts import PasskeyRefused

CITY = "Một Cửa"
LOCAL = frozenset({"127.0.0.1", "localhost"})
State = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the browser is asked, as JSON, and what must be kept in the session meanwhile."""

    options: str
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A passkey that a browser made: its name and its public key."""

    credential_id: bytes
    credential: bytes
    sign_count: int


def origin() -> str:
    """The one address whose pages may ask for a passkey."""
    public = urlsplit(str(settings.PUBLIC_ORIGIN))
    if public.hostname not in LOCAL or settings.PRODUCTION:
        return f"{public.scheme}://{public.netloc}"
    port = f":{public.port}" if public.port else ""
    return f"{public.scheme}://localhost{port}"


def _server() -> Fido2Server:
    ours = origin()
    party = PublicKeyCredentialRpEntity(id=urlsplit(ours).hostname or "", name=CITY)
    return Fido2Server(party, verify_origin=lambda said: _is_ours(said, ours))


def _is_ours(said: str, ours: str) -> bool:
    """HTTPS always, except on this very machine outside production."""
    secure = ours.startswith("https://") or not settings.PRODUCTION
    return secure and said == ours


def _known(credentials: Sequence[bytes]) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(held)) for held in credentials]


def to_make(account_id: UUID, *, name: str, held: Sequence[bytes]) -> Question:
    """Ask a browser to make a passkey, on none of the devices that have one already."""
    user = PublicKeyCredentialUserEntity(id=account_id.bytes, name=name, display_name=name)
    options, state = _server().register_begin(
        user,
        credentials=_known(held),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return Question(options=json.dumps(dict(options)), state=dict(state))


def made(answer: str, state: State) -> Made:
    """Raises: PasskeyRefused."""
    try:
        data = _server().register_complete(state, _read(answer))
    except (ValueError, TypeError, KeyError) as problem:
        raise PasskeyRefused(reason="passkey_not_made") from problem
    credential = data.credential_data
    if credential is None:
        raise PasskeyRefused(reason="passkey_empty")
    return Made(
        credential_id=credential.credential_id,
        credential=bytes(credential),
        sign_count=data.counter,
    )


def to_prove() -> Question:
    """Ask a browser for any passkey of this city; it names the account itself."""
    options, state = _server().authenticate_begin(
        user_verification=UserVerificationRequirement.REQUIRED
    )
    return Question(options=json.dumps(dict(options)), state=dict(state))


def claimed(answer: str) -> bytes:
    """Which passkey the answer says it is from. Raises: PasskeyRefused."""
    try:
        return bytes(AuthenticationResponse.from_dict(_read(answer)).raw_id)
    except (ValueError, TypeError, KeyError) as problem:
        raise PasskeyRefused(reason="answer_unreadable") from problem


def proved(answer: str, state: State, *, credential: bytes) -> int:
    """Its counter, when the answer was signed by this passkey, here, for this question.

    Raises: PasskeyRefused.
    """
    try:
        read = AuthenticationResponse.from_dict(_read(answer))
        _server().authenticate_complete(state, _known([credential]), read)
    except (ValueError, TypeError, KeyError) as problem:
        raise PasskeyRefused(reason="passkey_not_proved") from problem
    return int(read.response.authenticator_data.counter)


def _read(answer: str) -> Mapping[str, Any]:
    read = json.loads(answer)
    if not isinstance(read, dict):
        raise ValueError("not an object")
    return read
