"""The stand-ins wired to this installation: same secrets, same addresses."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from motcua.contexts.exchange.adapters import registry
from motcua.contexts.exchange.adapters.simulators.callbacks import Ear
from motcua.contexts.exchange.adapters.simulators.city import Setup, Simulators
from motcua.contexts.exchange.adapters.simulators.vneid import Client
from motcua.contexts.exchange.contracts import SMS_PROVIDERS, VNPOST

VNEID_CALLBACK = "/dang-nhap/vneid/tra-ve"
BANK_CALLBACK = "/api/v1/payments/bank-callback"
BANK_REFUND_CALLBACK = "/api/v1/payments/bank-refund-callback"
POST_TRACKING = "/api/v1/post/tracking"
SMS_RECEIPTS = "/api/v1/sms/receipts"


def _origins() -> tuple[str, ...]:
    """The platform under each name a browser on this machine may use for it."""
    local = (f"http://{host}:{settings.ENVIRONMENT.port}" for host in ("127.0.0.1", "localhost"))
    return tuple(dict.fromkeys((settings.PUBLIC_ORIGIN, *local)))


def ears(platform: str) -> dict[str, Ear]:
    """Where this platform listens to the neighbours that tell it something."""
    bank = Ear(f"{platform}{BANK_CALLBACK}", registry.shared_secret("bank"))
    told = f"{platform}{SMS_RECEIPTS}"
    return {
        "bank": bank,
        "bank_refund": Ear(f"{platform}{BANK_REFUND_CALLBACK}", registry.shared_secret("bank")),
        VNPOST: Ear(f"{platform}{POST_TRACKING}", registry.shared_secret(VNPOST)),
        **{name: Ear(told, registry.shared_secret(name)) for name in SMS_PROVIDERS},
    }


def tokens() -> dict[str, str]:
    names = (*registry.OPERATIONS, registry.TRIED)
    return {name: registry.bearer_token(name) for name in names}


def setup(*, port: int, folder: Path | None = None) -> Setup:
    origin = f"http://127.0.0.1:{port}"
    origins = _origins()
    [app] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return Setup(
        folder=folder or settings.VAR / "simulators",
        origin=origin,
        platform=settings.PUBLIC_ORIGIN,
        issuer=f"{origin}/vneid",
        client=Client(
            id=app["client_id"],
            secret=app["secret"],
            redirect_uris=frozenset(f"{o}{VNEID_CALLBACK}" for o in origins),
            logout_uris=frozenset(f"{o}/" for o in origins),
        ),
        ears=ears(settings.PUBLIC_ORIGIN),
        tokens=tokens(),
        authenticator_key=registry.shared_secret("authenticator"),
    )


def simulators(*, port: int, now: Callable[[], datetime], folder: Path | None = None) -> Simulators:
    return Simulators(setup(port=port, folder=folder), now=now)
