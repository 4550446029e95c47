"""What the scanner for malware said of a file, as a chip; a clean file needs no word."""

from django.utils.translation import gettext as _

from motcua.contexts.documents.contracts import FileView, ScanVerdict
from motcua.ui.parts import Chip, Tone


def scan_state(file: FileView) -> Chip | None:
    if file.scan == ScanVerdict.WAITING:
        return Chip(label=_("Đang chờ quét mã độc"), tone=Tone.GO, icon="clock")
    if file.scan == ScanVerdict.INFECTED:
        return Chip(label=_("Có mã độc, không mở được"), tone=Tone.LATE, icon="triangle-alert")
    if file.scan == ScanVerdict.TOO_LARGE:
        return Chip(label=_("Quá lớn để quét mã độc"), tone=Tone.LATE, icon="triangle-alert")
    return None
