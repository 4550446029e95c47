"""Webhooks for their neighbours above: tell programs of a party that something happened."""

from motcua.contexts.webhooks.actions.telling import announce

__all__ = ["announce"]
