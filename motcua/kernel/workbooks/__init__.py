"""Bảng tính: rows out of .xlsx and .csv files that strangers made, and workbooks for them."""

from motcua.kernel.workbooks.reading import (
    MOST_BYTES,
    MOST_LINES,
    Cell,
    CellKind,
    Line,
    NotReadable,
    Table,
    read_table,
)
from motcua.kernel.workbooks.writing import MEDIA_TYPE, Column, Leaf, workbook

__all__ = [
    "MEDIA_TYPE",
    "MOST_BYTES",
    "MOST_LINES",
    "Cell",
    "CellKind",
    "Column",
    "Leaf",
    "Line",
    "NotReadable",
    "Table",
    "read_table",
    "workbook",
]
