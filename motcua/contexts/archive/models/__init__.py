"""Rows of the archive."""

from motcua.contexts.archive.models.keeping import DisposalLine, DisposalList, Keeping
from motcua.contexts.archive.models.packages import Package, PackedDossier
from motcua.contexts.archive.models.restored import RestoredDossier, RestoredFile

__all__ = [
    "DisposalLine",
    "DisposalList",
    "Keeping",
    "Package",
    "PackedDossier",
    "RestoredDossier",
    "RestoredFile",
]
