"""Addresses of the design system: the gallery and the display preferences."""

from django.urls import path

from motcua.ui import gallery, preferences

app_name = "ui"
urlpatterns = [
    path("", gallery.show, name="gallery"),
    path("preferences", preferences.set_preferences, name="preferences"),
]
