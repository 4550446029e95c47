"""Xác nhận tại chỗ: what the form of another context needs for an officer to prove anew.

The question that a passkey answers is kept in the officer's own session, so that an answer counts
for the page that asked, and once.
"""

from collections.abc import Collection

from django.http import HttpRequest

from motcua.contexts.identity.adapters import webauthn
from motcua.contexts.identity.contracts import FactorKind
from motcua.contexts.identity.contracts.proving import WaysToProve

ASKED = "passkey_to_prove"  # session key


def ways(request: HttpRequest, kinds: Collection[str]) -> WaysToProve:
    """Asks the browser for a passkey only where the officer has one."""
    by_code = FactorKind.TOTP in kinds
    if FactorKind.PASSKEY not in kinds:
        return WaysToProve(by_code=by_code)
    question = webauthn.to_prove()
    request.session[ASKED] = question.state
    return WaysToProve(by_code=by_code, options=question.options, elsewhere=_elsewhere(request))


def asked(request: HttpRequest) -> webauthn.State | None:
    """What was asked last; asked for again it is gone."""
    state: webauthn.State | None = request.session.pop(ASKED, None)
    return state


def _elsewhere(request: HttpRequest) -> str:
    ours = webauthn.origin()
    here = f"{request.scheme}://{request.get_host()}"
    return "" if here == ours else f"{ours}{request.path}"
