"""Pages for developers: addresses, their letters, how to begin."""
