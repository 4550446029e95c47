"""Đọc chữ by Tesseract with its Vietnamese data, as Debian ships them (`tesseract-ocr-vie`)."""

from functools import cache

from motcua.contexts.documents.adapters import programs
from motcua.contexts.documents.ports import PaperReader, ReaderFailed, ReaderTrouble
from motcua.contexts.documents.rules.words import Line, lines_of

PROGRAM, LANGUAGE = "tesseract", "vie"
SECONDS_A_PAGE = 60.0
SECONDS_TO_ANSWER = 10.0
DOTS = "200"  # per inch, as pages are drawn for it
ONE_COLUMN = "4"  # text of different sizes, one below the other: as forms are
HOW = ("stdin", "stdout", "-l", LANGUAGE, "--psm", ONE_COLUMN, "--dpi", DOTS, "tsv")


class Tesseract:
    """One call for each page."""

    def name(self) -> str:
        spoken = programs.output(PROGRAM, ["--list-langs"], seconds=SECONDS_TO_ANSWER)
        if LANGUAGE not in spoken.decode("utf-8", "replace").split():
            raise ReaderFailed(ReaderTrouble.ABSENT)
        said = programs.output(PROGRAM, ["--version"], seconds=SECONDS_TO_ANSWER)
        version = said.decode("utf-8", "replace").split("\n", 1)[0].split()
        return f"{' '.join(version[:2])} {LANGUAGE}"[:60]

    def lines(self, picture: bytes, *, page: int) -> tuple[Line, ...]:
        table = programs.output(PROGRAM, HOW, given=picture, seconds=SECONDS_A_PAGE)
        return lines_of(table.decode("utf-8", "replace"), page=page)


def paper_reader() -> PaperReader:
    """The one of this installation; it says itself when it is not there."""
    return Tesseract()


@cache
def reader_there() -> bool:
    """Whether papers can be read here at all; asked once, as programs come with a new start."""
    try:
        paper_reader().name()
    except ReaderFailed:
        return False
    return programs.is_there("pdftoppm")
