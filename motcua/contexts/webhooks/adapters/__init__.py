"""How a letter leaves the house."""
