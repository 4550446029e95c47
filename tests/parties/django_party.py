"""A Django site with mozilla-django-oidc, in a process and a database of its own.

Settings come as JSON in the first argument. It writes the address to send the browser to, reads
the address the browser came back with, and so on: one line of JSON each way.
"""

import json
import sys
from typing import Any
from urllib.parse import urlencode, urlsplit

import django
from django.conf import settings

HOST = "127.0.0.1:9001"


def end_session(request: Any) -> str:
    said = {
        "id_token_hint": request.session["oidc_id_token"],
        "post_logout_redirect_uri": f"http://{HOST}/gone",
    }
    return f"{settings.LOGOUT_ENDPOINT}?{urlencode(said)}"


def configure(given: dict[str, Any]) -> None:
    described = given["description"]
    settings.configure(
        SECRET_KEY="of a site that lives for one test",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.parties.django_urls",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
            "mozilla_django_oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "mozilla_django_oidc.middleware.SessionRefresh",
        ],
        AUTHENTICATION_BACKENDS=["tests.parties.django_urls.Backend"],
        USE_TZ=True,
        OIDC_RP_CLIENT_ID=given["client_id"],
        OIDC_RP_CLIENT_SECRET=given["client_secret"],
        OIDC_RP_SIGN_ALGO="RS256",
        OIDC_RP_SCOPES="openid profile birthdate",
        OIDC_USE_PKCE=True,
        OIDC_OP_AUTHORIZATION_ENDPOINT=described["authorization_endpoint"],
        OIDC_OP_TOKEN_ENDPOINT=described["token_endpoint"],
        OIDC_OP_USER_ENDPOINT=described["userinfo_endpoint"],
        OIDC_OP_JWKS_ENDPOINT=described["jwks_uri"],
        OIDC_STORE_ID_TOKEN=True,
        OIDC_RENEW_ID_TOKEN_EXPIRY_SECONDS=-1,  # so that the next page signs in silently anew
        OIDC_OP_LOGOUT_URL_METHOD="tests.parties.django_party.end_session",
        LOGOUT_ENDPOINT=described["end_session_endpoint"],
        LOGIN_REDIRECT_URL="/me",
        LOGOUT_REDIRECT_URL="/me",
    )  # fmt: skip
    django.setup()


def tell(**said: object) -> str:
    """Write one line; read the answer."""
    print(json.dumps(said), flush=True)
    return sys.stdin.readline().strip()


def main() -> None:
    configure(json.loads(sys.argv[1]))
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    browser = Client(headers={"host": HOST})

    def came_back(address: str) -> Any:
        parts = urlsplit(address)
        return browser.get(f"{parts.path}?{parts.query}")

    address = tell(url=browser.get("/oidc/authenticate/")["Location"])
    signed_in = came_back(address)
    silent = browser.get("/me")["Location"]
    address = tell(url=silent, landed=signed_in["Location"])
    came_back(address)
    settings.OIDC_RENEW_ID_TOKEN_EXPIRY_SECONDS = 900
    address = tell(url=browser.get("/me")["Location"])
    came_back(address)
    heard = browser.get("/me").json()
    tell(heard=heard, leave=browser.post("/oidc/logout/")["Location"])


if __name__ == "__main__":
    main()
