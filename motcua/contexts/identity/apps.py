"""Identity: people, their identifiers, the accounts they sign in with."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "motcua.contexts.identity"
    label = "identity"
    verbose_name = "Định danh và tài khoản"

    def ready(self) -> None:
        from motcua.contexts.exchange import public as exchange
        from motcua.contexts.identity import public
        from motcua.contexts.identity.actions.consents import ApplicationConsents
        from motcua.contexts.identity.actions.correcting import PeopleCorrections
        from motcua.contexts.identity.adapters.vneid import VNeIDConnector
        from motcua.contexts.identity.queries.holdings import PeopleHeld
        from motcua.contexts.identity.queries.sessions import owner_of_ended
        from motcua.contexts.identity.queries.ties import tally
        from motcua.kernel import api, clock, holdings, refused

        exchange.register(VNeIDConnector())
        holdings.register_holder("identity", PeopleHeld())
        holdings.register_tally("identity", tally)
        holdings.register_consents("identity", ApplicationConsents())
        holdings.register_corrections("identity", PeopleCorrections())
        api.set_authenticator(lambda text: public.actor_for_token(text, now=clock.now()))
        refused.name_owners(owner_of_ended)
