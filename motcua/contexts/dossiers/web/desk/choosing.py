"""Mô hình ô chọn câu có sẵn: which sentences of the library, and the boxes they may go into."""

from dataclasses import dataclass

from motcua.contexts.dossiers.web.desk.asking import BAN
from motcua.ui.parts import Option

LIBRARY = f"{BAN}/cau-chu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chooser:
    """texts: by name. targets: the boxes a sentence may go into. at: the box to go on in."""

    texts: tuple[str, ...]
    targets: tuple[Option, ...]
    chosen: str = ""
    into: str = ""
    at: str = ""
    error: str = ""
    library_url: str = LIBRARY
