"""Journeys of people through the living city, and the steps they share."""
