"""Lớp dữ liệu, a class for every field (`kernel.privacy`): the map of units and the calendar."""

from motcua.kernel.privacy import DataClass

OPEN = DataClass.OPEN
INTERNAL = DataClass.INTERNAL

CLASSES = {
    "AdminUnit": {
        OPEN: "id code level kind name full_name province_code district_code valid_from valid_to",
    },
    "Succession": {OPEN: "id old new partial principal on"},
    "Street": {OPEN: "id name district_code said"},
    "Day": {OPEN: "on kind name confirmed source"},
    "Edition": {INTERNAL: "name version digest"},
}
