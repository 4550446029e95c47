"""Điều cơ sở dữ liệu đã biết: answers of the population register in the words of our forms."""

from collections.abc import Mapping


def population_fields(facts: Mapping[str, str]) -> dict[str, object]:
    """The register's fields by the names that forms use, the address cut as our question asks it.

    The register gives an address as one line, «12 Nguyễn Huệ, Phường Sài Gòn, Thành phố …», and
    the code of the commune. What stands before the commune is house and street.
    """
    known: dict[str, object] = dict(facts)
    line, ward = facts.get("permanent_address", ""), facts.get("ward_code", "")
    if line and ward:
        known["current_address"] = {"ward": ward, "street": street_of(line)}
    return known


def street_of(line: str) -> str:
    """The parts before commune and city; all of it when nothing stands before them."""
    parts = [part.strip() for part in line.split(",") if part.strip()]
    return ", ".join(parts[:-2]) or line.strip()
