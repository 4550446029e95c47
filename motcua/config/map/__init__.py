"""The map of the house: pages of docs/map and docs/legal, drawn from the code itself."""
