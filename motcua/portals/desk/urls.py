"""Addresses of the desk's own pages; those of dossiers are in their context."""

from django.urls import path

from motcua.portals.desk import absence

app_name = "desk"
urlpatterns = [
    path("ban/vang-mat", absence.absences, name="absences"),
    path("ban/vang-mat/<uuid:substitution_id>/ket-thuc", absence.end, name="absence-end"),
]
