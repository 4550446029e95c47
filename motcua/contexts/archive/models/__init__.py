"""Rows of the archive."""

from motcua.contexts.archive.models.packages import Package, PackedDossier
from motcua.contexts.archive.models.restored import RestoredDossier, RestoredFile

__all__ = ["Package", "PackedDossier", "RestoredDossier", "RestoredFile"]
