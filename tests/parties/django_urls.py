"""Pages of the Django site that signs people in by the city."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from mozilla_django_oidc.auth import OIDCAuthenticationBackend


class Backend(OIDCAuthenticationBackend):
    """People are known by the subject, as they have no mail address for sure."""

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        return "sub" in claims

    def filter_users_by_claims(self, claims: dict[str, Any]) -> Any:
        return User.objects.filter(username=claims["sub"])

    def create_user(self, claims: dict[str, Any]) -> User:
        return User.objects.create_user(username=claims["sub"], last_name=claims["name"])


def me(request: HttpRequest) -> JsonResponse:
    return JsonResponse({
        "subject": request.user.get_username(), "name": getattr(request.user, "last_name", ""),
        "people": User.objects.count(),
    })  # fmt: skip


urlpatterns = [path("oidc/", include("mozilla_django_oidc.urls")), path("me", me)]
