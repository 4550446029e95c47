"""Webhooks for their neighbours above: tell programs of a party that something happened."""

from motcua.contexts.webhooks.actions.telling import announce
from motcua.contexts.webhooks.queries import hosts_hearing_of

__all__ = ["announce", "hosts_hearing_of"]
