"""Applications of agencies that sign people in by us: OpenID Connect, the provider's side."""
