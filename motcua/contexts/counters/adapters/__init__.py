"""Where the house meets counters."""
