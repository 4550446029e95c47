"""People with browsers of their own."""

from e2e.people import a_citizen, an_officer, new_page

__all__ = ["a_citizen", "an_officer", "new_page"]
