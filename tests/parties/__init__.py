"""Applications that sign people in by the city, as their makers wrote them."""
