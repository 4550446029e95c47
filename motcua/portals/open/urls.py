"""Addresses of the open portal."""

from django.urls import path

from motcua.portals.open import describing, verifying

app_name = "open"
urlpatterns = [
    path("api/v1/docs", describing.api_page, name="api"),
    path("so-cai/verify_ledger.py", verifying.verifier, name="verifier"),
    path("so-cai/khoa.json", verifying.keys, name="ledger-keys"),
]
