"""Pure rules of organisations: who can act in a post, how the sample city is laid out."""
