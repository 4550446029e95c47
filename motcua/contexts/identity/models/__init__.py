"""Rows of identity."""

from motcua.contexts.identity.models.accounts import Account, ApiToken, SignInAttempt
from motcua.contexts.identity.models.people import Person, PersonIdentifier

__all__ = ["Account", "ApiToken", "Person", "PersonIdentifier", "SignInAttempt"]
