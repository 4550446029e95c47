"""Outside of alerts: the map of wards of whoever runs the city."""
