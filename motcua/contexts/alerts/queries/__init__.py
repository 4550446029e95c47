"""Questions to the rows of alerts."""
