"""Questions to the rows of privacy."""
