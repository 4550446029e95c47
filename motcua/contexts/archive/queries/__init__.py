"""Questions to the rows of the archive."""
