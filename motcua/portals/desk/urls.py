"""Addresses of the desk's own pages; those of dossiers are in their context."""

from django.urls import path

from motcua.portals.desk import absence, household_heads, households, places, visitors

app_name = "desk"
urlpatterns = [
    path("ban/vang-mat", absence.absences, name="absences"),
    path("ban/vang-mat/<uuid:substitution_id>/ket-thuc", absence.end, name="absence-end"),
    path("ban/vi-tri-thieu", places.places, name="places"),
    path("ban/vi-tri-thieu/giao", places.give, name="place-give"),
    path("quay/nguoi/<uuid:person_id>/uy-quyen", visitors.mandates, name="visitor-mandates"),
    path(
        "quay/nguoi/<uuid:person_id>/uy-quyen/<uuid:mandate_id>/thu-hoi",
        visitors.revoke,
        name="visitor-revoke",
    ),
    path("quay/nguoi/<uuid:person_id>/ho-gia-dinh", households.show, name="visitor-household"),
    path(
        "quay/nguoi/<uuid:person_id>/ho-gia-dinh/chu-ho",
        household_heads.replace,
        name="visitor-household-head",
    ),
    path(
        "quay/nguoi/<uuid:person_id>/ho-gia-dinh/<uuid:member_id>/ra",
        households.end,
        name="visitor-member-end",
    ),
    path("quay/nguoi/<uuid:person_id>/so-dinh-danh", visitors.numbers, name="visitor-numbers"),
]
