"""Headers that every response bears: what a browser may load, run and reveal."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

UNUSED = (
    "accelerometer",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
UNUSED_FEATURES = ", ".join(("camera=(self)", *(f"{name}=()" for name in UNUSED)))
FIXED = {
    "Permissions-Policy": UNUSED_FEATURES,
    "Cross-Origin-Resource-Policy": "same-origin",
    # On static files too, which are answered before Django's own middleware.
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
}


def content_security_policy(*, form_targets: tuple[str, ...], identity_provider: str) -> str:
    """Nothing inline, nothing from elsewhere.

    form_targets: origins to which a form may lead by redirect.
    """
    provider = urlsplit(identity_provider)
    origins = sorted({*form_targets, f"{provider.scheme}://{provider.netloc}"})
    rules = {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "form-action": " ".join(["'self'", *origins]),
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class SecurityHeaders:
    """Adds the content security policy and switches off what our pages never use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        if asked := response.headers.get("Permissions-Policy"):  # `kernel.web.may_locate`
            response["Permissions-Policy"] = UNUSED_FEATURES.replace("geolocation=()", asked)
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        return response
