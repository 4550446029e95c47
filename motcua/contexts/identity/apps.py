"""Identity: people, their identifiers, the accounts they sign in with."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "motcua.contexts.identity"
    label = "identity"
    verbose_name = "Định danh và tài khoản"
