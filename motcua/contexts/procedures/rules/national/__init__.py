"""Danh mục quốc gia: from its records, in any of their shapes, to definitions."""

from motcua.contexts.procedures.rules.national.agency import Agencies, Competence
from motcua.contexts.procedures.rules.national.generic import Generic, Steps, filled_in
from motcua.contexts.procedures.rules.national.reading import Read, Unreadable, read_record
from motcua.contexts.procedures.rules.national.shapes import common_shape, digest_of_record

__all__ = [
    "Agencies",
    "Competence",
    "Generic",
    "Read",
    "Steps",
    "Unreadable",
    "common_shape",
    "digest_of_record",
    "filled_in",
    "read_record",
]
