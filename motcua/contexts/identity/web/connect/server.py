"""oauthlib's endpoints, put together with our rules: code and refresh token, nothing else."""

import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from oauthlib.oauth2.rfc6749.endpoints import (
    AuthorizationEndpoint,
    IntrospectEndpoint,
    RevocationEndpoint,
    TokenEndpoint,
)
from oauthlib.oauth2.rfc6749.tokens import BearerToken
from oauthlib.openid.connect.core.grant_types import AuthorizationCodeGrant, RefreshTokenGrant

from motcua.contexts.identity.contracts.applications import DataScope
from motcua.contexts.identity.rules.applications import ACCESS_LIFE
from motcua.contexts.identity.web.connect.rules import GRANT_TYPES, Rules, level_name

AUTHORIZE = "/oidc/authorize"


def new_token(_request: object = None) -> str:
    return secrets.token_urlsafe(32)


def _code(rules: Rules) -> Any:
    return AuthorizationCodeGrant(rules, pre_auth=[rules.check_request])


def _bearer(rules: Rules) -> Any:
    return BearerToken(rules, new_token, int(ACCESS_LIFE.total_seconds()), new_token)


def authorization(rules: Rules) -> Any:
    return AuthorizationEndpoint("code", _bearer(rules), {"code": _code(rules)})


def tokens(rules: Rules) -> Any:
    kinds = {"authorization_code": _code(rules), "refresh_token": RefreshTokenGrant(rules)}
    return TokenEndpoint("authorization_code", _bearer(rules), kinds)


def revocation(rules: Rules) -> Any:
    return RevocationEndpoint(rules)


def introspection(rules: Rules) -> Any:
    return IntrospectEndpoint(rules)


def posted(request: HttpRequest) -> tuple[str, str, str, dict[str, str]]:
    """A POST as oauthlib takes it: address, method, body, headers."""
    headers = {"Authorization": request.headers.get("Authorization", "")}
    address = f"{settings.PUBLIC_ORIGIN}{request.get_full_path()}"
    return address, "POST", request.POST.urlencode(), headers


def description() -> dict[str, object]:
    """`/.well-known/openid-configuration`."""
    here = settings.PUBLIC_ORIGIN
    return {
        "issuer": here,
        "authorization_endpoint": f"{here}{AUTHORIZE}",
        "token_endpoint": f"{here}/oidc/token",
        "userinfo_endpoint": f"{here}/oidc/userinfo",
        "revocation_endpoint": f"{here}/oidc/revoke",
        "introspection_endpoint": f"{here}/oidc/introspect",
        "end_session_endpoint": f"{here}/oidc/logout",
        "jwks_uri": f"{here}/oidc/keys",
        "scopes_supported": [scope.value for scope in DataScope],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": list(GRANT_TYPES),
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": [
            "client_secret_basic", "client_secret_post", "none",
        ],
        "introspection_endpoint_auth_methods_supported": [
            "client_secret_basic", "client_secret_post",
        ],
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
        "acr_values_supported": [level_name(1), level_name(2)],
        "prompt_values_supported": ["none", "login", "consent", "select_account"],
        "claims_supported": [
            "sub", "sid", "auth_time", "acr", "amr", "account_type", "name", "birthdate",
            "personal_number", "email", "email_verified", "phone_number",
            "phone_number_verified", "posts",
        ],
        "authorization_response_iss_parameter_supported": True,
        "claims_parameter_supported": False,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
        "ui_locales_supported": ["vi", "en"],
    }  # fmt: skip
