"""Quét mã độc: without a scanner installed, every file says that nobody looked."""

from motcua.contexts.documents.contracts.files import ScanVerdict
from motcua.contexts.documents.ports import Scan, Scanner, Staged


class NoScanner:
    """The honest answer of an installation without a scanner."""

    def scan(self, staged: Staged) -> Scan:
        return Scan(ScanVerdict.NOT_SCANNED, "")


def scanner() -> Scanner:
    return NoScanner()
