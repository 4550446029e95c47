"""Webhooks: programs of a business hear what happened, signed, until they say that they did."""
