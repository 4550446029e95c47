"""What services hand over for the generic form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class GenericTables:
    """What makes a record of the national catalogue a procedure that is filed here.

    processes: for each level the tables of steps, the usual one first, then shorter ones.
    agencies: which words in the name of an agency mean which key and level (rules/national/agency).
    """

    form: Table
    texts: Table
    processes: Mapping[str, Sequence[Table]]
    agencies: Table
