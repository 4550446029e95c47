"""Counters for whoever stands above: services, portals."""
