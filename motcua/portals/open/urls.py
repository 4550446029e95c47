"""Addresses of the open portal."""

from django.urls import path

from motcua.portals.open import describing

app_name = "open"
urlpatterns = [path("api/v1/docs", describing.api_page, name="api")]
