"""Common to every page that adds a factor: what is asked, and what is kept meanwhile."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.http import HttpRequest

from motcua.contexts.identity.actions.factors import new_secret
from motcua.contexts.identity.adapters import webauthn
from motcua.contexts.identity.contracts import FactorKind, PasskeyRefused
from motcua.contexts.identity.models import Account
from motcua.contexts.identity.queries import factors
from motcua.ui.parts import FieldError

APP = "app_to_confirm"  # session keys; a session's data lie sealed
STATE = "passkey_made"
ISSUER = "Một Cửa"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolPage:
    """secret: to be typed in four groups; address: the same for a camera. options: of a passkey."""

    title: str
    note: str
    offers_app: bool
    secret: str
    address: str
    options: str
    elsewhere: str
    action: str
    errors: tuple[FieldError, ...] = ()


def first_page(request: HttpRequest, account: Account, *errors: FieldError) -> EnrolPage:
    return enrol_page(
        request,
        account,
        *errors,
        title="Thêm cách xác nhận thứ hai",
        note="Mật khẩu đúng. Bạn thêm một cách xác nhận nữa rồi mới mở được trang.",
        action="/dang-nhap/dang-ky",
    )


def enrol_page(
    request: HttpRequest, account: Account, *errors: FieldError, title: str, note: str, action: str
) -> EnrolPage:
    """Both ways at once: a passkey, and an app of codes unless there is one."""
    held = factors.living(account.id)
    passkeys = [bytes(f.credential or b"") for f in held if f.kind == FactorKind.PASSKEY]
    question = webauthn.to_make(account.id, name=account.username, held=passkeys)
    request.session[STATE] = question.state
    secret = secret_of(request)
    return EnrolPage(
        title=title,
        note=note,
        offers_app=all(factor.kind != FactorKind.TOTP for factor in held),
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        address=app_address(account.username, secret),
        options=question.options,
        elsewhere=elsewhere(request),
        action=action,
        errors=errors,
    )


def secret_of(request: HttpRequest) -> str:
    """The same until it is confirmed, so that a wrong code does not ask for a new scan."""
    if APP not in request.session:
        request.session[APP] = new_secret()
    return str(request.session[APP])


def forget(request: HttpRequest) -> None:
    request.session.pop(APP, None)


def made(request: HttpRequest) -> webauthn.Made:
    """Raises: PasskeyRefused."""
    state = request.session.pop(STATE, None)
    if state is None:
        raise PasskeyRefused(reason="not_asked")
    return webauthn.made(request.POST.get("answer", ""), state)


def elsewhere(request: HttpRequest) -> str:
    """The address of this city that passkeys know, when the reader is at another."""
    ours = webauthn.origin()
    here = f"{request.scheme}://{request.get_host()}"
    return "" if here == ours else f"{ours}/dang-nhap"


def app_address(username: str, secret: str) -> str:
    """What the QR code says to an app of codes."""
    label = quote(f"{ISSUER}:{username}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': ISSUER})}"
