"""Máy dùng chung: what signing out leaves on a machine of a desk."""

# Cookie of such a machine: what waits in its browser is sealed and must outlive a sign-out.
KEEPS_STORAGE = "may_quay"
