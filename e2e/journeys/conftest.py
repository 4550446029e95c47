"""People with browsers of their own."""

from e2e.people import a_citizen, album, an_officer, new_page

__all__ = ["a_citizen", "album", "an_officer", "new_page"]
