"""Identity: people, their identifiers, the accounts they sign in with."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "motcua.contexts.identity"
    label = "identity"
    verbose_name = "Định danh và tài khoản"

    def ready(self) -> None:
        from motcua.contexts.exchange import public as exchange
        from motcua.contexts.identity import public
        from motcua.contexts.identity.adapters.vneid import VNeIDConnector
        from motcua.kernel import api, clock

        exchange.register(VNeIDConnector())
        api.set_authenticator(lambda text: public.actor_for_token(text, now=clock.now()))
